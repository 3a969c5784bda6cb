package io.github.jvbwhip.core.rtp.payload;

import io.github.jvbwhip.core.rtp.ContinuousNumberMap;
import io.github.jvbwhip.core.rtp.SerialNumber;

/**
 * Picture ids, TL0PICIDX and KEYIDX of one outgoing VP8 stream that is fed by one source after
 * another: continuous over switches and over frames that are left out (RFC 7741 §4.2). Not
 * thread-safe.
 */
public final class Vp8PictureIdMap {
  /** In frames; half of the range of a 7-bit picture id. */
  private static final int HISTORY = 64;

  private final ContinuousNumberMap pictureIds;
  private int tl0Offset;
  private int newestTl0 = -1;
  private int keyIdxOffset;
  private int newestKeyIdx = -1;

  /**
   * @param firstPictureId the first outgoing picture id (random, 15 bits)
   */
  public Vp8PictureIdMap(int firstPictureId) {
    pictureIds = new ContinuousNumberMap(firstPictureId & 0x7FFF, HISTORY);
  }

  /** Goes over to another source, at the first packet of its keyframe. */
  public void switchTo(Vp8Descriptor keyframe) {
    if (keyframe.pictureIdBits() != 0) {
      pictureIds.switchTo(keyframe.pictureId(), keyframe.pictureIdBits());
    }
    if (keyframe.tl0PicIdx() != Vp8Descriptor.ABSENT) {
      tl0Offset = newestTl0 < 0 ? 0 : newestTl0 + 1 - keyframe.tl0PicIdx();
    }
    if (keyframe.keyIdx() != Vp8Descriptor.ABSENT) {
      keyIdxOffset = newestKeyIdx < 0 ? 0 : newestKeyIdx + 1 - keyframe.keyIdx();
    }
  }

  /**
   * Writes the outgoing numbers into the packet. A keyframe with a picture id that is older than
   * all that is remembered tells that the encoder began anew: the numbers go on with it.
   *
   * @return false when its frame has none (from before the switch, left out, or too old): do not
   *     send it
   */
  public boolean forward(Vp8Descriptor packet) {
    if (packet.pictureIdBits() != 0) {
      if (pictureIds.isForgotten(packet.pictureId()) && packet.isKeyframe()) {
        switchTo(packet);
      }
      long pictureId = pictureIds.forward(packet.pictureId());
      if (pictureId == ContinuousNumberMap.NONE) {
        return false;
      }
      packet.setPictureId((int) pictureId & 0x7FFF);
    }
    if (packet.tl0PicIdx() != Vp8Descriptor.ABSENT) {
      int tl0 = packet.tl0PicIdx() + tl0Offset & 0xFF;
      packet.setTl0PicIdx(tl0);
      newestTl0 = newest(newestTl0, tl0, 8);
    }
    if (packet.keyIdx() != Vp8Descriptor.ABSENT) {
      int keyIdx = packet.keyIdx() + keyIdxOffset & 0x1F;
      packet.setKeyIdx(keyIdx);
      newestKeyIdx = newest(newestKeyIdx, keyIdx, 5);
    }
    return true;
  }

  /**
   * Leaves the frame of this packet out, without a gap in the picture ids. May be called per
   * packet.
   */
  public void drop(Vp8Descriptor packet) {
    if (packet.pictureIdBits() != 0) {
      pictureIds.drop(packet.pictureId());
    }
  }

  private static int newest(int current, int candidate, int bits) {
    return current < 0 || SerialNumber.difference(candidate, current, bits) > 0
        ? candidate
        : current;
  }
}
