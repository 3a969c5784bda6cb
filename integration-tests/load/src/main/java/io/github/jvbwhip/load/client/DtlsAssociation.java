package io.github.jvbwhip.load.client;

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
import org.bouncycastle.tls.DTLSTransport;
import org.jspecify.annotations.Nullable;

/**
 * DTLS of one client (RFC 5764): the handshake takes one of the few threads that all clients share,
 * and so does, for a moment, what comes later. Thread-safe.
 */
final class DtlsAssociation {
  /** Hears of the association, on one of those threads. */
  interface Listener {
    void keys(SrtpKeys keys);

    void failed(String reason);

    void closedByPeer();
  }

  private final boolean client;
  private final DtlsHandshake handshake;
  private final DtlsRecordQueue records;
  private final Executor threads;
  private final Listener listener;
  private volatile @Nullable DTLSTransport established;
  private volatile boolean closed;

  /**
   * @param client the role
   * @param threads may block
   */
  DtlsAssociation(
      DtlsIdentity identity,
      List<SrtpProfile> profiles,
      boolean client,
      CertificateFingerprint fingerprint,
      Duration timeout,
      DtlsRecordQueue.Sender sender,
      Executor threads,
      Listener listener) {
    this.client = client;
    this.threads = threads;
    this.listener = listener;
    handshake = new DtlsHandshake(identity, profiles, List.of(fingerprint), timeout);
    records = new DtlsRecordQueue(sender);
  }

  /** Shakes hands, as soon as a thread is free. */
  void start() {
    threads.execute(this::shakeHands);
  }

  void received(byte[] b, int length) {
    records.offer(b, 0, length);
    if (established != null) {
      threads.execute(this::drain);
    }
  }

  private void shakeHands() {
    try {
      DTLSTransport transport = client ? handshake.connect(records) : handshake.accept(records);
      established = transport;
      listener.keys(handshake.keys());
      drain();
    } catch (IOException | RuntimeException e) {
      if (!closed) {
        listener.failed(String.valueOf(e.getMessage()));
      }
    }
  }

  private synchronized void drain() {
    DTLSTransport transport = established;
    byte[] buffer = new byte[records.getReceiveLimit()];
    try {
      while (transport != null && !closed && !records.isEmpty()) {
        transport.receive(buffer, 0, buffer.length, 1);
      }
    } catch (IOException e) {
      closed = true;
      listener.closedByPeer();
      return;
    }
    if (!closed && handshake.isClosedByPeer()) {
      closed = true;
      listener.closedByPeer();
    }
  }

  /**
   * Says goodbye where there is somebody to say it to, and then runs this, on one of the threads.
   */
  void close(Runnable afterwards) {
    boolean goodbye = !closed && established != null;
    closed = true;
    if (established == null) {
      records.abort();
    }
    threads.execute(
        () -> {
          if (goodbye) {
            sayGoodbye();
          }
          afterwards.run();
        });
  }

  private synchronized void sayGoodbye() {
    DTLSTransport transport = established;
    try {
      if (transport != null) {
        transport.close();
      }
    } catch (IOException e) {
      // The goodbye is a courtesy.
    }
  }
}
