package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.core.bridge.IngestEndpoint;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.IngestRequest;
import io.github.jvbwhip.core.bridge.Openings;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.jvb.host.Invitation;
import io.github.jvbwhip.jvb.host.Meetings;
import io.github.jvbwhip.jvb.host.Newcomer;
import io.github.jvbwhip.jvb.host.ParticipantListener;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a publisher becomes a participant: it is invited, and then its endpoint is taken over.
 * Thread-safe; its lock is a leaf.
 */
final class MeetingJoin implements ParticipantListener {

  /** Takes over the endpoint that a publisher is invited to. Waits for the bridge. */
  interface Taking {
    RoomPublisher take(Invitation invitation) throws BridgeException;
  }

  private final RoomTasks tasks;
  private final Removals removals;
  private final StreamName stream;
  private @Nullable RoomPublisher publisher;
  private @Nullable String ended;

  private MeetingJoin(RoomTasks tasks, Removals removals, StreamName stream) {
    this.tasks = tasks;
    this.removals = removals;
    this.stream = stream;
  }

  /**
   * Begins. Waits for nothing.
   *
   * @param taking in the room's line of calls
   * @param done in the same line, whatever has come of it
   */
  static void begin(
      Meetings meetings,
      Newcomer newcomer,
      Removals removals,
      RoomTasks tasks,
      CompletableFuture<IngestEndpoint> opening,
      Taking taking,
      Runnable done) {
    MeetingJoin join = new MeetingJoin(tasks, removals, newcomer.stream());
    CompletableFuture<Invitation> invited = meetings.join(newcomer, join);
    var unused = opening.whenComplete((endpoint, failure) -> invited.cancel(false));
    var unusedToo =
        invited.whenComplete(
            (invitation, failure) ->
                tasks.call(
                    () -> {
                      try {
                        join.invited(opening, taking, invitation, failure);
                      } finally {
                        done.run();
                      }
                    }));
  }

  private void invited(
      CompletableFuture<IngestEndpoint> opening,
      Taking taking,
      @Nullable Invitation invitation,
      @Nullable Throwable failure) {
    if (invitation == null) {
      opening.completeExceptionally(
          failure == null ? new IllegalStateException("no invitation") : failure);
      return;
    }
    Openings.settle(opening, () -> take(taking, invitation));
    if (publisher() == null) {
      invitation.leave();
    }
  }

  private RoomPublisher take(Taking taking, Invitation invitation) throws BridgeException {
    RoomPublisher taken = taking.take(invitation);
    String over;
    synchronized (this) {
      publisher = taken;
      over = ended;
    }
    if (over != null) {
      taken.close();
      throw new BridgeException(BridgeException.Reason.ENDED, "The meeting has ended: " + over);
    }
    return taken;
  }

  private synchronized @Nullable RoomPublisher publisher() {
    return publisher;
  }

  /**
   * Who asks.
   *
   * @param waited since then
   */
  static Newcomer newcomer(IngestRequest request, Duration waited) {
    return new Newcomer(
        request.room(),
        request.stream(),
        request.publisher().displayName(),
        request.publisher().token(),
        request.media().stream().map(IngestMedia::kind).collect(Collectors.toSet()),
        request.publisher().screen(),
        waited);
  }

  @Override
  public void ended(EndReason reason, String detail) {
    RoomPublisher present;
    synchronized (this) {
      ended = detail;
      present = publisher;
    }
    if (present != null) {
      tasks.execute(() -> present.end(reason, detail));
    }
  }

  @Override
  public boolean isWelcome(String meeting) {
    return !removals.hasPublisher(meeting, stream);
  }

  @Override
  public void removed(String meeting, String detail) {
    removals.removePublisher(meeting, stream);
    ended(EndReason.EXPIRED, detail);
  }
}
