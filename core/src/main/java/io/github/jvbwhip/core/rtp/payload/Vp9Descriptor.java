package io.github.jvbwhip.core.rtp.payload;

import io.github.jvbwhip.core.rtp.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The VP9 payload descriptor (RFC 9628 §4.2) as a view that is pointed at one payload after
 * another. Not thread-safe.
 */
public final class Vp9Descriptor {
  /** Where the payload does not have the field. */
  public static final int ABSENT = -1;

  private int flags;
  private int layers;
  private int structureAt;
  private int headerAt;

  /**
   * Points the view at the payload {@code [at, at + length)}.
   *
   * @return false when the payload is too short for its descriptor: do not read the view then
   */
  public boolean parse(byte[] b, int at, int length) {
    int end = at + length;
    layers = ABSENT;
    structureAt = ABSENT;
    if (length < 1) {
      return false;
    }
    flags = Bytes.u8(b, at);
    int next = at + 1;
    if ((flags & 0x80) != 0) {
      // The picture id.
      next += next < end && b[next] < 0 ? 2 : 1;
      if (next > end) {
        return false;
      }
    }
    boolean flexible = (flags & 0x10) != 0;
    if ((flags & 0x20) != 0) {
      // The layers, and in non-flexible mode TL0PICIDX.
      int bytes = flexible ? 1 : 2;
      if (next + bytes > end) {
        return false;
      }
      layers = Bytes.u8(b, next);
      next += bytes;
    }
    if (flexible && isInterPredicted()) {
      next = skipReferences(b, next, end);
    }
    if ((flags & 0x02) != 0) {
      structureAt = next;
      next = skipStructure(b, next, end);
    }
    headerAt = next;
    return next <= end;
  }

  /** Up to three P_DIFF bytes, each with a bit for "one more". */
  private static int skipReferences(byte[] b, int start, int end) {
    int at = start;
    for (int i = 0; i < 3; i++) {
      if (at >= end) {
        return end + 1;
      }
      if ((b[at++] & 1) == 0) {
        break;
      }
    }
    return at;
  }

  /** The scalability structure (RFC 9628 §4.2.1): its end, past {@code end} when it is cut off. */
  private static int skipStructure(byte[] b, int start, int end) {
    if (start >= end) {
      return end + 1;
    }
    int head = Bytes.u8(b, start);
    int at = start + 1;
    if ((head & 0x10) != 0) {
      at += 4 * ((head >> 5) + 1);
    }
    if ((head & 0x08) != 0) {
      if (at >= end) {
        return end + 1;
      }
      int pictures = Bytes.u8(b, at++);
      for (int i = 0; i < pictures; i++) {
        if (at >= end) {
          return end + 1;
        }
        at += 1 + (b[at] >> 2 & 3);
      }
    }
    return at;
  }

  /** Whether the picture refers to earlier pictures. */
  public boolean isInterPredicted() {
    return (flags & 0x40) != 0;
  }

  /** Whether the frame of one spatial layer starts here. */
  public boolean isStartOfFrame() {
    return (flags & 0x08) != 0;
  }

  /** Whether a keyframe starts here: nothing earlier is referred to, lowest spatial layer. */
  public boolean isKeyframe() {
    return !isInterPredicted() && isStartOfFrame() && spatialId() <= 0;
  }

  /** The temporal layer 0..7, or {@link #ABSENT}. */
  public int temporalId() {
    return layers == ABSENT ? ABSENT : layers >> 5;
  }

  /** The spatial layer 0..7, or {@link #ABSENT}. */
  public int spatialId() {
    return layers == ABSENT ? ABSENT : layers >> 1 & 7;
  }

  /** Where the VP9 frame starts, in the buffer. */
  public int headerOffset() {
    return headerAt;
  }

  /** The largest size in the scalability structure, or null. Allocates. */
  @Nullable VideoSize largestSize(byte[] b) {
    if (structureAt == ABSENT || (b[structureAt] & 0x10) == 0) {
      return null;
    }
    VideoSize largest = null;
    int count = (Bytes.u8(b, structureAt) >> 5) + 1;
    for (int i = 0; i < count; i++) {
      int at = structureAt + 1 + 4 * i;
      VideoSize size = VideoSize.ofMeasured(Bytes.u16(b, at), Bytes.u16(b, at + 2));
      if (size != null && (largest == null || size.pixels() > largest.pixels())) {
        largest = size;
      }
    }
    return largest;
  }
}
