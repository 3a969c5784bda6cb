package io.github.jvbwhip.core.bridge;

import java.util.Optional;

/**
 * A stream, as far as a name in a player's URL can mean it.
 *
 * @param <S> what it is itself
 */
public interface Pinnable<S> {

  StreamName name();

  /** What people call whoever sends it. */
  Optional<String> displayName();

  /** Whether media comes in. */
  boolean isLive();

  /** Whether one of its video tracks is called that in the bridge. */
  boolean hasVideo(String source);

  /** The same with this one of its video tracks alone, and with its sound. */
  S only(String source);
}
