package io.github.jvbwhip.core.bridge;

import java.util.Optional;

/**
 * What is known of a publisher beside its media, for rooms that show it to people.
 *
 * @param displayName what it wants to be called
 * @param token what it has signed in with; a secret, which {@link #toString} leaves out
 * @param screen whether its video is a screen
 */
public record PublisherInfo(Optional<String> displayName, Optional<String> token, boolean screen) {
  /** Nothing. */
  public static final PublisherInfo NONE =
      new PublisherInfo(Optional.empty(), Optional.empty(), false);

  @Override
  public String toString() {
    return "PublisherInfo[" + displayName.orElse("") + "]";
  }
}
