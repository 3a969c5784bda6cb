package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.jvb.host.Audience;
import io.github.jvbwhip.jvb.host.AudienceListener;
import io.github.jvbwhip.jvb.host.Meetings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The audience of a room's meeting: it joins before the first player does, and leaves after the
 * last. No player is in a meeting without it. What decides is confined to the room's line of
 * decisions; the rest may be called on any thread.
 */
final class RoomAudience {

  /** Opens a player in the room's line of calls. */
  interface Entering {
    /**
     * @param admitted whether into the meeting; else there was none
     */
    void enter(boolean admitted);
  }

  /** Whoever has been asked for in vain says itself why, first. */
  private static final Duration SLACK = Duration.ofMillis(500);

  private final Meetings meetings;
  private final Supplier<Optional<String>> conferenceName;
  private final Removals removals;
  private final RoomConference conference;
  private final RoomMembers members;
  private final RoomTasks tasks;
  private final Runnable found;
  private final Runnable changed;

  /** Those who wait for the audience to join. */
  private final WaitingPlayers waiting = new WaitingPlayers();

  /** Players that are not in the room yet, those who wait among them. */
  private int coming;

  private @Nullable Joining joining;
  private volatile @Nullable Joined present;

  /**
   * @param conferenceName the meeting's whole name, which of breakout rooms is known at times only
   * @param found there is a meeting; decides
   * @param changed something is different for others
   */
  RoomAudience(
      Meetings meetings,
      Supplier<Optional<String>> conferenceName,
      Removals removals,
      RoomConference conference,
      RoomMembers members,
      RoomTasks tasks,
      Runnable found,
      Runnable changed) {
    this.meetings = meetings;
    this.conferenceName = conferenceName;
    this.removals = removals;
    this.conference = conference;
    this.members = members;
    this.tasks = tasks;
    this.found = found;
    this.changed = changed;
  }

  /** An audience that is in the room, and what was told there last. */
  private static final class Joined {
    private final Audience audience;
    private final String meeting;
    private int told;

    Joined(Audience audience, String meeting) {
      this.audience = audience;
      this.meeting = meeting;
    }
  }

  /** Whether it is in the meeting. */
  boolean isPresent() {
    return present != null;
  }

  /** The endpoint that it would have, which is nobody's. */
  Optional<String> endpointId() {
    return Optional.ofNullable(present).map(joined -> joined.audience.endpointId());
  }

  /** The display names of the people in the meeting, by their endpoints' ids. */
  Map<String, String> people() {
    Joined joined = present;
    return joined == null ? Map.of() : joined.audience.people();
  }

  /**
   * Admits a player to the meeting, where there is one, and has it enter. Waits for nothing.
   *
   * @param opening what becomes of the player
   * @param done in the room's line of calls, whatever has come of it
   */
  void admit(
      Optional<String> token, CompletableFuture<?> opening, Entering entering, Runnable done) {
    WaitingPlayers.Player one = new WaitingPlayers.Player(token);
    var unused =
        one.admission()
            .whenComplete(
                (admitted, failure) ->
                    tasks.call(
                        () -> {
                          try {
                            if (failure != null) {
                              opening.completeExceptionally(failure);
                            } else {
                              entering.enter(admitted);
                            }
                          } finally {
                            done.run();
                            tasks.execute(this::entered);
                          }
                        }));
    tasks.execute(() -> begin(one));
    tasks.later(meetings.joinTimeout().plus(SLACK).toNanos(), () -> giveUpLate(one));
    var unusedToo = opening.whenComplete((e, failure) -> tasks.execute(() -> giveUp(one)));
  }

  private void entered() {
    coming--;
    settle();
  }

  private void begin(WaitingPlayers.Player one) {
    coming++;
    Joined joined = present;
    if (conference.meeting().isEmpty()) {
      one.admission().complete(false);
    } else if (isUnwanted()) {
      one.refuse(unwanted());
    } else if (joined != null) {
      one.ask(joined.audience);
    } else {
      found.run();
      waiting.add(one);
      joinForNext();
    }
  }

  private boolean isUnwanted() {
    return conferenceName.get().filter(removals::hasAudience).isPresent();
  }

  private static BridgeException isOver(String why) {
    return new BridgeException(BridgeException.Reason.ENDED, "The meeting is over: " + why);
  }

  private static BridgeException unwanted() {
    return new BridgeException(
        BridgeException.Reason.FORBIDDEN,
        "The people in this meeting do not want it to be watched.");
  }

  /** It may have waited for others' tokens before its own, each of which has that time. */
  private void giveUpLate(WaitingPlayers.Player one) {
    one.refuse(
        new BridgeException(
            BridgeException.Reason.OVERLOADED,
            "The meeting server takes too long to say whether this player may watch. Try again.",
            Optional.of(CallBounds.RETRY),
            null));
    giveUp(one);
  }

  private void giveUp(WaitingPlayers.Player one) {
    waiting.remove(one);
    if (waiting.isEmpty() && joining != null) {
      joining.giveUp();
    }
  }

  /** Has the audience join, signed in as the first of those who wait. */
  private void joinForNext() {
    if (joining != null || waiting.isEmpty()) {
      return;
    }
    Optional<String> meeting = conferenceName.get();
    if (meeting.isEmpty() || removals.hasAudience(meeting.get())) {
      BridgeException reason = meeting.isEmpty() ? isOver("there is none") : unwanted();
      waiting.refuseAll(reason);
    } else {
      joining = new Joining(meeting.get(), waiting.token());
      joining.begin();
    }
  }

  /** The audience about to join, or in the room. */
  private final class Joining implements AudienceListener {
    private final String meeting;
    private final Optional<String> token;
    private @Nullable CompletableFuture<Audience> joined;
    private @Nullable Joined own;
    private @Nullable String over;

    Joining(String meeting, Optional<String> token) {
      this.meeting = meeting;
      this.token = token;
    }

    void begin() {
      joined = meetings.watch(meeting, token, this);
      var unused =
          joined.whenComplete((audience, failure) -> tasks.execute(() -> end(audience, failure)));
    }

    void giveUp() {
      if (joined != null) {
        joined.cancel(false);
      }
    }

    private void end(@Nullable Audience audience, @Nullable Throwable failure) {
      joining = null;
      if (audience == null || over != null) {
        waiting.refuse(token, failure == null ? isOver(String.valueOf(over)) : failure);
        if (audience != null) {
          audience.leave();
        }
        joinForNext();
        return;
      }
      Joined joinedNow = new Joined(audience, meeting);
      own = joinedNow;
      present = joinedNow;
      waiting.admit(audience, token);
      settle();
    }

    @Override
    public void changed() {
      changed.run();
    }

    @Override
    public void ended(EndReason reason, String detail) {
      tasks.execute(() -> over(reason, detail));
    }

    @Override
    public void removed(String detail) {
      tasks.execute(
          () -> {
            removals.removeAudience(meeting);
            over(EndReason.EXPIRED, detail);
          });
    }

    private void over(EndReason reason, String detail) {
      over = detail;
      if (own != null && present == own) {
        present = null;
        endAll(reason, detail);
      }
    }
  }

  private List<JvbEgress> watching() {
    return members.players().stream().filter(p -> !p.place().conference().isOwn()).toList();
  }

  private void endAll(EndReason reason, String detail) {
    watching().forEach(player -> player.end(reason, detail));
  }

  /** Leaves after the last player, or tells how many there are. Decides. */
  void settle() {
    Joined joined = present;
    if (joined == null) {
      endAll(EndReason.EXPIRED, "the meeting is not watched any more");
      return;
    }
    if (removals.hasAudience(joined.meeting)) { // By another name of the same room.
      present = null;
      joined.audience.leave();
      endAll(EndReason.EXPIRED, "the people in this meeting do not want it to be watched");
      return;
    }
    List<JvbEgress> players = watching();
    if (coming == 0 && players.isEmpty()) {
      present = null;
      joined.audience.leave();
      return;
    }
    int viewers = (int) players.stream().filter(JvbEndpoint::isConnected).count();
    if (viewers != joined.told) {
      joined.told = viewers;
      joined.audience.count(viewers);
    }
  }
}
