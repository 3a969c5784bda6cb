package io.github.jvbwhip.core.stun;

import io.github.jvbwhip.core.stun.StunMessage.TransactionId;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers a client's checks when ICE is over, and follows one whose address changes then: a NAT has
 * given it another one, of which it knows nothing, or it has chosen another of its networks. ice4j
 * has done with checks, and refuses those from elsewhere; and an answer costs it a thread and
 * memory. Where the client means to stay elsewhere, it is checked in turn: media goes there when it
 * has answered, so that nobody can have it sent elsewhere by a check that he has overheard. Of one
 * generation of ICE. Thread-safe.
 *
 * @param <P> how a bridge names a path; equal to another one to the same address
 */
public final class PathFollower<P extends PathFollower.Path> {
  /** So long a path stays, also where the client nominates another: some nominate all they have. */
  private static final long MIN_STAY_NANOS = 2_000_000_000L;

  /** Browsers check their path every three to six seconds, and others that they may need later. */
  private static final long SILENCE_NANOS = 8_000_000_000L;

  private static final long BETWEEN_CHECKS_NANOS = 100_000_000L;
  private static final int MAX_UNANSWERED = 8;

  /** A way to the client. */
  public interface Path {
    /** Where it leads to, 4 or 16 bytes. */
    byte[] address();

    int port();

    /** Sends a datagram there, or loses it. */
    void send(byte[] datagram);
  }

  /** Hears where the client is. Called under no lock. */
  public interface Listener<P> {
    /** That path works, and is the one to use. */
    void onMoved(P path);

    /** The client consents to go on receiving where it has moved to (RFC 7675 §5.1). */
    void onConsent();
  }

  /**
   * How checks of the client are made (RFC 8445 §7.2.2).
   *
   * @param password that the client signs its answers with
   */
  public record Signature(String username, boolean controlling, long tieBreaker, byte[] password) {
    StunMessage check() {
      return StunMessage.check(username, controlling, controlling, tieBreaker, password);
    }
  }

  private record Asked<P>(P path, long nanoTime) {}

  /** Has the responses to checks come to {@link #onResponse}. */
  public interface Transactions {
    void expect(TransactionId id);

    void forget(TransactionId id);
  }

  private final Transactions transactions;
  private final byte[] localPassword;
  private final LongSupplier nanoTime;
  private final Listener<P> listener;
  private final Map<TransactionId, Asked<P>> unanswered = new LinkedHashMap<>();
  private @Nullable Signature signature;
  private @Nullable P selected;
  private @Nullable P present;
  private long movedAt;
  private long heardAt;
  private long checkedAt;
  private long roundTripNanos = -1;
  private boolean closed;

  /**
   * @param localPassword what answers to the client are signed with
   */
  public PathFollower(
      Transactions transactions,
      byte[] localPassword,
      LongSupplier nanoTime,
      Listener<P> listener) {
    this.transactions = transactions;
    this.localPassword = localPassword;
    this.nanoTime = nanoTime;
    this.listener = listener;
  }

  /** ICE is over: the client is there. */
  public synchronized void begin(P path, Signature checks) {
    signature = checks;
    selected = path;
    present = path;
    movedAt = nanoTime.getAsLong();
    heardAt = movedAt;
    checkedAt = movedAt - BETWEEN_CHECKS_NANOS;
  }

  /** Whether the client is not where ICE has found it. */
  public boolean isElsewhere() {
    return left() != null;
  }

  /** Where ICE has found the client, when it is elsewhere now; otherwise null. */
  public synchronized @Nullable P left() {
    return selected == null || selected.equals(present) ? null : selected;
  }

  /**
   * Takes an authentic check.
   *
   * @return whether it is answered; otherwise ICE is not over, and it is ice4j's
   */
  public boolean onCheck(P path, StunMessage request) {
    boolean follows;
    synchronized (this) {
      if (closed || selected == null) {
        return false;
      }
      long now = nanoTime.getAsLong();
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
    path.send(request.asSuccess(path.address(), path.port(), localPassword).bytes());
    if (follows) {
      check(path);
    }
    return true;
  }

  /** The client has answered ice4j over the path that ICE has found. */
  public synchronized void onConsent() {
    heardAt = nanoTime.getAsLong();
  }

  /** Asks a client that has moved for its consent: ice4j does not know where it is. */
  public void askForConsent() {
    P path;
    synchronized (this) {
      path = closed || !isElsewhere() ? null : present;
    }
    if (path != null) {
      check(path);
    }
  }

  private void check(P path) {
    StunMessage check;
    synchronized (this) {
      Signature checks = signature;
      if (closed || checks == null) {
        return;
      }
      check = checks.check();
      checkedAt = nanoTime.getAsLong();
      unanswered.put(check.transactionId(), new Asked<>(path, checkedAt));
      transactions.expect(check.transactionId());
      Iterator<TransactionId> oldest = unanswered.keySet().iterator();
      if (unanswered.size() > MAX_UNANSWERED) {
        transactions.forget(oldest.next());
        oldest.remove();
      }
    }
    path.send(check.bytes());
  }

  /**
   * Takes the response to a check, not known to be authentic.
   *
   * @param address where it came from, 4 or 16 bytes
   * @return whether the check was one of these
   */
  public boolean onResponse(StunMessage response, byte[] address, int port) {
    P path;
    boolean moved;
    synchronized (this) {
      Asked<P> asked = unanswered.get(response.transactionId());
      if (closed || asked == null || signature == null) {
        return false;
      }
      path = asked.path();
      if (response.type() != StunMessage.BINDING_SUCCESS
          || path.port() != port
          || !Arrays.equals(path.address(), address)
          || !response.isAuthentic(signature.password())) {
        return true;
      }
      unanswered.remove(response.transactionId());
      transactions.forget(response.transactionId());
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
    return true;
  }

  /** The last round-trip time to a client that has moved. */
  public synchronized OptionalLong roundTripMicros() {
    return isElsewhere() && roundTripNanos >= 0
        ? OptionalLong.of(roundTripNanos / 1000)
        : OptionalLong.empty();
  }

  /** Follows no more. */
  public synchronized void close() {
    closed = true;
    unanswered.keySet().forEach(transactions::forget);
    unanswered.clear();
  }
}
