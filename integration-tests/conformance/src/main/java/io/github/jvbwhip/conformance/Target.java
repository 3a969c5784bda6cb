package io.github.jvbwhip.conformance;

import io.github.jvbwhip.conformance.client.Protocol;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * The server under test.
 *
 * @param whip the WHIP endpoint
 * @param whep the WHEP endpoint; with {@code whip} too, it plays what is published there
 * @param whipToken the bearer token that WHIP wants
 * @param whepToken the bearer token that WHEP wants
 * @param strict whether the server has to refuse what a client must not do, even where a lenient
 *     server does no harm
 * @param timeout for each HTTP response
 */
public record Target(
    Optional<URI> whip,
    Optional<URI> whep,
    Optional<String> whipToken,
    Optional<String> whepToken,
    boolean strict,
    Duration timeout) {

  /** The least time that media and events may take. */
  private static final Duration SOON = Duration.ofSeconds(10);

  /**
   * How long to wait for media and events: longer than usual for a server that may take longer than
   * usual to answer.
   */
  public Duration soon() {
    Duration doubled = timeout.multipliedBy(2);
    return doubled.compareTo(SOON) > 0 ? doubled : SOON;
  }

  /** The endpoint of that protocol, where there is one. */
  public Optional<URI> endpoint(Protocol protocol) {
    return protocol == Protocol.WHIP ? whip : whep;
  }

  /** The bearer token that it wants, where it wants one. */
  public Optional<String> token(Protocol protocol) {
    return protocol == Protocol.WHIP ? whipToken : whepToken;
  }

  /** Leaves the tokens out. */
  @Override
  public String toString() {
    return "Target[whip=" + whip + ", whep=" + whep + ", strict=" + strict + "]";
  }
}
