package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.bridge.Availability;
import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.jvb.colibri.ColibriResponse;
import io.github.jvbwhip.jvb.colibri.ColibriResponses;
import io.github.jvbwhip.jvb.colibri.ConferenceKey;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jitsi.videobridge.Conference;
import org.jitsi.videobridge.Videobridge;
import org.jitsi.videobridge.metrics.VideobridgeMetrics;
import org.jitsi.videobridge.shutdown.ShutdownState;
import org.jitsi.xmpp.extensions.colibri2.ConferenceModifyIQ;
import org.jxmpp.jid.EntityBareJid;

/** The one class that talks to the {@link Videobridge}. Thread-safe. */
final class Conferences {
  private static final Duration DRAIN_RETRY = Duration.ofSeconds(30);
  private static final Duration OVERLOAD_RETRY = Duration.ofSeconds(10);
  private static final String DOMAIN = "@whip.invalid";

  private final Videobridge videobridge;
  private final double stressLimit;
  private final boolean foreign;
  private final AtomicLong stanzas = new AtomicLong();

  /**
   * @param foreign whether conferences that others have created are open to publishers and players
   */
  Conferences(Videobridge videobridge, double stressLimit, boolean foreign) {
    this.videobridge = videobridge;
    this.stressLimit = stressLimit;
    this.foreign = foreign;
  }

  /** The running version. */
  String version() {
    return videobridge.getVersion().toString();
  }

  Availability availability() {
    if (videobridge.isInGracefulShutdown()
        || videobridge.getShutdownState() != ShutdownState.RUNNING
        || videobridge.getDrainMode()) {
      return new Availability(Availability.State.DRAINING, Optional.of(DRAIN_RETRY));
    }
    if (stressLimit > 0 && VideobridgeMetrics.stressLevel.get() >= stressLimit) {
      return new Availability(Availability.State.OVERLOADED, Optional.of(OVERLOAD_RETRY));
    }
    return Availability.ACCEPTING;
  }

  /**
   * The conference that others have created for that room: the one whose name or meeting id it is.
   * None where such conferences are closed, as if there was none: a room of that name is then the
   * plugin's own, apart from the meeting.
   */
  Optional<Conference> findForeign(RoomName room) {
    if (!foreign) {
      return Optional.empty();
    }
    Conference byId = videobridge.getConferenceByMeetingId(room.value());
    if (byId != null && isForeign(byId)) {
      return Optional.of(byId);
    }
    return all().stream().filter(c -> isForeign(c) && isNamed(c, room)).findFirst();
  }

  private static boolean isForeign(Conference conference) {
    EntityBareJid name = conference.getName();
    return !conference.isExpired() && (name == null || !name.toString().endsWith(DOMAIN));
  }

  private static boolean isNamed(Conference conference, RoomName room) {
    EntityBareJid name = conference.getName();
    return name != null
        && name.getLocalpart().toString().equals(room.value().toLowerCase(Locale.ROOT));
  }

  /** The conference of that meeting id. */
  Optional<Conference> byKey(ConferenceKey key) {
    return Optional.ofNullable(videobridge.getConferenceByMeetingId(key.meetingId()));
  }

  Collection<Conference> all() {
    return videobridge.getConferences();
  }

  /** A name for a conference of our own. */
  ConferenceKey newKey(RoomName room) {
    return new ConferenceKey(
        UUID.randomUUID().toString(), Optional.of(room.value().toLowerCase(Locale.ROOT) + DOMAIN));
  }

  /** An id for the next request. */
  String nextStanzaId() {
    return "whip-" + stanzas.incrementAndGet();
  }

  /** Sends a request and reads the answer; the bridge answers within the call. */
  ColibriResponse send(ConferenceModifyIQ request) {
    try {
      return ColibriResponses.read(videobridge.handleConferenceModifyIq(request));
    } catch (RuntimeException e) {
      return new ColibriResponse.Refused(ColibriResponse.Reason.OTHER, "the bridge failed: " + e);
    }
  }

  /** Ends a conference that nobody is in. */
  void expireIfEmpty(ConferenceKey key) {
    byKey(key)
        .filter(c -> c.getEndpointCount() == 0 && c.getRelayCount() == 0)
        .ifPresent(videobridge::expireConference);
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
