package io.github.jvbwhip.xmpp;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.jvb.host.Invitation;
import io.github.jvbwhip.jvb.host.Newcomer;
import io.github.jvbwhip.jvb.host.ParticipantListener;
import io.github.jvbwhip.jvb.host.SourcePlan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One publisher in one room, with an XMPP connection of its own; when it comes back, it has its
 * place again. Joining, which waits for the server, is done apart; all else that may wait is done
 * in its line. Thread-safe; its lock is a leaf.
 */
final class MeetingParticipant implements FocusInbox.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(MeetingParticipant.class);

  /** How long a place is kept for a publisher that is expected back. */
  private static final Duration VACANCY = Duration.ofSeconds(3);

  /** How often it is asked whether another bridge still has its endpoint. */
  private static final Duration LOOKING = Duration.ofSeconds(20);

  private final MeetingSettings settings;
  private final Entrance entrance;
  private final MeetingThreads threads;
  private final Executor line;
  private final Departure departure;
  private Stay stay;
  private @Nullable Seat seat;
  private @Nullable JingleInvitation session;
  private boolean vacant;
  private volatile Runnable onGone = () -> {};

  MeetingParticipant(Entrance entrance, Newcomer newcomer, ParticipantListener listener) {
    this.settings = entrance.settings();
    this.entrance = entrance;
    this.threads = entrance.threads();
    this.line = threads.line();
    this.departure = new Departure(line, this::exit);
    this.stay = new Stay(newcomer, listener, settings.joinTimeout());
  }

  /** Joins, and waits to be invited. Waits for nothing itself. */
  CompletableFuture<Invitation> join() {
    Stay first;
    synchronized (this) {
      first = stay;
    }
    return begin(first, () -> enter(first));
  }

  /**
   * The same where the publisher has given way before.
   *
   * @return empty where this is not the place of that one
   */
  Optional<CompletableFuture<Invitation>> joinAgain(
      MeetingAddress wanted, Newcomer newcomer, ParticipantListener listener) {
    Stay again = new Stay(newcomer, listener, settings.joinTimeout());
    JingleInvitation before;
    Seat kept;
    synchronized (this) {
      before = session;
      kept = seat;
      if (departure.hasBegun() || !vacant || before == null || kept == null) {
        return Optional.empty();
      }
      if (!entrance.meeting().equals(wanted) || !stay.isOf(newcomer)) {
        return Optional.empty();
      }
      vacant = false;
      stay = again;
      session = null;
    }
    return Optional.of(begin(again, () -> comeBack(again, kept, before)));
  }

  private CompletableFuture<Invitation> begin(Stay guest, Attempt.Way way) {
    var unused =
        guest
            .invited()
            .whenComplete(
                (invitation, failure) -> {
                  if (failure != null) {
                    leave(guest);
                  }
                });
    departure.joining();
    guest.attempt().begin(threads, threads.joining(), way, departure::joined);
    return guest.invited();
  }

  /** What to do once it has left. */
  void onGone(Runnable task) {
    onGone = task;
  }

  private void enter(Stay guest) throws BridgeException {
    Seat taken = entrance.come(guest, line);
    synchronized (this) {
      seat = taken;
    }
    if (!departure.hasBegun()) {
      entrance.enter(guest, taken, line, this, ending -> ended(taken, ending));
    }
  }

  /** The name of its conference on the bridge, where it is in that meeting. */
  Optional<String> conference(MeetingAddress asked) {
    return entrance.meeting().equals(asked) ? seat().map(Seat::meeting) : Optional.empty();
  }

  /** It is in the room still, and asks for another endpoint. */
  private void comeBack(Stay guest, Seat kept, JingleInvitation before) throws BridgeException {
    if (kept.take(guest.newcomer())) {
      kept.tellLater();
    }
    guest.deadline().at(Deadline.Step.FOCUS);
    Optional<String> refusal = before.askAnew(guest.deadline().leftMillis());
    if (refusal.isEmpty()) {
      guest.deadline().advance(Deadline.Step.FOCUS, Deadline.Step.INVITATION);
      LOG.info("Publisher {} is back in {}", kept.nick(), kept.meeting());
      return;
    }
    LOG.info("Publisher {} has to join {} again: {}", kept.nick(), kept.meeting(), refusal.get());
    stand();
    enter(guest);
  }

  @Override
  public void invited(JingleOffer offer) {
    line.execute(() -> offered(offer));
  }

  private void offered(JingleOffer offer) {
    JingleInvitation invitation;
    Stay guest;
    Seat taken;
    boolean again;
    synchronized (this) {
      if (departure.hasBegun() || seat == null) {
        return;
      }
      guest = stay;
      taken = seat;
      again = session != null;
      invitation =
          new JingleInvitation(
              new Guest(guest),
              seat.connection(),
              seat.room(),
              guest.deadline(),
              offer,
              guest.newcomer().screen(),
              settings);
      if (!again) {
        session = invitation;
      }
    }
    if (again) {
      // Its client holds the credentials of the endpoint before, and cannot be told others.
      ended("the meeting has put it on another endpoint; connect again");
    } else if (guest.invited().complete(invitation)) {
      offer.startsMuted().forEach(kind -> taken.mute(kind, true));
      offer.startsMuted().forEach(taken::approved);
    } else {
      leave(guest);
    }
  }

  /** Nothing of this matters once another one has followed. */
  private final class Guest implements JingleInvitation.Holder {
    private final Stay guest;

    Guest(Stay guest) {
      this.guest = guest;
    }

    @Override
    public void told(List<SourcePlan> sources) {
      seatOf(guest).filter(seat -> seat.show(sources)).ifPresent(Seat::tellLater);
    }

    @Override
    public void repeat(Runnable task) {
      var unused =
          threads.later(
              LOOKING,
              () -> {
                if (seatOf(guest).isPresent()) {
                  line.execute(task);
                  repeat(task);
                }
              });
    }

    @Override
    public void leave() {
      MeetingParticipant.this.leave(guest);
    }

    @Override
    public void giveWay() {
      vacate(guest);
    }
  }

  private synchronized Optional<Seat> seatOf(Stay guest) {
    return stay == guest && !departure.hasBegun() ? Optional.ofNullable(seat) : Optional.empty();
  }

  private synchronized Optional<Seat> seat() {
    return Optional.ofNullable(seat);
  }

  @Override
  public void terminated(String sid, String reason) {
    JingleInvitation present;
    synchronized (this) {
      present = session;
    }
    if (present != null && present.sid().equals(sid)) {
      ended("the meeting has ended it: " + reason);
    }
  }

  @Override
  public void mute(MediaKind kind, boolean mute) {
    seat().ifPresent(present -> present.mute(kind, mute));
  }

  private void ended(String detail) {
    ended(null, new MeetingRoom.Ending(false, detail));
  }

  /**
   * Somebody else has ended it.
   *
   * @param which what is over: nothing where it has given that up already; null for whatever it has
   */
  private void ended(@Nullable Seat which, MeetingRoom.Ending ending) {
    Stay guest;
    Optional<String> thrownOutOf;
    boolean expected;
    synchronized (this) {
      if (departure.hasBegun() || (which != null && which != seat)) {
        return;
      }
      guest = stay;
      expected = vacant;
      thrownOutOf = Optional.ofNullable(seat).filter(s -> ending.thrownOut()).map(Seat::meeting);
    }
    // First: it is not to try again.
    thrownOutOf.ifPresent(meeting -> guest.listener().removed(meeting, ending.detail()));
    BridgeException refusal =
        XmppErrors.refused("This publisher is not in the meeting: " + ending.detail() + ".", null);
    if (guest.attempt().refuse(refusal)) {
      return;
    }
    leave(guest); // Where one has come back meanwhile, that one finds out for itself.
    if (thrownOutOf.isEmpty() && !expected) {
      guest.listener().ended(EndReason.EXPIRED, ending.detail());
    }
  }

  /** It has gone, and is expected back. */
  private void vacate(Stay guest) {
    synchronized (this) {
      if (stay != guest) {
        return;
      }
      vacant = true;
    }
    var unused = threads.later(VACANCY, () -> leave(guest)); // Nothing where one has followed.
  }

  private void leave(Stay guest) {
    synchronized (this) {
      if (stay != guest || !departure.begin()) {
        return;
      }
    }
    departure.go();
  }

  /** Leaves the room and disconnects; waits for nothing. Idempotent. */
  void leave() {
    if (departure.begin()) {
      departure.go();
    }
  }

  private void exit() {
    stand();
    onGone.run();
  }

  /** Leaves its seat. Waits for the server. */
  private void stand() {
    Seat left;
    synchronized (this) {
      left = seat;
      seat = null;
    }
    if (left != null) {
      left.leave();
    }
  }
}
