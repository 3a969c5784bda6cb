package io.github.jvbwhip.jvb.host;

import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * A publisher that is to be a participant of a room.
 *
 * @param displayName what the others see; empty for what is configured
 * @param token what it has signed in with
 * @param sending the kinds of media that it sends
 * @param screen whether its video is a screen
 * @param waited how long it has been waiting, of the time that it has to join
 */
public record Newcomer(
    RoomName room,
    StreamName stream,
    Optional<String> displayName,
    Optional<String> token,
    Set<MediaKind> sending,
    boolean screen,
    Duration waited) {
  public Newcomer {
    sending = Set.copyOf(sending);
  }

  /** Without the token, which is a secret. */
  @Override
  public String toString() {
    return "Newcomer[" + room.value() + "/" + stream.value() + "]";
  }
}
