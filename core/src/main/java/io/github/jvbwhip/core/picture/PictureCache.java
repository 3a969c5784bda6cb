package io.github.jvbwhip.core.picture;

import io.github.jvbwhip.core.rtp.Bytes;
import io.github.jvbwhip.core.rtp.RtpHeader;
import io.github.jvbwhip.core.rtp.SerialNumber;
import org.jspecify.annotations.Nullable;

/**
 * The packets of one encoding since its last keyframe, that one included: all that a decoder needs
 * for the newest picture. Bounded in bytes and in time; beyond a bound all is given up until the
 * next keyframe, since a part would be of no use. Not thread-safe; allocates nothing per packet.
 */
public final class PictureCache {
  /** Before each packet: its length, its number, and a note. */
  private static final int HEAD = 6;

  /** Shorter than that, the keyframe alone would be taken for the bit rate. */
  private static final long MIN_MEASURED_NANOS = 500_000_000L;

  private static final byte[] NO_CHUNK = {};
  private static final byte[][] NO_CHUNKS = {};
  private static final int[] NOT_FILLED = {};

  private final FirstPicture config;
  private final ChunkPool.Share pool;

  private byte[][] chunks = NO_CHUNKS;
  private int[] filled = NOT_FILLED;
  private int taken;

  /** The chunk that is being filled, and up to where. */
  private int last;

  private int end;

  private boolean kept;
  private long generation;
  private long beganAt;
  private long lastArrival;
  private long bytes;
  private long firstTimestamp;
  private boolean started;
  private int highest;

  /** How far the highest number is from the keyframe's first one, and how many have come. */
  private long span;

  private long packets;

  /**
   * @param pool the share of its publisher
   */
  public PictureCache(FirstPicture config, ChunkPool.Share pool) {
    this.config = config;
    this.pool = pool;
  }

  /**
   * A packet has come, each one once.
   *
   * @param number the sequence number that it goes on with
   * @param keyframe whether a receiver can start to decode here
   * @param note 16 bits, for {@link PictureCursor#note}
   * @param maxAge since the keyframe, in nanoseconds, where that is less than configured
   */
  public void add(
      byte[] b, int off, int len, int number, boolean keyframe, int note, long maxAge, long now) {
    if (!config.enabled()) {
      return;
    }
    int ahead = started ? SerialNumber.difference16(number, highest) : 1;
    highest = ahead > 0 ? number : highest;
    started = true;
    long timestamp = RtpHeader.timestamp(b, off);
    // A late one begins nothing: what came before it of the same picture would be missing.
    if (keyframe && ahead > 0 && !(kept && timestamp == firstTimestamp)) {
      begin(timestamp, now);
    } else if (kept) {
      long place = span + ahead;
      if (place < 0) {
        return; // From before the keyframe.
      }
      span = Math.max(span, place);
    }
    if (!kept) {
      return;
    }
    if (bytes + len > config.maxBytes()
        || now - beganAt > Math.min(maxAge, config.maxTime().toNanos())
        || !makeRoom(HEAD + len)) {
      giveUp();
      return;
    }
    write(b, off, len, number, note);
    lastArrival = now;
  }

  private void begin(long timestamp, long now) {
    kept = true;
    generation++;
    beganAt = now;
    firstTimestamp = timestamp;
    bytes = 0;
    span = 0;
    packets = 0;
    last = 0;
    end = 0;
  }

  private void write(byte[] b, int off, int len, int number, int note) {
    byte[] chunk = chunks[last];
    Bytes.put16(chunk, end, len);
    Bytes.put16(chunk, end + 2, number);
    Bytes.put16(chunk, end + 4, note);
    System.arraycopy(b, off, chunk, end + HEAD, len);
    end += HEAD + len;
    bytes += len;
    packets++;
  }

  private boolean makeRoom(int length) {
    if (length > ChunkPool.CHUNK) {
      return false;
    }
    if (taken > 0 && end + length > ChunkPool.CHUNK) {
      filled[last] = end;
      last++;
      end = 0;
    }
    if (last < taken) {
      return true;
    }
    if (chunks.length == 0) {
      // Each but the last is at least half full.
      int most = 2 * config.maxBytes() / ChunkPool.CHUNK + 2;
      chunks = new byte[most][];
      filled = new int[most];
    }
    byte @Nullable [] chunk = last < chunks.length ? pool.take() : null;
    if (chunk == null) {
      return false;
    }
    chunks[last] = chunk;
    taken++;
    return true;
  }

  /** Keeps nothing until the next keyframe. */
  public void giveUp() {
    kept = false;
    while (taken > 0) {
      taken--;
      pool.give(chunks[taken]);
      chunks[taken] = NO_CHUNK;
    }
  }

  /** Whether there is a keyframe, and all that has come since. */
  public boolean isKept() {
    return kept;
  }

  /** The same, with nothing lost in between. */
  public boolean isWhole() {
    return kept && packets == span + 1;
  }

  /** Whether who has read so far can read on: the keyframe that was begun with is kept still. */
  public boolean goesOn(PictureCursor cursor) {
    return kept && (cursor.isBefore() || cursor.generation == generation);
  }

  /** Which keyframe is kept: they are counted. */
  public long generation() {
    return generation;
  }

  /** How old the keyframe is. */
  public long age(long now) {
    return now - beganAt;
  }

  /** Bits per second since the keyframe. */
  public long bitrate() {
    long elapsed = Math.max(MIN_MEASURED_NANOS, lastArrival - beganAt);
    return Math.round(bytes * 8e9 / elapsed);
  }

  /** How many bytes there are from that place on. */
  public long bytesAfter(PictureCursor cursor) {
    return cursor.generation == generation ? bytes - cursor.bytesRead : bytes;
  }

  /**
   * Reads the next packet. Where another keyframe has come since, that is its first.
   *
   * @return false when there is none
   */
  public boolean read(PictureCursor cursor) {
    if (!kept) {
      return false;
    }
    cursor.first = cursor.generation != generation;
    if (cursor.first) {
      cursor.generation = generation;
      cursor.chunk = 0;
      cursor.at = 0;
      cursor.bytesRead = 0;
    }
    if (cursor.chunk < last && cursor.at == filled[cursor.chunk]) {
      cursor.chunk++;
      cursor.at = 0;
    }
    if (cursor.chunk == last && cursor.at == end) {
      return false;
    }
    byte[] chunk = chunks[cursor.chunk];
    cursor.buffer = chunk;
    cursor.offset = cursor.at + HEAD;
    cursor.length = Bytes.u16(chunk, cursor.at);
    cursor.number = Bytes.u16(chunk, cursor.at + 2);
    cursor.note = Bytes.u16(chunk, cursor.at + 4);
    cursor.at += HEAD + cursor.length;
    cursor.bytesRead += cursor.length;
    return true;
  }
}
