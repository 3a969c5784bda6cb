package io.github.jvbwhip.core.bridge;

import java.util.Optional;

/**
 * Players had better go elsewhere, now: drain or shutdown. No state of a room: whoever follows it
 * later does not hear of it.
 *
 * @param url the WHEP endpoint to go to, where there is another one than their own
 * @param server the URL under which the WHEP endpoints of another server are, where they had better
 *     watch the same there
 */
public record ReconnectRequest(Optional<String> url, Optional<String> server) {
  /** To go to one place, or anywhere. */
  public ReconnectRequest(Optional<String> url) {
    this(url, Optional.empty());
  }
}
