package io.github.jvbwhip.jvb.videobridge.hooks;

import io.github.jvbwhip.core.rtp.Bytes;
import io.github.jvbwhip.core.rtp.PacketKind;
import io.github.jvbwhip.core.rtp.RtpHeader;
import io.github.jvbwhip.jvb.media.DropReason;
import io.github.jvbwhip.jvb.media.PacketTotals;
import io.github.jvbwhip.jvb.media.SsrcLearner;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import org.ice4j.util.Buffer;
import org.jitsi.videobridge.transport.ice.IceTransport;
import org.jitsi.videobridge.util.ByteBufferPool;
import org.jspecify.annotations.Nullable;

/**
 * Sees what comes in over ICE before the bridge does: keeps packets back whose SSRC the bridge does
 * not know yet, and notices that the client ended DTLS.
 *
 * <p>Thread-safe. While nothing is kept back it takes no lock, and it allocates nothing.
 */
public final class IceTap implements IceTransport.IncomingDataHandler {
  /** Some two seconds of three encodings. */
  private static final int MAX_HELD = 1024;

  private static final int DTLS_ALERT = 21;
  private static final int DTLS_HEADER = 13;

  private final IceTransport.IncomingDataHandler next;
  private final @Nullable SsrcLearner learner;
  private final Runnable news;
  private final Queue<Buffer> held = new ArrayDeque<>();

  /** Whether there are any. */
  private volatile boolean holding;

  private boolean closed;
  private long dropped;
  private volatile long alertNanos;
  private volatile boolean alerted;
  private volatile long mediaNanos;

  /**
   * @param next the bridge's own handler
   * @param learner null when no SSRCs are expected
   * @param news called on a network thread when an SSRC was learnt; must only enqueue
   */
  public IceTap(
      IceTransport.IncomingDataHandler next, @Nullable SsrcLearner learner, Runnable news) {
    this.next = next;
    this.learner = learner;
    this.news = news;
  }

  @Override
  public void dataReceived(Buffer buffer) {
    byte[] b = buffer.getBuffer();
    int off = buffer.getOffset();
    int len = buffer.getLength();
    switch (PacketKind.of(b, off, len)) {
      case DTLS -> dtls(b, off, len);
      case RTP -> {
        mediaNanos = System.nanoTime();
        if (learner != null && RtpHeader.hasValidHeader(b, off, len)) {
          SsrcLearner.Verdict verdict = learner.packet(b, off, len, mediaNanos);
          if (verdict != SsrcLearner.Verdict.PASS) {
            hold(buffer, verdict == SsrcLearner.Verdict.HOLD_NEWS);
            return;
          }
          if (holding) {
            synchronized (held) { // It must not overtake those that are being released.
              next.dataReceived(buffer);
            }
            return;
          }
        }
      }
      case RTCP -> mediaNanos = System.nanoTime();
      default -> {}
    }
    next.dataReceived(buffer);
  }

  private void dtls(byte[] b, int off, int len) {
    // Epoch 0 is the handshake's; its alerts are no end of a connection (RFC 6347 §4.1).
    if (b[off] == DTLS_ALERT && len > DTLS_HEADER && Bytes.u16(b, off + 3) > 0) {
      alertNanos = System.nanoTime();
      alerted = true;
    }
  }

  private void hold(Buffer buffer, boolean isNews) {
    synchronized (held) {
      if (closed) {
        drop(buffer);
        return;
      }
      if (isAccepted(buffer)) {
        next.dataReceived(buffer); // It has become known since the packet was looked at.
        return;
      }
      held.add(buffer);
      holding = true;
      if (held.size() > MAX_HELD) {
        drop(held.remove());
      }
    }
    if (isNews) {
      news.run();
    }
  }

  /** Guarded by {@code held}. */
  private void drop(Buffer buffer) {
    dropped++;
    ByteBufferPool.returnBuffer(buffer.getBuffer());
  }

  private boolean isAccepted(Buffer buffer) {
    return learner != null
        && learner.isAccepted(RtpHeader.ssrc(buffer.getBuffer(), buffer.getOffset()));
  }

  /**
   * Hands over what the learner lets pass from now on, before anything that comes later: the bridge
   * takes packets that come after 64 newer ones for replays.
   *
   * @param accept tells the learner
   */
  public void release(Runnable accept) {
    synchronized (held) {
      accept.run();
      for (Iterator<Buffer> all = held.iterator(); all.hasNext(); ) {
        Buffer buffer = all.next();
        if (isAccepted(buffer)) {
          all.remove();
          next.dataReceived(buffer);
        }
      }
      holding = !held.isEmpty();
    }
  }

  /** Gives back what is held. */
  public void close() {
    synchronized (held) {
      closed = true;
      held.forEach(this::drop);
      held.clear();
      holding = false;
    }
  }

  /** What was held and did not get any further. */
  public PacketTotals totals() {
    synchronized (held) {
      return PacketTotals.NONE.plus(DropReason.UNKNOWN_SSRC, dropped);
    }
  }

  /**
   * Whether the client ended DTLS: an alert came, and no media after it for {@code quietNanos}. The
   * alert alone is not enough: anyone who can forge the address could send one.
   */
  public boolean isEnded(long nowNanos, long quietNanos) {
    return alerted
        && nowNanos - alertNanos > quietNanos
        && mediaNanos - alertNanos < quietNanos / 2;
  }
}
