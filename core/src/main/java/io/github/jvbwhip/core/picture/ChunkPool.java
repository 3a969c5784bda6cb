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

  /** A piece, or null when all are given out. */
  synchronized byte @Nullable [] take() {
    if (left == 0) {
      return null;
    }
    left--;
    byte[] chunk = free.poll();
    return chunk == null ? new byte[CHUNK] : chunk;
  }

  /** Takes one back. */
  synchronized void give(byte[] chunk) {
    left++;
    if (free.size() < MAX_FREE) {
      free.push(chunk);
    }
  }

  /** How many bytes may be given out still. */
  public synchronized long left() {
    return (long) left * CHUNK;
  }
}
