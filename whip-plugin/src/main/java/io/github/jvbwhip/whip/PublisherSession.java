package io.github.jvbwhip.whip;

import io.github.jvbwhip.core.bridge.IngestEndpoint;
import io.github.jvbwhip.core.bridge.PublisherLimits;
import io.github.jvbwhip.core.bridge.Resolution;
import io.github.jvbwhip.core.session.Session;
import io.github.jvbwhip.core.session.SessionEndReason;
import io.github.jvbwhip.core.session.SessionOrigin;
import io.github.jvbwhip.core.session.SessionSecret;
import io.github.jvbwhip.core.session.SessionState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A publisher's session, since when it is silent, and whether it sends too much. */
final class PublisherSession extends Session<IngestEndpoint> {
  private final Optional<SessionSecret> predecessor;
  private final Instant begun;
  private final LimitMeter limits;
  private long packets = -1;
  private Instant since = Instant.MIN;

  /**
   * @param predecessor the session that its publisher has proven to have had before
   * @param limits what its publisher may send
   */
  PublisherSession(
      SessionOrigin origin, Optional<SessionSecret> predecessor, PublisherLimits limits) {
    super(origin);
    this.limits = new LimitMeter(limits);
    this.predecessor = predecessor;
    this.begun = origin.clock().instant();
  }

  /** Since when it is there. */
  Instant begun() {
    return begun;
  }

  /** Whether who knows that secret is its publisher; one may not have got the answer with it. */
  boolean isProvenBy(SessionSecret known) {
    return known.equals(secret()) || predecessor.filter(known::equals).isPresent();
  }

  /** Whether its publisher has proven to be the one before. */
  boolean hasProven() {
    return predecessor.isPresent();
  }

  /** What has come from its publisher. */
  long packetsReceived() {
    return endpoint().map(endpoint -> endpoint.stats().packetsReceived()).orElse(0L);
  }

  /**
   * Whether it is connected and nothing came for that time. Confined to one thread, which looks
   * from time to time.
   */
  boolean isSilent(Duration time, Instant now) {
    if (state() != SessionState.CONNECTED || endpoint().isEmpty()) {
      return false;
    }
    long received = packetsReceived();
    if (received != packets) {
      packets = received;
      since = now;
    }
    return !since.plus(time).isAfter(now);
  }

  /**
   * What is too much of what it sends, where something is. Confined to one thread, which looks
   * about once a second.
   *
   * @param pictures that come from it now; asked where it matters
   */
  Optional<LimitMeter.Excess> excess(Supplier<List<Resolution>> pictures, Instant now) {
    if (state() != SessionState.CONNECTED || endpoint().isEmpty()) {
      return Optional.empty();
    }
    return limits.look(
        endpoint().get().stats().bytesReceived(),
        limits.wantsPictures() ? pictures.get() : List.of(),
        now);
  }

  @Override
  protected void free(IngestEndpoint endpoint, SessionEndReason reason) {
    if (reason == SessionEndReason.REPLACED) {
      endpoint.giveWay();
    } else {
      endpoint.close();
    }
  }
}
