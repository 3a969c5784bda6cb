package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.jvb.colibri.ColibriRequests;
import io.github.jvbwhip.jvb.colibri.ColibriResponse;
import io.github.jvbwhip.jvb.colibri.ConferenceKey;
import io.github.jvbwhip.jvb.colibri.EndpointPlan;
import java.util.Optional;
import org.jitsi.videobridge.Conference;
import org.jitsi.videobridge.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * Allocates endpoints in the conference of one room, which is found or created. {@link #allocate}
 * and {@link #expireIfEmpty} are used under the room's lock; the rest is thread-safe.
 */
final class Allocator {
  private final Conferences conferences;
  private final RoomName room;
  private volatile @Nullable ConferenceKey own;

  Allocator(Conferences conferences, RoomName room) {
    this.conferences = conferences;
    this.room = room;
  }

  /** The room's conference as it is now. */
  Optional<Conference> conference() {
    ConferenceKey key = own;
    Optional<Conference> mine =
        key == null ? Optional.empty() : conferences.byKey(key).filter(c -> !c.isExpired());
    return mine.or(() -> conferences.find(room));
  }

  /** Whether the room's conference is one that the plugin created. */
  boolean isOwn(Conference conference) {
    ConferenceKey key = own;
    return key != null && key.meetingId().equals(conference.getMeetingId());
  }

  /**
   * Creates the endpoint, and the conference where there is none.
   *
   * @throws BridgeException when the bridge refuses; nothing stays allocated
   */
  EndpointContext allocate(EndpointPlan plan) throws BridgeException {
    Optional<Conference> existing = conference();
    ConferenceKey key =
        existing
            .filter(c -> c.getMeetingId() != null)
            .map(c -> new ConferenceKey(c.getMeetingId(), Optional.empty()))
            .orElseGet(() -> conferences.newKey(room));
    boolean create = key.name().isPresent();
    ColibriResponse response =
        conferences.send(ColibriRequests.create(conferences.nextStanzaId(), key, create, plan));
    if (create) {
      own = key;
    }
    if (response instanceof ColibriResponse.Refused refused) {
      undo(key, plan.id());
      throw Conferences.exception(refused);
    }
    Conference conference = conferences.byKey(key).orElse(null);
    Endpoint endpoint = conference == null ? null : conference.getLocalEndpoint(plan.id());
    ColibriResponse.Done done = (ColibriResponse.Done) response;
    if (conference == null || endpoint == null || done.transport().isEmpty()) {
      undo(key, plan.id());
      throw new BridgeException(
          BridgeException.Reason.INTERNAL, "The bridge did not allocate the endpoint.");
    }
    return new EndpointContext(key, conference, endpoint, done.transport().get());
  }

  private void undo(ConferenceKey key, String endpointId) {
    conferences
        .byKey(key)
        .map(conference -> conference.getLocalEndpoint(endpointId))
        .ifPresent(Endpoint::expire);
    expireIfEmpty();
  }

  /**
   * Ends the conference where it is the plugin's own and nobody is in it any more. The bridge
   * itself does so when a request removes the last endpoint, but leaves one whose endpoints it has
   * expired for a while. Used under the room's lock.
   */
  void expireIfEmpty() {
    ConferenceKey key = own;
    if (key != null) {
      conferences.expireIfEmpty(key);
    }
  }

  /** Ids of endpoints that are free in the conference. */
  boolean isFree(String endpointId) {
    return conference().map(c -> c.getEndpoint(endpointId) == null).orElse(true);
  }
}
