package io.github.jvbwhip.operator.endpoints;

import io.github.jvbwhip.core.bridge.StreamPlace;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A WHIP endpoint with a name of its own: {@code /whip/@name}. Whoever has its token publishes the
 * stream that it is for, and nobody else does.
 *
 * @param name of the same characters as a stream's
 * @param place the stream that it is for
 * @param tokenDigest the SHA-256 of its token: the token itself is not kept
 * @param displayName what people call who publishes there
 * @param maxDuration how long a session may last
 * @param maxBitrate what its publisher may send, in bits per second
 * @param enabled whether it is open
 * @param created when
 */
public record NamedEndpoint(
    String name,
    StreamPlace place,
    String tokenDigest,
    Optional<String> displayName,
    Optional<Duration> maxDuration,
    OptionalLong maxBitrate,
    boolean enabled,
    Instant created) {

  /** The stream that it is for, with its room, in words. */
  String stream() {
    return place.room() + "/" + place.stream();
  }

  /** The same with another token. */
  NamedEndpoint withTokenDigest(String digest) {
    return new NamedEndpoint(
        name, place, digest, displayName, maxDuration, maxBitrate, enabled, created);
  }

  /** Leaves the digest out. */
  @Override
  public String toString() {
    return "NamedEndpoint[" + name + "]";
  }
}
