package io.github.jvbwhip.core.rtp.payload;

/**
 * The OBUs of AV1 payloads, one after another ("RTP Payload Format for AV1" §4.3, AV1 §5.3): a view
 * that is pointed at one payload after another. Not thread-safe; allocates nothing.
 */
final class Av1Units {
  static final int SEQUENCE_HEADER = 1;
  static final int TEMPORAL_DELIMITER = 2;
  static final int FRAME_HEADER = 3;
  static final int TILE_GROUP = 4;
  static final int FRAME = 6;
  static final int REDUNDANT_FRAME_HEADER = 7;

  /** No header here: the rest of a unit that began in the packet before, or nothing at all. */
  static final int NONE = -1;

  private static final byte[] NOTHING = {};
  private static final int CONTINUED = 0x80;
  private static final int CONTINUES = 0x40;
  private static final int EXTENSION = 0x04;
  private static final int HAS_SIZE = 0x02;

  private byte[] b = NOTHING;
  private int at;
  private int end;
  private int count;
  private int index;
  private int following;
  private int unit;
  private int unitEnd;
  private boolean garbage;

  /** Points at a payload, before its first unit; one that is too short is garbage. */
  void read(byte[] bytes, int payload, int length) {
    b = bytes;
    at = payload;
    end = payload + length;
    garbage = length < 2;
    count = garbage ? 0 : b[at] >> 4 & 3;
    index = 0;
    following = garbage ? end : at + 1;
  }

  /** Goes to the next unit; false when there is none. */
  boolean next() {
    if (following >= end) {
      return false;
    }
    index++;
    unit = following;
    unitEnd = end;
    if (index != count) {
      long size = Leb128.value(b, unit, end);
      unit += Leb128.length(b, unit, end);
      if (size > end - unit) {
        garbage = true;
        following = end;
        return false;
      }
      unitEnd = unit + (int) size;
    }
    following = unitEnd;
    return true;
  }

  /** Whether the units, as far as they were gone through, are none. */
  boolean isGarbage() {
    return garbage;
  }

  /** The type of this unit, or {@link #NONE}. */
  int type() {
    boolean rest = index == 1 && isContinued();
    return rest || unit >= unitEnd ? NONE : b[unit] >> 3 & 0x0F;
  }

  /** Whether the payload begins with the rest of a unit. */
  boolean isContinued() {
    return (b[at] & CONTINUED) != 0;
  }

  /** Whether the unit goes on in the next packet. */
  boolean isOpen() {
    return following >= end && (b[at] & CONTINUES) != 0;
  }

  /** Whether its length is told. */
  boolean hasLength() {
    return index != count;
  }

  /** Where its header begins. */
  int start() {
    return unit;
  }

  /** Where it ends. */
  int end() {
    return unitEnd;
  }

  /** Whether its header tells layers. */
  boolean hasLayers() {
    return (b[unit] & EXTENSION) != 0 && unit + 1 < unitEnd;
  }

  /** Where what it is about begins: after the header, and its size where it has one. */
  int body() {
    int body = unit + 1;
    body += (b[unit] & EXTENSION) != 0 ? 1 : 0;
    if ((b[unit] & HAS_SIZE) != 0) {
      body += Leb128.length(b, body, unitEnd);
    }
    return body;
  }
}
