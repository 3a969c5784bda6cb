package io.github.jvbwhip.xmpp;

import io.github.jvbwhip.core.bridge.BridgeException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks the server whether players may watch. Those who ask at the same time with the same token
 * share the answer. Thread-safe.
 */
final class Admissions {
  private final MeetingThreads threads;
  private final Duration limit;
  private final Map<Player, CompletableFuture<Void>> underway = new ConcurrentHashMap<>();

  /** Who asks, as far as the server can tell. */
  private record Player(MeetingAddress meeting, Optional<String> token) {
    /** Without the token, which is a secret. */
    @Override
    public String toString() {
      return "Player[" + meeting + "]";
    }
  }

  /**
   * @param limit how long the server may take
   */
  Admissions(MeetingThreads threads, Duration limit) {
    this.threads = threads;
    this.limit = limit;
  }

  /** Waits for the server. */
  interface Question {
    /** Returns where the player may. */
    void ask(Deadline deadline) throws BridgeException;
  }

  /** Waits for nothing. */
  CompletableFuture<Void> decide(
      MeetingAddress meeting, Optional<String> token, Question question) {
    Player player = new Player(meeting, token);
    Attempt<Void> attempt = new Attempt<>(new Deadline(limit));
    CompletableFuture<Void> known = underway.putIfAbsent(player, attempt.result());
    if (known != null) {
      return known;
    }
    var unused = attempt.result().whenComplete((admitted, failure) -> underway.remove(player));
    attempt.begin(
        threads,
        threads.watching(),
        () -> {
          question.ask(attempt.deadline());
          attempt.result().complete(null);
        },
        () -> {});
    return attempt.result();
  }
}
