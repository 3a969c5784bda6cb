package io.github.jvbwhip.whip;

import io.github.jvbwhip.core.bridge.StreamPlace;
import io.github.jvbwhip.core.session.SessionSecret;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Publishers that are to have a stream, from when that is decided until they have a session of it;
 * mostly they wait until the one before has left. Of several the newest gets it, as it would from
 * one that is live: it is what its user started last, and an encoder that comes again has given up
 * what it asked for before.
 *
 * <p>Thread-safe. Who decides by what it sees here and in the sessions holds the lock of this
 * object from the look to {@link #take}: so there is one for each stream, and with it one session
 * at most that has not ended. Nothing is called under the lock.
 */
final class Takeovers {
  /** One that is to have a stream. */
  static final class Waiting {
    private final String identity;
    private final Optional<SessionSecret> proof;
    private final CompletableFuture<Void> turn;

    /** Completes when the stream is free; shared by those who came for it meanwhile. */
    private final CompletableFuture<Void> left;

    /** Completes when it has its session, or will have none. */
    private final CompletableFuture<Void> over = new CompletableFuture<>();

    private boolean called;
    private boolean overtaken;

    private Waiting(
        String identity,
        Optional<SessionSecret> proof,
        CompletableFuture<Void> turn,
        CompletableFuture<Void> left) {
      this.identity = identity;
      this.proof = proof;
      this.turn = turn;
      this.left = left;
    }

    /** Of its owner. */
    String identity() {
      return identity;
    }

    /** Whether it has proven to be the publisher before. */
    boolean hasProven() {
      return proof.isPresent();
    }

    /** Whether who knows that secret is the same publisher, come once more. */
    boolean isProvenBy(SessionSecret secret) {
      return proof.filter(secret::equals).isPresent();
    }
  }

  private final Map<StreamPlace, Waiting> all = new HashMap<>();

  /** Who is to have that stream. */
  synchronized Optional<Waiting> waiting(StreamPlace place) {
    return Optional.ofNullable(all.get(place));
  }

  /**
   * Is to have the stream, in place of whoever was to have it.
   *
   * @param identity of its owner
   * @param proof the session that it has proven to be its own
   * @param turn completes when the stream is free, or with a {@link ProblemException} when somebody
   *     else comes first; whoever waits for it makes the session at once, on the same thread
   * @param free ends the session that the stream has, if any; completes when its endpoint is freed
   * @return what has to be run then, once and without the lock, when somebody waits for the turn
   */
  synchronized Runnable take(
      StreamPlace place,
      String identity,
      Optional<SessionSecret> proof,
      CompletableFuture<Void> turn,
      Supplier<CompletableFuture<Void>> free) {
    Waiting before = all.get(place);
    if (before != null && !before.called) {
      Waiting newest = new Waiting(identity, proof, turn, before.left);
      all.put(place, newest);
      before.overtaken = true;
      return () -> {
        before.turn.completeExceptionally(takenOver());
        await(place, newest);
      };
    }
    // One that was called is about to have a session: that one is ended, and waited for.
    CompletableFuture<Void> there =
        before == null ? CompletableFuture.completedFuture(null) : before.over;
    Waiting newest = new Waiting(identity, proof, turn, new CompletableFuture<>());
    all.put(place, newest);
    return () -> {
      var unused =
          there
              .thenCompose(done -> free.get())
              .whenComplete((done, failure) -> settle(newest.left, failure));
      await(place, newest);
    };
  }

  private void await(StreamPlace place, Waiting waiting) {
    var unused =
        waiting.left.whenComplete(
            (done, failure) -> {
              if (call(waiting)) {
                settle(waiting.turn, failure);
                forget(place, waiting);
                waiting.over.complete(null);
              }
            });
  }

  /** It is its turn, unless somebody else came first. */
  private synchronized boolean call(Waiting waiting) {
    waiting.called = !waiting.overtaken;
    return waiting.called;
  }

  private synchronized void forget(StreamPlace place, Waiting waiting) {
    all.remove(place, waiting);
  }

  private static void settle(CompletableFuture<Void> turn, @Nullable Throwable failure) {
    if (failure == null) {
      turn.complete(null);
    } else {
      turn.completeExceptionally(failure);
    }
  }

  private static ProblemException takenOver() {
    return new ProblemException(
        ProblemType.STREAM_IN_USE, "Another publisher took over the stream meanwhile.");
  }
}
