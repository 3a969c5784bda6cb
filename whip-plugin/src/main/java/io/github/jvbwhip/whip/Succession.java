package io.github.jvbwhip.whip;

import io.github.jvbwhip.core.bridge.ClientNetwork;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.bridge.StreamPlace;
import io.github.jvbwhip.core.session.SessionEndReason;
import io.github.jvbwhip.core.session.SessionRegistry;
import io.github.jvbwhip.core.session.SessionSecret;
import io.github.jvbwhip.core.session.SessionState;
import io.github.jvbwhip.http.access.Principal;
import io.github.jvbwhip.http.config.Network;
import io.github.jvbwhip.http.exchange.Call;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import io.github.jvbwhip.http.runtime.ServerRuntime;
import io.github.jvbwhip.whip.WhipConfig.OnConflict;
import io.github.jvbwhip.whip.WhipConfig.Replace;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Who gets a stream that has a publisher. One that crashed and is back must not wait for its own
 * former session to time out; but where no token tells publishers apart, a stranger must not have
 * it. So a newcomer is asked whether the session was its own, unless nothing comes over that one
 * any more. Thread-safe.
 */
final class Succession {
  /** What a live publisher cannot be silent for: sound has a packet each 20 ms. */
  private static final Duration LISTENING = Duration.ofSeconds(1);

  /** How long a publisher that connects has its stream for itself. */
  private static final Duration CONNECTING = Duration.ofSeconds(10);

  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  /**
   * A newcomer that gets the stream.
   *
   * @param turn completes when the one before has left, or with a {@link ProblemException}
   * @param predecessor the session that it has proven to be its own
   * @param begin to be run once, when somebody waits for the turn
   */
  record Claim(CompletableFuture<Void> turn, Optional<SessionSecret> predecessor, Runnable begin) {}

  private final OnConflict onConflict;
  private final Replace replace;
  private final SessionRegistry<PublisherSession> sessions;
  private final ServerRuntime runtime;
  private final Takeovers takeovers = new Takeovers();
  private final ConnectingHolders holders = new ConnectingHolders();

  Succession(WhipConfig config, SessionRegistry<PublisherSession> sessions, ServerRuntime runtime) {
    this.onConflict = config.onConflict();
    this.replace = config.replace();
    this.sessions = sessions;
    this.runtime = runtime;
  }

  /**
   * Whether a newcomer gets the stream, and when. From now on it is the one that is to have it: its
   * claim has to begin.
   *
   * @throws ProblemException 409
   */
  Claim claim(Call call, RoomName room, StreamName stream) throws ProblemException {
    StreamPlace place = new StreamPlace(room, stream);
    CompletableFuture<Void> turn = new CompletableFuture<>();
    PublisherSession live;
    synchronized (takeovers) {
      Optional<PublisherSession> former = former(place);
      Optional<Takeovers.Waiting> waiting = takeovers.waiting(place);
      if (former.isEmpty() && waiting.isEmpty()) {
        return taken(place, call, Optional.empty(), turn);
      }
      Principal caller = call.principal();
      String holder =
          former.map(f -> f.owner().identity()).orElseGet(() -> waiting.orElseThrow().identity());
      if (onConflict == OnConflict.REJECT || !holder.equals(caller.identity())) {
        throw inUse(
            "The stream has a live publisher; end that one, or choose another stream name.");
      }
      Optional<SessionSecret> proof =
          Predecessor.of(call)
              .filter(
                  secret ->
                      former
                          .map(f -> f.isProvenBy(secret))
                          .orElseGet(() -> waiting.orElseThrow().isProvenBy(secret)));
      boolean asked = replace == Replace.PROOF && !caller.isToldApart();
      if (!asked || proof.isPresent()) {
        return taken(place, call, proof, turn);
      }
      if (former.isEmpty()
          ? waiting.orElseThrow().hasProven()
          : isKept(place, former.get(), call)) {
        throw unproven();
      }
      if (former.isEmpty() || former.get().state() != SessionState.CONNECTED) {
        return taken(place, call, proof, turn);
      }
      live = former.get();
    }
    return new Claim(turn, Optional.empty(), () -> listen(place, call, live, turn));
  }

  private Optional<PublisherSession> former(StreamPlace place) {
    return sessions.ofStream(place.room(), place.stream());
  }

  /** With the lock of {@link #takeovers}. */
  private Claim taken(
      StreamPlace place, Call call, Optional<SessionSecret> proof, CompletableFuture<Void> turn) {
    return new Claim(turn, proof, take(place, call, proof, turn));
  }

  private Runnable take(
      StreamPlace place, Call call, Optional<SessionSecret> proof, CompletableFuture<Void> turn) {
    return takeovers.take(place, call.principal().identity(), proof, turn, () -> free(place));
  }

  /** Ends the session that is there, and waits for its endpoint, or for that of one before. */
  private CompletableFuture<Void> free(StreamPlace place) {
    former(place)
        .ifPresent(
            former -> {
              var unused = former.end(SessionEndReason.REPLACED, "its publisher came back");
            });
    return sessions.freed(place.room(), place.stream());
  }

  /** Nothing proves that the newcomer is the same: it has to be seen that the former is gone. */
  private void listen(
      StreamPlace place, Call call, PublisherSession former, CompletableFuture<Void> turn) {
    holders.connected(place.room(), place.stream());
    long before = former.packetsReceived();
    CompletableFuture<Void> listened = new CompletableFuture<>();
    var unused =
        runtime
            .scheduler()
            .schedule(() -> listened.complete(null), LISTENING.toMillis(), TimeUnit.MILLISECONDS);
    var alsoUnused =
        listened
            .thenRunAsync(
                () -> {
                  boolean silent = former.packetsReceived() == before;
                  Optional<Runnable> begin =
                      silent ? afterSilence(place, call, former, turn) : Optional.empty();
                  begin.ifPresentOrElse(
                      Runnable::run, () -> turn.completeExceptionally(unproven()));
                },
                runtime.executor())
            .whenComplete(
                (done, failure) -> {
                  if (failure != null) {
                    turn.completeExceptionally(failure);
                  }
                });
  }

  /** Empty where somebody else came first. */
  private Optional<Runnable> afterSilence(
      StreamPlace place, Call call, PublisherSession former, CompletableFuture<Void> turn) {
    synchronized (takeovers) {
      boolean overtaken =
          former(place).filter(now -> now != former).isPresent()
              || takeovers.waiting(place).isPresent();
      return overtaken ? Optional.empty() : Optional.of(take(place, call, Optional.empty(), turn));
    }
  }

  /** Whether one that is not connected keeps its stream from who proves nothing. */
  private boolean isKept(StreamPlace place, PublisherSession former, Call call) {
    return former.state() != SessionState.CONNECTED
        && (former.hasProven() || isOnItsWay(place.room(), place.stream(), former, call));
  }

  /**
   * Whether it may still connect: else who asks without end would win every stream. One that
   * crashed before it was connected comes back from where it was, and does not wait; but so it
   * keeps others away no longer than at first.
   */
  private boolean isOnItsWay(RoomName room, StreamName stream, PublisherSession former, Call call) {
    ClientNetwork holder = former.owner().network();
    Instant now = runtime.clock().instant();
    if (holder.equals(Network.ofClient(call.remoteAddress()))
        || !now.isBefore(former.begun().plus(CONNECTING))) {
      return false;
    }
    return now.isBefore(holders.refusedSince(room, stream, holder, now).plus(CONNECTING));
  }

  private static ProblemException unproven() {
    return ProblemException.retryable(
        ProblemType.STREAM_IN_USE,
        "The stream has a live publisher. Choose another stream name, or show that it is yours:"
            + " Link: <URL of its session>; rel=\"predecessor-version\".",
        Optional.of(RETRY_AFTER));
  }

  private static ProblemException inUse(String detail) {
    return new ProblemException(ProblemType.STREAM_IN_USE, detail);
  }
}
