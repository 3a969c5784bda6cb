package io.github.jvbwhip.whip;

import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.bridge.StreamPlace;
import io.github.jvbwhip.core.session.SessionSecret;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Publishers that wait until the one before has left their stream. Of several the newest gets it,
 * as it would from one that is live: it is what its user started last, and an encoder that comes
 * again has given up what it asked for before. Thread-safe.
 */
final class Takeovers {
  /**
   * One that waits.
   *
   * @param identity of its owner
   * @param proof the session that it has proven to be its own
   * @param left completes when the one before has left
   */
  record Waiting(
      String identity,
      Optional<SessionSecret> proof,
      CompletableFuture<Void> left,
      CompletableFuture<Void> turn) {
    /** Whether who knows that secret is the same publisher, come once more. */
    boolean isProvenBy(SessionSecret secret) {
      return proof.filter(secret::equals).isPresent();
    }
  }

  private final Map<StreamPlace, Waiting> all = new ConcurrentHashMap<>();

  /** Who waits for that stream. */
  Optional<Waiting> waiting(RoomName room, StreamName stream) {
    return Optional.ofNullable(all.get(new StreamPlace(room, stream)));
  }

  /**
   * Waits for the stream, in place of whoever waits for it already.
   *
   * @param left completes when the one before has left
   * @return completes then, or with a {@link ProblemException} when somebody else comes first
   */
  CompletableFuture<Void> await(
      RoomName room,
      StreamName stream,
      String identity,
      Optional<SessionSecret> proof,
      CompletableFuture<Void> left) {
    StreamPlace place = new StreamPlace(room, stream);
    Waiting newest = new Waiting(identity, proof, left, new CompletableFuture<>());
    Waiting before = all.put(place, newest);
    if (before != null) {
      before.turn().completeExceptionally(takenOver());
    }
    var unused =
        left.whenComplete(
            (done, failure) -> {
              settle(newest.turn(), failure);
              all.remove(place, newest);
            });
    return newest.turn();
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
