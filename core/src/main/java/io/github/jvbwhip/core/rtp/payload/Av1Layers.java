package io.github.jvbwhip.core.rtp.payload;

import java.util.Arrays;

/**
 * The layers of the packets of one AV1 stream, from the headers of their OBUs ("RTP Payload Format
 * for AV1" §4, AV1 §5.3): for whoever has no dependency descriptor. Not thread-safe.
 */
public final class Av1Layers {
  private static final int REMEMBERED = 256;
  private static final int LOOKED_BACK = 16;
  private static final int HIGHEST = 3;
  private static final Seen NOT_SEEN = new Seen();

  /** What a packet was. */
  private static final class Seen {
    private int sequenceNumber = -1;
    private long timestamp;
    private int temporalId;
    private int spatialId;
    private int lastType;
    private boolean open;
  }

  private final Av1Units units = new Av1Units();
  private Seen[] seen = {};
  private int temporalId;
  private int spatialId;
  private int lastType;
  private boolean open;

  /**
   * Reads a packet's payload; packets may come in any order. One that continues a unit is of the
   * layer of the packet before it; where that is lost, of the layer that is likely.
   *
   * @return false when it is garbage: do not read the view then
   */
  public boolean parse(byte[] b, int at, int length, int sequenceNumber, long timestamp) {
    units.read(b, at, length);
    if (!units.isGarbage() && units.isContinued()) {
      recall(sequenceNumber, timestamp);
    }
    open = false;
    while (units.next()) {
      open = units.isOpen();
      int type = units.type();
      if (type != Av1Units.NONE) {
        readHeader(b, type);
      }
    }
    if (units.isGarbage()) {
      return false;
    }
    remember(sequenceNumber, timestamp);
    return true;
  }

  private void remember(int sequenceNumber, long timestamp) {
    if (seen.length == 0) {
      seen = new Seen[REMEMBERED];
      Arrays.setAll(seen, index -> new Seen());
    }
    Seen now = seen[sequenceNumber % REMEMBERED];
    now.sequenceNumber = sequenceNumber;
    now.timestamp = timestamp;
    now.temporalId = temporalId;
    now.spatialId = spatialId;
    now.lastType = lastType;
    now.open = open;
  }

  /**
   * Goes on where the packet before it ended. Without that one: with the unit that was open last in
   * the same picture, or with the next layer; a picture begins with its lowest layer.
   */
  private void recall(int sequenceNumber, long timestamp) {
    for (int back = 1; back <= LOOKED_BACK; back++) {
      Seen before = seen((sequenceNumber - back) & 0xFFFF);
      if (before != NOT_SEEN && (back == 1 || before.timestamp == timestamp)) {
        boolean same = back == 1 || before.open;
        temporalId = before.temporalId;
        spatialId = same ? before.spatialId : Math.min(before.spatialId + 1, HIGHEST);
        lastType = before.lastType;
        return;
      }
    }
    temporalId = 0;
    spatialId = 0;
    lastType = Av1Units.FRAME;
  }

  private Seen seen(int sequenceNumber) {
    Seen there = seen.length == 0 ? NOT_SEEN : seen[sequenceNumber % REMEMBERED];
    return there.sequenceNumber == sequenceNumber ? there : NOT_SEEN;
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
