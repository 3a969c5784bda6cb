package io.github.jvbwhip.core.rtp.payload;

/**
 * The layers of the packets of one AV1 stream, from the headers of their OBUs ("RTP Payload Format
 * for AV1" §4, AV1 §5.3): for whoever has no dependency descriptor. Not thread-safe.
 */
public final class Av1Layers {
  private final Av1Units units = new Av1Units();
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
    units.read(b, at, length);
    open = false;
    while (units.next()) {
      open = units.isOpen();
      int type = units.type();
      if (type != Av1Units.NONE) {
        readHeader(b, type);
      }
    }
    return !units.isGarbage();
  }

  private void readHeader(byte[] b, int type) {
    lastType = type;
    if (units.hasLayers()) {
      temporalId = b[units.start() + 1] >> 5 & 7;
      spatialId = b[units.start() + 1] >> 3 & 3;
    } else if (isOfFrame()) {
      temporalId = 0;
      spatialId = 0;
    }
  }

  private boolean isOfFrame() {
    return switch (lastType) {
      case Av1Units.FRAME,
          Av1Units.FRAME_HEADER,
          Av1Units.TILE_GROUP,
          Av1Units.REDUNDANT_FRAME_HEADER ->
          true;
      default -> false;
    };
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
    return !open && (lastType == Av1Units.FRAME || lastType == Av1Units.TILE_GROUP);
  }
}
