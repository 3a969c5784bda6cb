package io.github.jvbwhip.testpeer.transport;

import io.github.jvbwhip.dtls.CertificateFingerprint;
import io.github.jvbwhip.dtls.DtlsHandshake;
import io.github.jvbwhip.dtls.DtlsIdentity;
import io.github.jvbwhip.dtls.DtlsRecordQueue;
import io.github.jvbwhip.dtls.SrtpProfile;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.tls.DTLSTransport;
import org.jspecify.annotations.Nullable;

/**
 * One DTLS 1.2 association (RFC 5764), in either role, on a thread of its own: the handshake, then
 * the alerts that follow. Thread-safe.
 */
final class DtlsConnection implements AutoCloseable {
  private static final int LARGEST_RECORD = 1 << 14;
  private static final int POLL_MILLIS = 500;
  private static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(20);

  /** Sends one datagram to the other side. */
  interface Sender {
    void send(byte[] datagram) throws IOException;
  }

  /** Told once how the handshake ended, and once when the other side closes. */
  interface Listener {
    void established(SrtpSession srtp);

    void failed(IOException reason);

    void closedByRemote();
  }

  private final DtlsIdentity identity;
  private final List<SrtpProfile> profiles;
  private final Listener listener;
  private final DtlsRecordQueue records;
  private volatile @Nullable DTLSTransport transport;
  private volatile boolean closing;
  private @Nullable Thread thread;

  DtlsConnection(
      DtlsIdentity identity, List<SrtpProfile> profiles, Sender sender, Listener listener) {
    this.identity = identity;
    this.profiles = List.copyOf(profiles);
    this.records =
        new DtlsRecordQueue((buffer, offset, length) -> send(sender, buffer, offset, length));
    this.listener = listener;
  }

  /** Starts the handshake, once; {@code fingerprint} is what the other side's SDP says. */
  synchronized void start(boolean client, CertificateFingerprint fingerprint) {
    if (thread != null) {
      return;
    }
    thread = new Thread(() -> run(client, fingerprint), "test-peer-dtls");
    thread.setDaemon(true);
    thread.start();
  }

  void received(byte[] datagram) {
    records.offer(datagram, 0, datagram.length);
  }

  private static void send(Sender sender, byte[] buffer, int offset, int length) {
    try {
      sender.send(Arrays.copyOfRange(buffer, offset, offset + length));
    } catch (IOException e) {
      // For a datagram it is loss.
    }
  }

  private void run(boolean client, CertificateFingerprint fingerprint) {
    DtlsHandshake handshake =
        new DtlsHandshake(identity, profiles, List.of(fingerprint), HANDSHAKE_TIMEOUT);
    DTLSTransport established;
    try {
      established = client ? handshake.connect(records) : handshake.accept(records);
      transport = established;
    } catch (IOException e) {
      if (!closing) {
        listener.failed(e);
      }
      return;
    }
    listener.established(new SrtpSession(handshake.keys()));
    byte[] buffer = new byte[LARGEST_RECORD];
    try {
      while (!closing && !handshake.isClosedByPeer()) {
        established.receive(buffer, 0, buffer.length, POLL_MILLIS);
      }
    } catch (IOException e) {
      // Closed by either side, or a fatal alert.
    }
    if (handshake.isClosedByPeer()) {
      listener.closedByRemote();
    }
  }

  @Override
  public void close() {
    closing = true;
    DTLSTransport open = transport;
    if (open != null) {
      try {
        open.close(); // sends close_notify
      } catch (IOException e) {
        // The other side may be gone; there is nobody left to tell.
      }
    }
    records.abort();
    Thread running;
    synchronized (this) {
      running = thread;
    }
    if (running != null && running != Thread.currentThread()) {
      Threads.join(running);
    }
  }

  /** Stops without telling the other side. */
  void abandon() {
    transport = null;
    close();
  }
}
