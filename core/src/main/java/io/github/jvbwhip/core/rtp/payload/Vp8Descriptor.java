package io.github.jvbwhip.core.rtp.payload;

import io.github.jvbwhip.core.rtp.Bytes;

/**
 * The VP8 payload descriptor (RFC 7741 §4.2) as a view that is pointed at one payload after
 * another. Not thread-safe; the setters write into the payload.
 */
public final class Vp8Descriptor {
  /** Where the payload does not have the field. */
  public static final int ABSENT = -1;

  private byte[] bytes = new byte[0];
  private int start;
  private int end;
  private int pictureIdAt;
  private int tl0PicIdxAt;
  private int tidKeyIdxAt;
  private boolean hasTid;
  private boolean hasKeyIdx;
  private int headerAt;

  /**
   * Points the view at the payload {@code [at, at + length)}.
   *
   * @return false when the payload is too short for its descriptor: do not read the view then
   */
  public boolean parse(byte[] b, int at, int length) {
    bytes = b;
    start = at;
    end = at + length;
    pictureIdAt = ABSENT;
    tl0PicIdxAt = ABSENT;
    tidKeyIdxAt = ABSENT;
    hasTid = false;
    hasKeyIdx = false;
    if (length < 1) {
      return false;
    }
    int next = at + 1;
    if ((b[at] & 0x80) != 0) {
      if (length < 2) {
        return false;
      }
      int present = b[next++];
      if ((present & 0x80) != 0) {
        pictureIdAt = next;
        if (next >= end) {
          return false;
        }
        next += b[next] < 0 ? 2 : 1;
      }
      if ((present & 0x40) != 0) {
        tl0PicIdxAt = next++;
      }
      hasTid = (present & 0x20) != 0;
      hasKeyIdx = (present & 0x10) != 0;
      if (hasTid || hasKeyIdx) {
        tidKeyIdxAt = next++;
      }
    }
    headerAt = next;
    return next <= end;
  }

  /** Whether the frame starts here: S bit set, and partition 0. */
  public boolean isStartOfFrame() {
    return (bytes[start] & 0x17) == 0x10;
  }

  /** Whether a keyframe starts here (RFC 7741 §4.3: the inverse key frame flag is 0). */
  public boolean isKeyframe() {
    return isStartOfFrame() && headerAt < end && (bytes[headerAt] & 1) == 0;
  }

  /** The picture id, or {@link #ABSENT}. */
  public int pictureId() {
    if (pictureIdAt == ABSENT) {
      return ABSENT;
    }
    return pictureIdBits() == 15
        ? Bytes.u16(bytes, pictureIdAt) & 0x7FFF
        : bytes[pictureIdAt] & 0x7F;
  }

  /** Width of the picture id: 7 or 15 bits, 0 without one. */
  public int pictureIdBits() {
    if (pictureIdAt == ABSENT) {
      return 0;
    }
    return bytes[pictureIdAt] < 0 ? 15 : 7;
  }

  /**
   * Writes the low bits of {@code pictureId}, in the width that the packet has. Without one:
   * nothing.
   */
  public void setPictureId(int pictureId) {
    switch (pictureIdBits()) {
      case 15 -> Bytes.put16(bytes, pictureIdAt, 0x8000 | pictureId);
      case 7 -> bytes[pictureIdAt] = (byte) (pictureId & 0x7F);
      default -> {}
    }
  }

  /** TL0PICIDX, the 8-bit count of base-layer frames, or {@link #ABSENT}. */
  public int tl0PicIdx() {
    return tl0PicIdxAt == ABSENT ? ABSENT : Bytes.u8(bytes, tl0PicIdxAt);
  }

  /** Writes the low 8 bits. Without the field: nothing. */
  public void setTl0PicIdx(int tl0PicIdx) {
    if (tl0PicIdxAt != ABSENT) {
      bytes[tl0PicIdxAt] = (byte) tl0PicIdx;
    }
  }

  /** The temporal layer 0..3, or {@link #ABSENT}. */
  public int temporalId() {
    return hasTid ? Bytes.u8(bytes, tidKeyIdxAt) >> 6 : ABSENT;
  }

  /** The 5-bit keyframe counter, or {@link #ABSENT}. */
  public int keyIdx() {
    return hasKeyIdx ? bytes[tidKeyIdxAt] & 0x1F : ABSENT;
  }

  /** Writes the low 5 bits. Without the field: nothing. */
  public void setKeyIdx(int keyIdx) {
    if (hasKeyIdx) {
      bytes[tidKeyIdxAt] = (byte) (bytes[tidKeyIdxAt] & 0xE0 | keyIdx & 0x1F);
    }
  }
}
