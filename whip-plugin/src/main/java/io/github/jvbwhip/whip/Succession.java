package io.github.jvbwhip.whip;

import io.github.jvbwhip.core.bridge.ClientNetwork;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
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
   */
  record Claim(CompletableFuture<Void> turn, Optional<SessionSecret> predecessor) {}

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
   * Whether a newcomer gets the stream, and when.
   *
   * @throws ProblemException 409
   */
  Claim claim(Call call, RoomName room, StreamName stream) throws ProblemException {
    Optional<PublisherSession> former = sessions.ofStream(room, stream);
    Optional<Takeovers.Waiting> waiting = takeovers.waiting(room, stream);
    if (former.isEmpty() && waiting.isEmpty()) {
      return new Claim(CompletableFuture.completedFuture(null), Optional.empty());
    }
    Principal caller = call.principal();
    String holder =
        former.map(f -> f.owner().identity()).orElseGet(() -> waiting.orElseThrow().identity());
    if (onConflict == OnConflict.REJECT || !holder.equals(caller.identity())) {
      throw inUse("The stream has a live publisher; end that one, or choose another stream name.");
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
      return new Claim(await(room, stream, caller, proof, former, waiting), proof);
    }
    if (former.isEmpty()) {
      if (waiting.orElseThrow().proof().isPresent()) {
        throw unproven();
      }
      return new Claim(await(room, stream, caller, proof, former, waiting), proof);
    }
    return new Claim(afterSilence(room, stream, call, former.get()), proof);
  }

  private CompletableFuture<Void> await(
      RoomName room,
      StreamName stream,
      Principal caller,
      Optional<SessionSecret> proof,
      Optional<PublisherSession> former,
      Optional<Takeovers.Waiting> waiting) {
    CompletableFuture<Void> left =
        former.map(Succession::end).orElseGet(() -> waiting.orElseThrow().left());
    return takeovers.await(room, stream, caller.identity(), proof, left);
  }

  private static CompletableFuture<Void> end(PublisherSession former) {
    return former.end(SessionEndReason.REPLACED, "its publisher came back");
  }

  /** Nothing proves that the newcomer is the same: it has to be seen that the former is gone. */
  private CompletableFuture<Void> afterSilence(
      RoomName room, StreamName stream, Call call, PublisherSession former)
      throws ProblemException {
    String caller = call.principal().identity();
    if (former.state() != SessionState.CONNECTED) {
      if (former.hasProven() || isOnItsWay(room, stream, former, call)) {
        throw unproven();
      }
      return takeovers.await(room, stream, caller, Optional.empty(), end(former));
    }
    holders.connected(room, stream);
    long before = former.packetsReceived();
    CompletableFuture<Void> listened = new CompletableFuture<>();
    var unused =
        runtime
            .scheduler()
            .schedule(() -> listened.complete(null), LISTENING.toMillis(), TimeUnit.MILLISECONDS);
    return listened.thenComposeAsync(
        done -> {
          boolean overtaken =
              sessions.ofStream(room, stream).filter(now -> now != former).isPresent()
                  || takeovers.waiting(room, stream).isPresent();
          return overtaken || former.packetsReceived() != before
              ? CompletableFuture.failedFuture(unproven())
              : takeovers.await(room, stream, caller, Optional.empty(), end(former));
        },
        runtime.executor());
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
