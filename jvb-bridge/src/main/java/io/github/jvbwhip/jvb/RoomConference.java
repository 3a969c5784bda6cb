package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.jvb.host.Allocation;
import io.github.jvbwhip.jvb.host.EndpointPlan;
import io.github.jvbwhip.jvb.host.Host;
import io.github.jvbwhip.jvb.host.HostConference;
import io.github.jvbwhip.jvb.host.Invitation;
import io.github.jvbwhip.jvb.host.MediaPlan;
import io.github.jvbwhip.jvb.host.RelayAllocation;
import io.github.jvbwhip.jvb.host.RelayPlan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The conference of one room: one of the plugin's own, or one that others have created, where that
 * is open to the plugin. {@link #join} is called by one thread at a time; the rest by any.
 */
final class RoomConference {
  /** How often it is tried while somebody else ends the conference in between. */
  private static final int ATTEMPTS = 3;

  private static final Object NOBODY = new Object();

  private static final Duration ELSEWHERE_RETRY = Duration.ofSeconds(5);
  private static final Duration RETRY = Duration.ofSeconds(1);

  /** An endpoint in the conference that it was allocated in. */
  record Place(HostConference conference, Allocation allocation) {}

  /** This side of a link in the conference that it was allocated in. */
  record Linked(HostConference conference, RelayAllocation allocation) {}

  private interface Allocating<A> {
    Optional<A> in(HostConference conference) throws BridgeException;
  }

  private final Host host;
  private final ForeignConferences others;
  private final RoomName room;
  private final AtomicReference<@Nullable HostConference> known = new AtomicReference<>();
  private volatile @Nullable String entered;
  private volatile boolean joining;

  RoomConference(Host host, ForeignConferences others, RoomName room) {
    this.host = host;
    this.others = others;
    this.room = room;
  }

  /** Whether a publisher's streams can have SSRCs in it that are not its own. */
  boolean translatesSsrcs() {
    return host.translatesSsrcs();
  }

  /** The one that the room is in, as far as it is known. */
  Optional<HostConference> present() {
    return Optional.ofNullable(known.get()).filter(HostConference::isLive);
  }

  /** The one that the room is in, as far as it is known and others have created it. */
  Optional<HostConference> foreign() {
    return present().filter(conference -> !conference.isOwn());
  }

  /** The whole name of the meeting into which a publisher was invited last. */
  Optional<String> entered() {
    return Optional.ofNullable(entered);
  }

  /** Another object as soon as an endpoint has come or gone, or been expired, or all of them. */
  Object occupancy() {
    return present().map(HostConference::occupancy).orElse(NOBODY);
  }

  /**
   * Looks whether others have created one, where the room is in none, and about to be in none; or
   * where it is in one of the plugin's own in which nobody sends.
   *
   * @param waiting whether there are but players in it, who wait for somebody
   */
  void look(boolean waiting) {
    HostConference before = known.get(); // First: it is what is being joined, where it is new.
    boolean free = before == null || !before.isLive() || waiting && before.isOwn();
    if (!joining && free && others.has(room)) {
      others.find(room).ifPresent(found -> known.compareAndSet(before, found));
    }
  }

  /** The meeting that the room is in now, however new that is. Looks at all conferences. */
  Optional<HostConference> meeting() {
    HostConference before = known.get();
    if (!joining && (before == null || !before.isLive() || before.isOwn())) {
      others.find(room).ifPresent(found -> known.compareAndSet(before, found));
    }
    return foreign();
  }

  private void lookAfter(@Nullable HostConference before) {
    if (before == null || !before.isLive()) {
      others.find(room).ifPresent(found -> known.compareAndSet(before, found));
    }
  }

  /**
   * Allocates the endpoint, in a new conference where there is none. Waits for the bridge.
   *
   * @param admitted whether it may get into one that others have created
   * @throws BridgeException when the bridge refuses, or the conference is ended by somebody else
   *     again and again; nothing stays allocated
   */
  Place join(EndpointPlan plan, boolean admitted) throws BridgeException {
    return inOne(
        conference -> {
          if (!conference.isOwn() && !admitted) {
            throw others.areOpen() ? begun() : closed();
          }
          known.set(conference);
          return conference.allocate(plan).map(allocation -> new Place(conference, allocation));
        });
  }

  /**
   * Allocates this side of a link to another bridge, likewise.
   *
   * @param secured called on a bridge thread when media can flow; must only enqueue
   */
  Linked link(RelayPlan plan, Runnable secured) throws BridgeException {
    return inOne(
        conference -> {
          if (!conference.isOwn()) {
            throw new BridgeException(
                BridgeException.Reason.REFUSED,
                "This room is a meeting, which other bridges are not linked to.");
          }
          known.set(conference);
          return conference
              .relay(plan, secured)
              .map(allocation -> new Linked(conference, allocation));
        });
  }

  private <A> A inOne(Allocating<A> allocating) throws BridgeException {
    joining = true;
    try {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        lookAfter(known.get());
        Optional<A> allocated = allocating.in(present().orElseGet(() -> host.newConference(room)));
        if (allocated.isPresent()) {
          return allocated.get();
        }
      }
    } finally {
      joining = false;
    }
    throw new BridgeException(
        BridgeException.Reason.OVERLOADED,
        "The room's conference is being ended by somebody else. Try again.",
        Optional.of(RETRY),
        null);
  }

  private static BridgeException closed() {
    return new BridgeException(
        BridgeException.Reason.FORBIDDEN, "This room is a meeting, which is not open to players.");
  }

  private static BridgeException begun() {
    return new BridgeException(
        BridgeException.Reason.OVERLOADED,
        "A meeting has begun in this room just now. Try again.",
        Optional.of(RETRY),
        null);
  }

  /**
   * Takes over the endpoint of an invitation, and with it the room's conference. Waits for the
   * bridge.
   *
   * @return empty when it is on another bridge
   * @throws BridgeException when the bridge refuses
   */
  Optional<Place> enter(Invitation invitation, List<MediaPlan> media) throws BridgeException {
    // The players that are in it already are to stay, where their numbers are right.
    Optional<HostConference> meeting =
        foreign()
            .filter(c -> c.isNamed(invitation.conferenceName()))
            .filter(c -> c.numbers().cover(invitation.numbers()))
            .filter(c -> c.has(invitation.endpointId()))
            .or(
                () ->
                    host.findMeeting(
                        invitation.conferenceName(),
                        invitation.endpointId(),
                        invitation.numbers()));
    Optional<Allocation> allocation =
        meeting.isPresent() ? meeting.get().adopt(invitation, media) : Optional.empty();
    entered = invitation.conferenceName();
    if (allocation.isEmpty()) {
      return Optional.empty();
    }
    known.set(meeting.get());
    return Optional.of(new Place(meeting.get(), allocation.get()));
  }

  /**
   * What a publisher is told whose endpoint is on another bridge.
   *
   * @param obstacle why it is not taken there
   */
  static BridgeException elsewhere(Invitation invitation, Optional<String> obstacle) {
    return BridgeException.elsewhere(
        "The meeting has put this publisher on another bridge%s%s. Try again there, or have it put here by its region."
            .formatted(
                invitation.region().map(region -> ", in the region " + region).orElse(""),
                obstacle.map(why -> ", on which it cannot be: " + why).orElse("")),
        ELSEWHERE_RETRY,
        invitation.server());
  }

  /** Whether no endpoint of the room's conference has that id. */
  boolean isFree(String endpointId) {
    return present().filter(conference -> conference.has(endpointId)).isEmpty();
  }
}
