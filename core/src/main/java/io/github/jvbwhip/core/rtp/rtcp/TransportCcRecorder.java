package io.github.jvbwhip.core.rtp.rtcp;

import io.github.jvbwhip.core.rtp.Bytes;
import io.github.jvbwhip.core.rtp.SequenceUnwrapper;
import java.util.Arrays;

/**
 * Records when the packets of a transport arrive and writes that as feedback
 * (draft-holmer-rmcat-transport-wide-cc-extensions-01 §3). A packet that comes after it was
 * reported missing is reported again. Bounded; time is that of {@link System#nanoTime()}. Not
 * thread-safe.
 */
public final class TransportCcRecorder {
  static final int FORMAT = 15;

  /** Length before the packet chunks, in bytes. */
  static final int LENGTH = RtcpFeedback.LENGTH + 8;

  /** The symbols of the status chunks: what is known of one packet. */
  static final int NOT_RECEIVED = 0;

  static final int SMALL_DELTA = 1;
  static final int LARGE_DELTA = 2;

  /** One tick of a receive delta. */
  static final long TICK_NANOS = 250_000;

  /** The unit of the reference time, 64 ms, in ticks. */
  static final int REFERENCE_TICKS = 256;

  /** How many sequence numbers are remembered: a power of two. */
  private static final int WINDOW = 2048;

  private static final long NONE = -1;

  private final SequenceUnwrapper unwrapper = new SequenceUnwrapper();
  private final long[] numbers = new long[WINDOW];
  private final long[] ticks = new long[WINDOW];
  private final byte[] symbols = new byte[WINDOW];
  private boolean started;
  private long epochNanos;
  private long nextToReport;
  private int feedbackCount;

  public TransportCcRecorder() {
    Arrays.fill(numbers, NONE);
  }

  /** A packet with this transport-wide sequence number has arrived. */
  public void received(int sequenceNumber, long nowNanos) {
    long number = unwrapper.unwrap(sequenceNumber);
    if (!started) {
      started = true;
      epochNanos = nowNanos;
      nextToReport = number;
    }
    int slot = (int) number & WINDOW - 1;
    if (number <= unwrapper.highest() - WINDOW || numbers[slot] == number) {
      return;
    }
    numbers[slot] = number;
    ticks[slot] = (nowNanos - epochNanos) / TICK_NANOS;
    nextToReport = Math.min(nextToReport, number);
  }

  /** Whether there is anything to report. */
  public boolean isPending() {
    return started && nextToReport <= unwrapper.highest();
  }

  /**
   * Writes feedback about the packets since the last one; call again until there is none.
   *
   * @param maxLength room at {@code at}, in bytes: at least 32
   * @param mediaSsrc any stream of the transport
   * @return the length written, 0 when there is nothing to report
   */
  public int write(byte[] b, int at, int maxLength, long senderSsrc, long mediaSsrc) {
    if (!isPending()) {
      return 0;
    }
    long first = Math.max(nextToReport, unwrapper.highest() - WINDOW + 1);
    int leading = firstReceived(first);
    long firstTicks = ticks[(int) (first + leading) & WINDOW - 1];
    long reference = Math.floorDiv(firstTicks, REFERENCE_TICKS);

    int count = collect(first, reference * REFERENCE_TICKS, maxLength);
    int delta = TransportCcChunks.write(b, at + LENGTH, symbols, count);
    int end = writeDeltas(b, delta, first, reference * REFERENCE_TICKS, count);
    while ((end - at) % 4 != 0) {
      b[end++] = 0;
    }
    RtcpFeedback.write(b, at, Rtcp.TRANSPORT_FEEDBACK, FORMAT, end - at, senderSsrc, mediaSsrc);
    Bytes.put16(b, at + 12, (int) first);
    Bytes.put16(b, at + 14, count);
    Bytes.put24(b, at + 16, (int) reference);
    Bytes.put8(b, at + 19, feedbackCount++);
    nextToReport = first + count;
    return end - at;
  }

  /** How many packets are missing before the first one that has arrived; the highest has. */
  private int firstReceived(long first) {
    int missing = 0;
    while (!isReceived(first + missing)) {
      missing++;
    }
    return missing;
  }

  /** Fills {@link #symbols} with as many packets as fit, in length and in the range of a delta. */
  private int collect(long first, long referenceTicks, int maxLength) {
    long last = referenceTicks;
    int available = (int) (unwrapper.highest() - first + 1);
    int room = maxLength - LENGTH - 3;
    int deltas = 0;
    int count = 0;
    while (count < available) {
      int symbol = NOT_RECEIVED;
      if (isReceived(first + count)) {
        long now = ticks[(int) (first + count) & WINDOW - 1];
        long difference = now - last;
        if (difference != (short) difference) {
          break;
        }
        symbol = difference >= 0 && difference <= 0xFF ? SMALL_DELTA : LARGE_DELTA;
        last = now;
      }
      if (deltas + symbol + TransportCcChunks.maxLength(count + 1) > room) {
        break;
      }
      deltas += symbol;
      symbols[count++] = (byte) symbol;
    }
    return count;
  }

  private int writeDeltas(byte[] b, int start, long first, long referenceTicks, int count) {
    long last = referenceTicks;
    int at = start;
    for (int i = 0; i < count; i++) {
      if (symbols[i] == NOT_RECEIVED) {
        continue;
      }
      long now = ticks[(int) (first + i) & WINDOW - 1];
      if (symbols[i] == SMALL_DELTA) {
        b[at++] = (byte) (now - last);
      } else {
        Bytes.put16(b, at, (int) (now - last));
        at += 2;
      }
      last = now;
    }
    return at;
  }

  private boolean isReceived(long number) {
    return numbers[(int) number & WINDOW - 1] == number;
  }
}
