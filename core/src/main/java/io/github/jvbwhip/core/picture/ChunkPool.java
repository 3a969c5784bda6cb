package io.github.jvbwhip.core.picture;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The memory of all {@link PictureCache}s of a process, in pieces that are used again. Thread-safe;
 * asked once for some dozens of packets.
 */
public final class ChunkPool {
  static final int CHUNK = 1 << 16;

  /** What is used again and again stays; a peak is given back. */
  private static final int MAX_FREE = 64;

  private final ArrayDeque<byte[]> free = new ArrayDeque<>();
  private int left;

  /**
   * @param maxBytes that are given out at a time
   */
  public ChunkPool(int maxBytes) {
    left = maxBytes / CHUNK;
  }

  /**
   * What one publisher has of it: no more than is left for all others, so that there is always
   * something for one that comes. One alone may have a half, two a third each, and so on.
   */
  public final class Share {
    private int held;

    private Share() {}

    /** A piece, or null when there is none for this publisher. */
    byte @Nullable [] take() {
      synchronized (ChunkPool.this) {
        if (held >= left) {
          return null;
        }
        held++;
        left--;
        byte[] chunk = free.poll();
        return chunk == null ? new byte[CHUNK] : chunk;
      }
    }

    /** Takes one back. */
    void give(byte[] chunk) {
      synchronized (ChunkPool.this) {
        held--;
        left++;
        if (free.size() < MAX_FREE) {
          free.push(chunk);
        }
      }
    }
  }

  /** For a publisher, all of its encodings together. */
  public Share share() {
    return new Share();
  }

  /** How many bytes may be given out still. */
  public synchronized long left() {
    return (long) left * CHUNK;
  }
}
