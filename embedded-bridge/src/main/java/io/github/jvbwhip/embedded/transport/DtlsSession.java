package io.github.jvbwhip.embedded.transport;

import io.github.jvbwhip.core.bridge.ClientNetwork;
import io.github.jvbwhip.core.bridge.DtlsRole;
import io.github.jvbwhip.dtls.CertificateFingerprint;
import io.github.jvbwhip.dtls.DtlsHandshake;
import io.github.jvbwhip.dtls.DtlsIdentity;
import io.github.jvbwhip.dtls.DtlsRecordQueue;
import io.github.jvbwhip.dtls.SrtpKeys;
import io.github.jvbwhip.dtls.SrtpProfile;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.jspecify.annotations.Nullable;

/**
 * The DTLS association of a transport (RFC 6347, RFC 5764). The handshake blocks a thread of the
 * handshake pool; what comes later (the peer's retransmissions, its close_notify) is handled in
 * turn by the transport's serial executor. Thread-safe.
 */
final class DtlsSession implements HandshakeThreads.Handshake {
  /** Hears of the association; called on the handshake's thread or the serial executor. */
  interface Listener {
    /** The handshake begins: the peer may be done with it before the bridge is. */
    default void onBegun() {}

    void onKeys(SrtpKeys keys);

    /**
     * The handshake failed.
     *
     * @param detail for a log; no secrets
     */
    void onFailed(String detail);

    void onClosedByPeer();
  }

  /** What may wait before there is a path: a ClientHello, in two datagrams where it is large. */
  private static final int MAX_EARLY_BYTES = 4096;

  private static final String TOO_MANY = "too many handshakes at a time";

  private final DtlsRole role;
  private final DtlsHandshake handshake;
  private final DtlsRecordQueue records;
  private final HandshakeThreads handshakes;
  private final Executor serial;
  private final Listener listener;
  private volatile @Nullable ClientNetwork network;
  private boolean started;
  private boolean closed;
  private volatile long begun;
  private volatile boolean givenUp;
  private volatile @Nullable DTLSTransport established;

  /**
   * Prepares an association.
   *
   * @param role the bridge's own
   * @param profiles those that may be used, best first
   * @param serial runs tasks in order, without blocking ones
   */
  DtlsSession(
      DtlsIdentity identity,
      DtlsRole role,
      List<SrtpProfile> profiles,
      List<CertificateFingerprint> remoteFingerprints,
      Duration timeout,
      DtlsRecordQueue.Sender sender,
      HandshakeThreads handshakes,
      Executor serial,
      Listener listener) {
    this.role = role;
    this.handshake = new DtlsHandshake(identity, profiles, remoteFingerprints, timeout);
    this.records = new DtlsRecordQueue(sender);
    this.handshakes = handshakes;
    this.serial = serial;
    this.listener = listener;
  }

  /** Takes a datagram from the port's thread. */
  void receive(byte[] buffer, int offset, int length) {
    if (network == null && records.bytes() + length > MAX_EARLY_BYTES) {
      return;
    }
    records.offer(buffer, offset, length);
    if (established != null) {
      serial.execute(this::drain);
    } else {
      startWhenDue();
    }
  }

  /**
   * ICE has found a path: datagrams can be sent.
   *
   * @param client where it leads to
   */
  void pathFound(ClientNetwork client) {
    synchronized (this) {
      network = client;
    }
    startWhenDue();
  }

  /** The passive side takes no thread before the client has spoken. */
  private void startWhenDue() {
    ClientNetwork client;
    synchronized (this) {
      client = network;
      if (started || closed || client == null || (role == DtlsRole.PASSIVE && records.isEmpty())) {
        return;
      }
      started = true;
    }
    try {
      handshakes.execute(client, this);
    } catch (RejectedExecutionException e) {
      listener.onFailed(TOO_MANY);
    }
  }

  /** By what the peer says it counts, not by how often it says something. */
  @Override
  public long lastProgress() {
    long progress = handshake.lastProgress();
    return progress - begun > 0 ? progress : begun;
  }

  @Override
  public void giveUp() {
    givenUp = true;
    records.abort();
  }

  @Override
  public void giveWay() {
    listener.onFailed(TOO_MANY);
  }

  @Override
  public void run() {
    begun = System.nanoTime();
    DTLSTransport transport;
    listener.onBegun();
    try {
      transport = role == DtlsRole.ACTIVE ? handshake.connect(records) : handshake.accept(records);
    } catch (IOException | RuntimeException | Error e) {
      if (handshake.isClosedByPeer()) {
        listener.onClosedByPeer();
      } else {
        listener.onFailed(
            givenUp ? "the client did not go on while others waited to shake hands" : describe(e));
      }
      return;
    }
    boolean tooLate;
    synchronized (this) {
      established = transport;
      tooLate = closed;
    }
    if (tooLate) {
      serial.execute(this::closeTransport);
      return;
    }
    try {
      listener.onKeys(handshake.keys());
      serial.execute(this::drain);
    } catch (RuntimeException | Error e) {
      listener.onFailed(describe(e));
    }
  }

  private static String describe(Throwable failure) {
    if (failure instanceof TlsFatalAlertReceived received) {
      return "the peer refused the handshake: "
          + AlertDescription.getName(received.getAlertDescription());
    }
    if (failure instanceof TlsFatalAlert && failure.getCause() != null) {
      return failure.getMessage() + ": " + failure.getCause().getMessage();
    }
    // The message of a fault of ours says little without its class.
    return failure instanceof IOException
        ? String.valueOf(failure.getMessage())
        : failure.toString();
  }

  private void drain() {
    DTLSTransport transport = established;
    if (transport == null) {
      return;
    }
    byte[] buffer = new byte[records.getReceiveLimit()];
    try {
      while (!records.isEmpty()) {
        // Application data (a data channel) is none of the bridge's; alerts are handled inside.
        transport.receive(buffer, 0, buffer.length, 1);
      }
    } catch (IOException | RuntimeException e) {
      listener.onClosedByPeer();
      return;
    }
    if (handshake.isClosedByPeer()) {
      listener.onClosedByPeer();
    }
  }

  /** Says goodbye where there is someone to say it to, and ends a handshake that is under way. */
  void close() {
    boolean sayGoodbye;
    synchronized (this) {
      closed = true;
      sayGoodbye = established != null;
    }
    if (sayGoodbye) {
      serial.execute(this::closeTransport);
    } else {
      records.abort();
      handshakes.forget(this);
    }
  }

  private void closeTransport() {
    DTLSTransport transport = established;
    try {
      if (transport != null) {
        transport.close();
      }
    } catch (IOException e) {
      // The goodbye is a courtesy.
      records.abort();
    }
  }
}
