package io.github.jvbwhip.testpeer.transport;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.jspecify.annotations.Nullable;

/**
 * One DTLS 1.2 association (RFC 5764), in either role, on a thread of its own: the handshake, then
 * the alerts that follow. Thread-safe.
 */
final class DtlsConnection implements AutoCloseable {
  private static final int LARGEST_RECORD = 1 << 14;
  private static final int POLL_MILLIS = 500;

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
  private final Sender sender;
  private final Listener listener;
  private final Queue queue = new Queue();
  private volatile @Nullable DTLSTransport transport;
  private volatile boolean closing;
  private @Nullable Thread thread;

  DtlsConnection(
      DtlsIdentity identity, List<SrtpProfile> profiles, Sender sender, Listener listener) {
    this.identity = identity;
    this.profiles = List.copyOf(profiles);
    this.sender = sender;
    this.listener = listener;
  }

  /** Starts the handshake, once; {@code fingerprint} is what the other side's SDP says. */
  synchronized void start(boolean client, String fingerprint) {
    if (thread != null) {
      return;
    }
    thread = new Thread(() -> run(client, fingerprint), "test-peer-dtls");
    thread.setDaemon(true);
    thread.start();
  }

  void received(byte[] datagram) {
    queue.datagrams.add(datagram);
  }

  private void run(boolean client, String fingerprint) {
    DtlsHandshake handshake =
        new DtlsHandshake(identity, profiles, fingerprint, client, listener::closedByRemote);
    DTLSTransport established;
    try {
      established =
          client
              ? new DTLSClientProtocol().connect(handshake.asClient(), queue)
              : new DTLSServerProtocol().accept(handshake.asServer(), queue);
      transport = established;
    } catch (IOException e) {
      if (!closing) {
        listener.failed(e);
      }
      return;
    }
    listener.established(handshake.srtp());
    byte[] buffer = new byte[LARGEST_RECORD];
    while (!queue.closed) {
      try {
        established.receive(buffer, 0, buffer.length, POLL_MILLIS);
      } catch (IOException e) {
        return; // closed by either side, or a fatal alert, which the handshake has reported
      }
    }
  }

  @Override
  public void close() {
    closing = true;
    DTLSTransport open = transport;
    if (open != null && !queue.closed) {
      try {
        open.close(); // sends close_notify
      } catch (IOException e) {
        // The other side may be gone; there is nobody left to tell.
      }
    }
    queue.close();
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

  /** Turns the datagrams that are pushed here into ones that Bouncy Castle pulls. */
  private final class Queue implements DatagramTransport {
    private static final byte[] END = new byte[0];
    private final LinkedBlockingQueue<byte[]> datagrams = new LinkedBlockingQueue<>();
    private volatile boolean closed;

    @Override
    public int getReceiveLimit() {
      return 1500 - 20 - 8;
    }

    @Override
    public int getSendLimit() {
      return 1200;
    }

    @Override
    public int receive(byte[] target, int offset, int length, int waitMillis) throws IOException {
      byte[] datagram;
      try {
        datagram = closed ? END : datagrams.poll(waitMillis, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
      if (datagram == null) {
        return -1;
      }
      if (datagram == END) {
        throw new IOException("closed");
      }
      int count = Math.min(length, datagram.length);
      System.arraycopy(datagram, 0, target, offset, count);
      return count;
    }

    @Override
    public void send(byte[] data, int offset, int length) throws IOException {
      sender.send(Arrays.copyOfRange(data, offset, offset + length));
    }

    @Override
    public void close() {
      closed = true;
      datagrams.add(END);
    }
  }
}
