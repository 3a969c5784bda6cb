package io.github.jvbwhip.dtls;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.TlsFatalAlert;

/**
 * The datagrams between a socket's thread, which must not wait, and Bouncy Castle, which does.
 * Bounded: what comes too fast is lost, as datagrams are. Thread-safe.
 */
public final class DtlsRecordQueue implements DatagramTransport {
  private static final int MAX_WAITING = 64;

  /** More than the largest flight of a handshake, twice. */
  private static final int MAX_BYTES = 16 * 1024;

  private static final int RECEIVE_LIMIT = 4096;

  /** Leaves room for IPv6, UDP and tunnels in 1280 bytes; handshake messages are split to it. */
  private static final int SEND_LIMIT = 1200;

  private static final byte[] END = {};

  /** Puts a datagram on the wire, or loses it. */
  public interface Sender {
    void send(byte[] buffer, int offset, int length);
  }

  private final BlockingQueue<byte[]> waiting = new LinkedBlockingQueue<>(MAX_WAITING);
  private final AtomicInteger bytes = new AtomicInteger();
  private final Sender sender;
  private volatile boolean aborted;

  public DtlsRecordQueue(Sender sender) {
    this.sender = sender;
  }

  /** Adds a copy of a datagram that was received. */
  public void offer(byte[] buffer, int offset, int length) {
    if (bytes.addAndGet(length) > MAX_BYTES
        || !waiting.offer(Arrays.copyOfRange(buffer, offset, offset + length))) {
      bytes.addAndGet(-length);
    }
  }

  /** The size of all that waits. */
  public int bytes() {
    return bytes.get();
  }

  public boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Makes whoever waits for a datagram, now or later, give up, and tell the peer so. */
  public void abort() {
    aborted = true;
    waiting.clear();
    waiting.offer(END);
  }

  @Override
  public int getReceiveLimit() {
    return RECEIVE_LIMIT;
  }

  @Override
  public int getSendLimit() {
    return SEND_LIMIT;
  }

  /**
   * Waits for a datagram.
   *
   * @param waitMillis 0 for as long as it takes
   * @return its length, or -1 when there was none in time
   * @throws TlsFatalAlert when aborted; Bouncy Castle sends the peer its close_notify
   */
  @Override
  public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
    byte[] datagram;
    try {
      datagram = waitMillis == 0 ? waiting.take() : waiting.poll(waitMillis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
    if (aborted) {
      throw new TlsFatalAlert(AlertDescription.close_notify, "aborted");
    }
    if (datagram == null) {
      return -1;
    }
    bytes.addAndGet(-datagram.length);
    int count = Math.min(length, datagram.length);
    System.arraycopy(datagram, 0, buffer, offset, count);
    return count;
  }

  @Override
  public void send(byte[] buffer, int offset, int length) {
    sender.send(buffer, offset, length);
  }

  /** Nothing: the socket outlives the association. */
  @Override
  public void close() {}
}
