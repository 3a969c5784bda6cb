package io.github.jvbwhip.jvb.videobridge;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.jvb.videobridge.colibri.ColibriResponse;
import io.github.jvbwhip.jvb.videobridge.colibri.ColibriResponses;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jitsi.videobridge.Videobridge;
import org.jitsi.xmpp.extensions.colibri2.ConferenceModifyIQ;

/** Sends requests to the bridge, which answers within the call. Thread-safe. */
final class Colibri {
  static final Duration DRAIN_RETRY = Duration.ofSeconds(30);
  static final Duration OVERLOAD_RETRY = Duration.ofSeconds(10);

  private final Videobridge videobridge;
  private final AtomicLong stanzas = new AtomicLong();

  Colibri(Videobridge videobridge) {
    this.videobridge = videobridge;
  }

  /** Sends a request that is made with a stanza id, and reads the answer. */
  ColibriResponse send(Function<String, ConferenceModifyIQ> request) {
    ConferenceModifyIQ stanza = request.apply("whip-" + stanzas.incrementAndGet());
    try {
      return ColibriResponses.read(videobridge.handleConferenceModifyIq(stanza));
    } catch (RuntimeException | LinkageError e) {
      return new ColibriResponse.Refused(ColibriResponse.Reason.OTHER, "the bridge failed: " + e);
    }
  }

  /** A refusal in the port's words. */
  static BridgeException exception(ColibriResponse.Refused refused) {
    return switch (refused.reason()) {
      case GRACEFUL_SHUTDOWN ->
          new BridgeException(
              BridgeException.Reason.DRAINING,
              "The bridge is shutting down.",
              Optional.of(DRAIN_RETRY),
              null);
      case BAD_REQUEST, NOT_SUPPORTED ->
          new BridgeException(
              BridgeException.Reason.REFUSED, "The bridge does not accept the media.");
      case ENDPOINT_NOT_FOUND, CONFERENCE_NOT_FOUND ->
          new BridgeException(BridgeException.Reason.ENDED, "The session has ended.");
      default ->
          new BridgeException(
              BridgeException.Reason.INTERNAL,
              "The bridge failed.",
              Optional.empty(),
              new IllegalStateException(refused.detail()));
    };
  }
}
