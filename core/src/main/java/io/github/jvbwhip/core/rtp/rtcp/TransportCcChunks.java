package io.github.jvbwhip.core.rtp.rtcp;

import io.github.jvbwhip.core.rtp.Bytes;

/**
 * Packs packet statuses into chunks (draft-holmer-rmcat-transport-wide-cc-extensions-01 §3.1.3,
 * §3.1.4): runs where they are long, otherwise 14 statuses of one bit or 7 of two bits.
 */
final class TransportCcChunks {
  private static final int MAX_RUN = 0x1FFF;
  private static final int ONE_BIT = 14;
  private static final int TWO_BIT = 7;

  private TransportCcChunks() {}

  /** The most that {@code count} statuses take, in bytes. */
  static int maxLength(int count) {
    return (count + TWO_BIT - 1) / TWO_BIT * 2;
  }

  /** Writes the chunks of the first {@code count} statuses and returns where they end. */
  static int write(byte[] b, int start, byte[] symbols, int count) {
    int at = start;
    int done = 0;
    while (done < count) {
      int left = count - done;
      int run = run(symbols, done, count);
      boolean small = isSmall(symbols, done, Math.min(ONE_BIT, left));
      if (run >= ONE_BIT || run == left || !small && run >= TWO_BIT) {
        Bytes.put16(b, at, symbols[done] << 13 | run);
        done += run;
      } else {
        int width = small ? 1 : 2;
        int inChunk = Math.min(small ? ONE_BIT : TWO_BIT, left);
        int chunk = small ? 0x8000 : 0xC000;
        for (int i = 0; i < inChunk; i++) {
          chunk |= symbols[done + i] << 14 - width * (i + 1);
        }
        Bytes.put16(b, at, chunk);
        done += inChunk;
      }
      at += 2;
    }
    return at;
  }

  private static int run(byte[] symbols, int from, int count) {
    int end = from + 1;
    while (end < count && end - from < MAX_RUN && symbols[end] == symbols[from]) {
      end++;
    }
    return end - from;
  }

  private static boolean isSmall(byte[] symbols, int from, int length) {
    for (int i = from; i < from + length; i++) {
      if (symbols[i] == TransportCcRecorder.LARGE_DELTA) {
        return false;
      }
    }
    return true;
  }
}
