package io.github.jvbwhip.core.picture;

import java.util.OptionalLong;

/**
 * How fast a player gets what was kept for it. Nobody knows what its link carries before anything
 * was sent: so it is a multiple of the stream's bit rate, which it has to carry anyway, within
 * bounds; less where packets get lost. Never below twice that bit rate: it would hardly catch up.
 * Not thread-safe.
 */
public final class Pace {
  private static final int MULTIPLE = 8;
  private static final long LEAST = 8_000_000;

  /** A cache of 512 KiB then still has what a player misses after a round trip of 160 ms. */
  private static final long MOST = 25_000_000;

  /** After a longer pause no more than for this. */
  private static final long LONGEST_NANOS = 20_000_000L;

  /** For the first packets, and the least time between two that slow it down. */
  private static final long FIRST_NANOS = 5_000_000L;

  private static final long LOSS_NANOS = 50_000_000L;

  /** Who has just connected drops what comes before its keys are in place. */
  private static final long READY_NANOS = 30_000_000L;

  /**
   * Who sees a picture waits for the next keyframe rather than see the past for longer than this.
   */
  private static final long SHORT_NANOS = 400_000_000L;

  private long bitrate;
  private long rate;
  private long at;
  private long lossAt;
  private double bytes;

  /**
   * Begins with the keyframe that is kept.
   *
   * @param cursor is rewound
   * @param without whether the player sees nothing yet: anything is better
   * @param estimate of the player's link, where there is one
   * @return false where nothing is kept that is worth it
   */
  public boolean begin(
      PictureCache kept, PictureCursor cursor, boolean without, OptionalLong estimate, long now) {
    cursor.rewind();
    begin(kept.bitrate(), without, estimate, now);
    return kept.isKept()
        && (without || kept.isWhole() && nanosFor(kept.bytesAfter(cursor)) <= SHORT_NANOS);
  }

  /**
   * Begins.
   *
   * @param streamBitrate in bits per second
   * @param without whether the player sees nothing yet, and may just have connected
   * @param estimate of the player's link, where there is one: it hardly exceeds what was sent so
   *     far
   */
  void begin(long streamBitrate, boolean without, OptionalLong estimate, long now) {
    bitrate = streamBitrate;
    long most = estimate.isPresent() ? Math.min(MOST, 2 * estimate.getAsLong()) : MOST;
    long wished = Math.min(most, Math.max(LEAST, MULTIPLE * streamBitrate));
    rate = Math.max(wished, 2 * streamBitrate);
    at = now - FIRST_NANOS + (without ? READY_NANOS : 0);
    lossAt = now;
    bytes = 0;
  }

  /** How many bytes may go now, of what the time since the last call allows. */
  public int allowance(long now) {
    bytes = Math.min(bytes + bytesIn(now - at), bytesIn(LONGEST_NANOS));
    at = now;
    return (int) bytes;
  }

  private double bytesIn(long nanos) {
    return rate * (nanos / 8e9);
  }

  /** So many bytes have gone. */
  public void spent(int length) {
    bytes -= length;
  }

  /** The player misses something. */
  public void lost(long now) {
    if (now - lossAt >= LOSS_NANOS) {
      lossAt = now;
      rate = Math.max(2 * bitrate, rate * 3 / 4);
    }
  }

  /** How long so many bytes take, while the stream goes on, in nanoseconds. */
  long nanosFor(long length) {
    return Math.round(length * 8e9 / Math.max(1, rate - bitrate));
  }
}
