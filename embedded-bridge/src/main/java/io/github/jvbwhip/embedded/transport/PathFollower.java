package io.github.jvbwhip.embedded.transport;

import io.github.jvbwhip.core.stun.StunMessage;
import io.github.jvbwhip.core.stun.StunMessage.TransactionId;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Follows a client whose address changes when ICE is over: a NAT has given it another one, of which
 * it knows nothing, or it has chosen another of its networks. ice4j has done with checks then, and
 * refuses those from elsewhere. Here they are answered, and where the client means to stay there,
 * it is checked in turn: media goes there when it has answered, so that nobody can have it sent
 * elsewhere by a check that he has overheard. Of one generation of ICE. Thread-safe.
 */
final class PathFollower implements StunRouter.Asker {
  /** So long a path stays, also where the client nominates another: some nominate all they have. */
  private static final long MIN_STAY_NANOS = 2_000_000_000L;

  /** Browsers check their path every three to six seconds, and others that they may need later. */
  private static final long SILENCE_NANOS = 8_000_000_000L;

  private static final long BETWEEN_CHECKS_NANOS = 100_000_000L;
  private static final int MAX_UNANSWERED = 8;

  /** Hears where the client is. Called under no lock. */
  interface Listener {
    /** That path works, and is the one to use. */
    void onMoved(MediaPath path);

    /** The client consents to go on receiving where it has moved to (RFC 7675 §5.1). */
    void onConsent();
  }

  /**
   * How checks of the client are made (RFC 8445 §7.2.2).
   *
   * @param password that the client signs its answers with
   */
  record Signature(String username, boolean controlling, long tieBreaker, byte[] password) {
    StunMessage check() {
      return StunMessage.check(username, controlling, controlling, tieBreaker, password);
    }
  }

  private record Asked(MediaPath path, long nanoTime) {}

  private final StunRouter router;
  private final byte[] localPassword;
  private final LongSupplier nanoTime;
  private final Listener listener;
  private final Map<TransactionId, Asked> unanswered = new LinkedHashMap<>();
  private @Nullable Signature signature;
  private @Nullable MediaPath selected;
  private @Nullable MediaPath present;
  private long movedAt;
  private long heardAt;
  private long checkedAt;
  private long roundTripNanos = -1;
  private boolean closed;

  /**
   * @param localPassword what answers to the client are signed with
   */
  PathFollower(StunRouter router, byte[] localPassword, LongSupplier nanoTime, Listener listener) {
    this.router = router;
    this.localPassword = localPassword;
    this.nanoTime = nanoTime;
    this.listener = listener;
  }

  /** ICE is over: the client is there. */
  synchronized void begin(MediaPath path, Signature checks) {
    signature = checks;
    selected = path;
    present = path;
    movedAt = nanoTime.getAsLong();
    heardAt = movedAt;
    checkedAt = movedAt - BETWEEN_CHECKS_NANOS;
  }

  /** Whether the client is not where ICE has found it. */
  boolean isElsewhere() {
    return left() != null;
  }

  /** Where ICE has found the client, when it is elsewhere now; otherwise null. */
  synchronized @Nullable MediaPath left() {
    return selected == null || selected.equals(present) ? null : selected;
  }

  /**
   * Takes an authentic check.
   *
   * @return whether it is answered; otherwise it is ice4j's
   */
  boolean onCheck(MediaPath path, StunMessage request) {
    boolean ours;
    boolean follows;
    synchronized (this) {
      if (closed || selected == null) {
        return false;
      }
      long now = nanoTime.getAsLong();
      ours = !path.equals(selected);
      if (path.equals(present)) {
        heardAt = now;
        follows = false;
      } else {
        follows =
            now - checkedAt >= BETWEEN_CHECKS_NANOS
                && (request.nominates() && now - movedAt >= MIN_STAY_NANOS
                    || now - heardAt >= SILENCE_NANOS);
      }
    }
    if (ours) {
      InetSocketAddress from = path.remote();
      send(path, request.asSuccess(from.getAddress().getAddress(), from.getPort(), localPassword));
    }
    if (follows) {
      check(path);
    }
    return ours;
  }

  /** The client has answered ice4j over the path that ICE has found. */
  synchronized void onConsent() {
    heardAt = nanoTime.getAsLong();
  }

  /** Asks a client that has moved for its consent: ice4j does not know where it is. */
  void askForConsent() {
    MediaPath path;
    synchronized (this) {
      path = closed || !isElsewhere() ? null : present;
    }
    if (path != null) {
      check(path);
    }
  }

  private void check(MediaPath path) {
    StunMessage check;
    synchronized (this) {
      Signature checks = signature;
      if (closed || checks == null) {
        return;
      }
      check = checks.check();
      checkedAt = nanoTime.getAsLong();
      unanswered.put(check.transactionId(), new Asked(path, checkedAt));
      router.expect(check.transactionId(), this);
      Iterator<TransactionId> oldest = unanswered.keySet().iterator();
      if (unanswered.size() > MAX_UNANSWERED) {
        router.forget(oldest.next());
        oldest.remove();
      }
    }
    send(path, check);
  }

  private static void send(MediaPath path, StunMessage message) {
    byte[] bytes = message.bytes();
    // Whether it has gone out does not matter: the client checks again, and so is it.
    boolean unused = path.socket().send(new DatagramPacket(bytes, bytes.length, path.remote()));
  }

  @Override
  public void onResponse(StunMessage response, InetSocketAddress from, long arrival) {
    MediaPath path;
    boolean moved;
    synchronized (this) {
      Asked asked = unanswered.get(response.transactionId());
      if (closed
          || asked == null
          || signature == null
          || response.type() != StunMessage.BINDING_SUCCESS
          || !asked.path().remote().equals(from)
          || !response.isAuthentic(signature.password())) {
        return;
      }
      unanswered.remove(response.transactionId());
      router.forget(response.transactionId());
      path = asked.path();
      moved = !path.equals(present);
      long now = nanoTime.getAsLong();
      if (moved) {
        present = path;
        movedAt = now;
      }
      heardAt = now;
      roundTripNanos = now - asked.nanoTime();
    }
    if (moved) {
      listener.onMoved(path);
    } else {
      listener.onConsent();
    }
  }

  /** The last round-trip time to a client that has moved. */
  synchronized OptionalLong roundTripMicros() {
    return isElsewhere() && roundTripNanos >= 0
        ? OptionalLong.of(roundTripNanos / 1000)
        : OptionalLong.empty();
  }

  /** Follows no more. */
  synchronized void close() {
    closed = true;
    unanswered.keySet().forEach(router::forget);
    unanswered.clear();
  }
}
