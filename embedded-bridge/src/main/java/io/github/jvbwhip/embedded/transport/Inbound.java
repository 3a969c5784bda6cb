package io.github.jvbwhip.embedded.transport;

import io.github.jvbwhip.core.rtp.PacketKind;
import io.github.jvbwhip.dtls.SrtpContexts;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The receiving half of a transport: decrypts and delivers under one lock, so that a transport's
 * packets come one at a time even when its peer uses two of the port's sockets. Thread-safe.
 *
 * <p>A peer may send as soon as its own handshake is done, a moment before ours is. Those first
 * packets are kept, a bounded number of them: they are the beginning of a key frame, and some
 * publishers make the next one only after seconds. Before our handshake has a thread there are none
 * of them, so that only those clients have any kept that have one of these threads.
 */
final class Inbound {
  private static final int MAX_EARLY = 128;
  private static final int MAX_EARLY_BYTES = 128 * 1024;

  private record Early(ByteBuffer packet, PacketKind kind, long nanoTime) {}

  private final TransportListener listener;
  private final List<Early> early = new ArrayList<>();
  private int earlyBytes;
  private boolean expected;
  private @Nullable SrtpContexts contexts;
  private volatile boolean closed;
  private final LongAdder packetsReceived = new LongAdder();
  private final LongAdder bytesReceived = new LongAdder();
  private final LongAdder packetsRejected = new LongAdder();

  Inbound(TransportListener listener) {
    this.listener = listener;
  }

  /** Takes an RTP or RTCP packet as it came. */
  synchronized void receive(PacketKind kind, byte[] buffer, int offset, int length, long nanoTime) {
    if (closed) {
      return;
    }
    SrtpContexts current = contexts;
    if (current != null) {
      deliver(current, kind, buffer, offset, length, nanoTime);
    } else if (expected && early.size() < MAX_EARLY && earlyBytes + length <= MAX_EARLY_BYTES) {
      earlyBytes += length;
      byte[] copy = new byte[length + MediaTransport.TAILROOM];
      System.arraycopy(buffer, offset, copy, 0, length);
      early.add(new Early(ByteBuffer.wrap(copy, 0, length), kind, nanoTime));
    } else {
      packetsRejected.increment();
    }
  }

  /** The handshake has begun. */
  synchronized void expect() {
    expected = true;
  }

  /** Packets can be decrypted; delivers those that were waiting for it. */
  synchronized void open(SrtpContexts newContexts) {
    if (closed) {
      return;
    }
    contexts = newContexts;
    for (Early waiting : early) {
      if (closed) {
        return;
      }
      deliver(
          newContexts,
          waiting.kind(),
          waiting.packet().array(),
          0,
          waiting.packet().remaining(),
          waiting.nanoTime());
    }
    early.clear();
  }

  /**
   * No delivery begins from now on. Waits for none that is under way: two transports whose
   * deliveries close each other would wait for ever.
   */
  void close() {
    closed = true;
  }

  long packetsReceived() {
    return packetsReceived.sum();
  }

  long bytesReceived() {
    return bytesReceived.sum();
  }

  long packetsRejected() {
    return packetsRejected.sum();
  }

  private void deliver(
      SrtpContexts srtp, PacketKind kind, byte[] buffer, int offset, int length, long nanoTime) {
    int plain =
        kind == PacketKind.RTP
            ? srtp.transformRtp(buffer, offset, length)
            : srtp.transformRtcp(buffer, offset, length);
    if (plain < 0) {
      packetsRejected.increment();
      return;
    }
    packetsReceived.increment();
    bytesReceived.add(length);
    if (kind == PacketKind.RTP) {
      listener.onRtp(buffer, offset, plain, nanoTime);
    } else {
      listener.onRtcp(buffer, offset, plain, nanoTime);
    }
  }
}
