package io.github.jvbwhip.whip;

import io.github.jvbwhip.core.bridge.IngestEndpoint;
import io.github.jvbwhip.core.session.Session;
import io.github.jvbwhip.core.session.SessionEndReason;
import io.github.jvbwhip.core.session.SessionOrigin;
import io.github.jvbwhip.core.session.SessionState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A publisher's session, and since when it is silent. */
final class PublisherSession extends Session<IngestEndpoint> {
  private long packets = -1;
  private Instant since = Instant.MIN;

  PublisherSession(SessionOrigin origin) {
    super(origin);
  }

  /**
   * Whether it is connected and nothing came for that time. Confined to one thread, which looks
   * from time to time.
   */
  boolean isSilent(Duration time, Instant now) {
    Optional<IngestEndpoint> endpoint = endpoint();
    if (state() != SessionState.CONNECTED || endpoint.isEmpty()) {
      return false;
    }
    long received = endpoint.get().stats().packetsReceived();
    if (received != packets) {
      packets = received;
      since = now;
    }
    return !since.plus(time).isAfter(now);
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
