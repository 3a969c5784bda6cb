package io.github.jvbwhip.core.rtp.payload;

/**
 * The layers of the packets of one AV1 stream, from the headers of their OBUs ("RTP Payload Format
 * for AV1" §4, AV1 §5.3): for whoever has no dependency descriptor. Not thread-safe.
 */
public final class Av1Layers {
  private static final int FRAME_HEADER = 3;
  private static final int TILE_GROUP = 4;
  private static final int FRAME = 6;
  private static final int REDUNDANT_FRAME_HEADER = 7;

  private int temporalId;
  private int spatialId;
  private int lastType;
  private boolean open;

  /**
   * Reads a payload, in the order of sending. One that continues a unit is of the layer of the
   * packet before it.
   *
   * @return false when it is garbage: do not read the view then
   */
  public boolean parse(byte[] b, int at, int length) {
    if (length < 2) {
      return false;
    }
    int end = at + length;
    int elements = b[at] >> 4 & 3;
    int element = at + 1;
    open = (b[at] & 0x40) != 0;
    for (int i = 1; element < end; i++) {
      int next = end;
      if (i != elements) {
        long size = Leb128.value(b, element, end);
        element += Leb128.length(b, element, end);
        if (size > end - element) {
          return false;
        }
        next = element + (int) size;
      }
      boolean continued = i == 1 && b[at] < 0;
      if (!continued && element < next) {
        readHeader(b, element, next);
      }
      element = next;
    }
    return true;
  }

  private void readHeader(byte[] b, int unit, int end) {
    lastType = b[unit] >> 3 & 0x0F;
    if ((b[unit] & 0x04) != 0 && unit + 1 < end) {
      temporalId = b[unit + 1] >> 5 & 7;
      spatialId = b[unit + 1] >> 3 & 3;
    } else if (isOfFrame()) {
      temporalId = 0;
      spatialId = 0;
    }
  }

  private boolean isOfFrame() {
    return lastType == FRAME
        || lastType == FRAME_HEADER
        || lastType == TILE_GROUP
        || lastType == REDUNDANT_FRAME_HEADER;
  }

  /** The spatial layer 0..3. */
  public int spatialId() {
    return spatialId;
  }

  /** The temporal layer 0..7. */
  public int temporalId() {
    return temporalId;
  }

  /**
   * Whether a frame is over with this packet. Encoders for conversations put a frame into one unit;
   * of several tile groups each would count.
   */
  public boolean isEndOfFrame() {
    return !open && (lastType == FRAME || lastType == TILE_GROUP);
  }
}
