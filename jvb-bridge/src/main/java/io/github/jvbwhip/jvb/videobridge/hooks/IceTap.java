package io.github.jvbwhip.jvb.videobridge.hooks;

import io.github.jvbwhip.core.dtls.CipherChangeGate;
import io.github.jvbwhip.core.metrics.DropReason;
import io.github.jvbwhip.core.metrics.PacketTotals;
import io.github.jvbwhip.core.rtp.Bytes;
import io.github.jvbwhip.core.rtp.PacketKind;
import io.github.jvbwhip.core.rtp.RtpHeader;
import io.github.jvbwhip.jvb.media.SsrcLearner;
import io.github.jvbwhip.jvb.media.SsrcTranslation;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import org.ice4j.util.Buffer;
import org.jitsi.videobridge.transport.ice.IceTransport;
import org.jitsi.videobridge.util.ByteBufferPool;
import org.jspecify.annotations.Nullable;

/**
 * Sees what comes in over ICE before the bridge does: keeps packets back whose SSRC the bridge does
 * not know yet, gives the others the SSRCs of the conference, keeps from its DTLS what comes too
 * early, and notices that the client ended DTLS.
 *
 * <p>Thread-safe. While nothing is kept back it takes no lock for media, and it allocates nothing.
 */
public final class IceTap implements IceTransport.IncomingDataHandler {
  /** Some two seconds of three encodings. */
  private static final int MAX_HELD = 1024;

  private static final int DTLS_ALERT = 21;
  private static final int DTLS_HEADER = 13;

  private final IceTransport.IncomingDataHandler next;
  private final @Nullable SsrcLearner learner;
  private final SsrcTranslation ssrcs;
  private final BooleanSupplier open;
  private final Runnable news;
  private final Runnable alert;
  private final CipherChangeGate gate = new CipherChangeGate();
  private final Queue<Buffer> held = new ArrayDeque<>();

  /** Whether there are any. */
  private volatile boolean holding;

  /** Whether some of them may go on as soon as there are keys. Guarded by {@code held}. */
  private boolean lackingKeys;

  private boolean closed;
  private long dropped;
  private volatile long alertNanos;
  private volatile boolean alerted;
  private volatile long mediaNanos;

  /**
   * @param next the bridge's own handler
   * @param learner null when no SSRCs are expected
   * @param ssrcs what the learner has got
   * @param open whether media is let through yet; true once and for all
   * @param news called on a network thread when an SSRC was learnt; must only enqueue
   * @param alert called on a network thread when {@link #isEnded} may become true; must not block
   */
  public IceTap(
      IceTransport.IncomingDataHandler next,
      @Nullable SsrcLearner learner,
      SsrcTranslation ssrcs,
      BooleanSupplier open,
      Runnable news,
      Runnable alert) {
    this.next = next;
    this.learner = learner;
    this.ssrcs = ssrcs;
    this.open = open;
    this.news = news;
    this.alert = alert;
  }

  @Override
  public void dataReceived(Buffer buffer) {
    byte[] b = buffer.getBuffer();
    int off = buffer.getOffset();
    int len = buffer.getLength();
    switch (PacketKind.of(b, off, len)) {
      case DTLS -> {
        dtls(b, off, len);
        if (!passesHandshake(buffer)) {
          return;
        }
      }
      case RTP -> {
        mediaNanos = System.nanoTime();
        if (learner != null && RtpHeader.hasValidHeader(b, off, len)) {
          rtp(buffer, learner.packet(b, off, len, mediaNanos));
          return;
        }
      }
      case RTCP -> mediaNanos = System.nanoTime();
      default -> {}
    }
    next.dataReceived(buffer);
  }

  private void rtp(Buffer buffer, SsrcLearner.Verdict verdict) {
    if (verdict != SsrcLearner.Verdict.PASS || !open.getAsBoolean()) {
      hold(buffer, verdict);
    } else if (holding) {
      synchronized (held) { // It must not overtake those that are being released.
        passThoseWithoutKeys();
        pass(buffer);
      }
    } else {
      pass(buffer);
    }
  }

  private void pass(Buffer buffer) {
    byte[] b = buffer.getBuffer();
    int off = buffer.getOffset();
    long translated = ssrcs.toConference(RtpHeader.ssrc(b, off));
    if (translated != SsrcTranslation.NONE) {
      RtpHeader.setSsrc(b, off, translated);
    }
    next.dataReceived(buffer);
  }

  private void dtls(byte[] b, int off, int len) {
    // Epoch 0 is the handshake's; its alerts are no end of a connection (RFC 6347 §4.1).
    if (b[off] == DTLS_ALERT && len > DTLS_HEADER && Bytes.u16(b, off + 3) > 0) {
      alertNanos = System.nanoTime();
      alerted = true;
      alert.run();
    }
  }

  /** Whether anything remains of what the bridge must not see yet. */
  private boolean passesHandshake(Buffer buffer) {
    int remaining;
    synchronized (gate) {
      remaining = gate.pass(buffer.getBuffer(), buffer.getOffset(), buffer.getLength());
    }
    if (remaining == 0) {
      ByteBufferPool.returnBuffer(buffer.getBuffer());
      return false;
    }
    buffer.setLength(remaining);
    return true;
  }

  private void hold(Buffer buffer, SsrcLearner.Verdict verdict) {
    synchronized (held) {
      boolean accepted = isAccepted(buffer);
      if (closed || !accepted && verdict == SsrcLearner.Verdict.PASS) {
        drop(buffer);
        return;
      }
      if (accepted && open.getAsBoolean()) { // It has become so since the packet was looked at.
        passThoseWithoutKeys();
        pass(buffer);
        return;
      }
      lackingKeys |= accepted;
      held.add(buffer);
      holding = true;
      if (held.size() > MAX_HELD) {
        drop(held.remove());
      }
    }
    if (verdict == SsrcLearner.Verdict.HOLD_NEWS) {
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
      lackingKeys = true;
      if (open.getAsBoolean()) {
        passThoseWithoutKeys();
      }
    }
  }

  /** What has waited for keys alone. Guarded by {@code held}. */
  private void passThoseWithoutKeys() {
    if (lackingKeys) {
      lackingKeys = false;
      passHeld();
    }
  }

  /** Guarded by {@code held}. */
  private void passHeld() {
    for (Iterator<Buffer> all = held.iterator(); all.hasNext(); ) {
      Buffer buffer = all.next();
      if (isAccepted(buffer)) {
        all.remove();
        pass(buffer);
      }
    }
    holding = !held.isEmpty();
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
