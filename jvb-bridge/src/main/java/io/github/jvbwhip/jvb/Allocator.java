package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.jvb.colibri.ColibriRequests;
import io.github.jvbwhip.jvb.colibri.ColibriResponse;
import io.github.jvbwhip.jvb.colibri.ConferenceKey;
import io.github.jvbwhip.jvb.colibri.EndpointPlan;
import java.time.Duration;
import java.util.Optional;
import org.jitsi.videobridge.Conference;
import org.jitsi.videobridge.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * Allocates endpoints in the conference of one room, which is found or created. {@link #allocate}
 * and {@link #expireIfEmpty} are used under the room's lock; the rest is thread-safe.
 */
final class Allocator {
  /** How often it is tried while somebody else ends the conference in between. */
  private static final int ATTEMPTS = 3;

  private static final Duration RETRY = Duration.ofSeconds(1);

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
    return mine.or(() -> conferences.findForeign(room));
  }

  /** Whether the room's conference is one that the plugin created. */
  boolean isOwn(Conference conference) {
    ConferenceKey key = own;
    return key != null && key.meetingId().equals(conference.getMeetingId());
  }

  /**
   * Creates the endpoint, and the conference where there is none.
   *
   * @throws BridgeException when the bridge refuses, or the conference is ended by somebody else
   *     again and again; nothing stays allocated
   */
  EndpointContext allocate(EndpointPlan plan) throws BridgeException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<Conference> existing = conference().filter(c -> c.getMeetingId() != null);
      ConferenceKey key =
          existing
              .map(c -> new ConferenceKey(c.getMeetingId(), Optional.empty()))
              .orElseGet(() -> conferences.newKey(room));
      ColibriResponse response = create(key, plan);
      Optional<Conference> now = existing.or(() -> conferences.byKey(key));
      boolean live = now.isPresent() && !now.get().isExpired();
      if (response instanceof ColibriResponse.Refused refused && (live || !hasVanished(refused))) {
        now.ifPresent(conference -> undo(conference, plan.id()));
        throw Conferences.exception(refused);
      }
      Endpoint endpoint = live ? now.get().getLocalEndpoint(plan.id()) : null;
      if (response instanceof ColibriResponse.Done done && endpoint != null) {
        return context(key, now.get(), endpoint, done);
      }
      now.ifPresent(gone -> free(gone, plan.id()));
    }
    throw new BridgeException(
        BridgeException.Reason.OVERLOADED,
        "The room's conference is being ended by somebody else. Try again.",
        Optional.of(RETRY),
        null);
  }

  private ColibriResponse create(ConferenceKey key, EndpointPlan plan) {
    boolean create = key.name().isPresent();
    if (create) {
      own = key;
    }
    return conferences.send(ColibriRequests.create(conferences.nextStanzaId(), key, create, plan));
  }

  /** The conference was ended before it was asked, or while it was: no answer to the plan. */
  private static boolean hasVanished(ColibriResponse.Refused refused) {
    return refused.reason() == ColibriResponse.Reason.CONFERENCE_NOT_FOUND
        || refused.reason() == ColibriResponse.Reason.ENDPOINT_NOT_FOUND
        || refused.reason() == ColibriResponse.Reason.OTHER;
  }

  private EndpointContext context(
      ConferenceKey key, Conference conference, Endpoint endpoint, ColibriResponse.Done done)
      throws BridgeException {
    if (done.transport().isEmpty()) {
      undo(conference, endpoint.getId());
      throw new BridgeException(
          BridgeException.Reason.INTERNAL, "The bridge did not allocate the endpoint.");
    }
    return new EndpointContext(key, conference, endpoint, done.transport().get());
  }

  private void undo(Conference conference, String endpointId) {
    free(conference, endpointId);
    expireIfEmpty();
  }

  /** The bridge itself frees no endpoint that a conference got after its end. */
  private static void free(Conference conference, String endpointId) {
    Endpoint endpoint = conference.getLocalEndpoint(endpointId);
    if (endpoint != null) {
      endpoint.expire();
    }
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
