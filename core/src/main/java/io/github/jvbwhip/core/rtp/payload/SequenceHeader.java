package io.github.jvbwhip.core.rtp.payload;

import java.util.Arrays;

/**
 * The sequence header of one stream of AV1, without which no keyframe can be decoded. Some
 * publishers send it once: then who joins later needs it from whoever forwards the stream. It goes
 * into the keyframe's first packet. In one of its own receivers without a dependency descriptor
 * would take it for a picture, and those with one want the template structure in the first packet
 * alone. Not thread-safe; allocates only when a header is new.
 */
public final class SequenceHeader {
  /** Those with many operating points have 50 bytes. */
  private static final int MAX_LENGTH = 127;

  private static final int NEW_SEQUENCE = 0x08;
  private static final int COUNT = 0x30;
  private static final int ONE_UNIT = 0x10;

  /** Its length, and the length that the last unit may have to get. */
  private static final int LENGTH_FIELDS = 3;

  /** What the first bits of a frame's header are: a keyframe, not one shown again, to be shown. */
  private static final int KEYFRAME_BITS = 0xF0;

  private static final int SHOWN_KEYFRAME = 0x10;
  private static final long NONE = -1;

  private final Av1Units units = new Av1Units();
  private byte[] unit = {};

  /** The picture that has brought, or been given, a sequence header last. */
  private long pictureTimestamp = NONE;

  /** For a stream that begins, of which nothing is known. */
  public SequenceHeader() {}

  /** For one that takes the place of another: what that sent counts until its own comes. */
  public SequenceHeader(SequenceHeader before) {
    unit = before.unit;
  }

  /**
   * Takes the payload's sequence header in, and corrects the mark of a new coded video sequence: it
   * is set where that begins with its header, and nowhere else.
   *
   * @return whether a keyframe begins here without the header, which is known: {@link #insert} it
   */
  public boolean isLackedBy(byte[] b, int at, int length, long timestamp) {
    units.read(b, at, length);
    boolean header = false;
    boolean frame = false;
    boolean keyframe = false;
    while (units.next()) {
      int type = units.type();
      if (type == Av1Units.SEQUENCE_HEADER) {
        header = true;
        keep(b);
      } else if (!frame && (type == Av1Units.FRAME || type == Av1Units.FRAME_HEADER)) {
        frame = true;
        int body = units.body();
        keyframe = body < units.end() && (b[body] & KEYFRAME_BITS) == SHOWN_KEYFRAME;
      }
    }
    if (units.isGarbage()) {
      return false;
    }
    boolean begins =
        !units.isContinued() && timestamp != pictureTimestamp && (keyframe || header && !frame);
    b[at] &= ~NEW_SEQUENCE;
    if (!begins) {
      return false;
    }
    if (header) {
      b[at] |= NEW_SEQUENCE;
    }
    if (header || unit.length > 0) {
      pictureTimestamp = timestamp;
    }
    return !header && unit.length > 0;
  }

  private void keep(byte[] b) {
    int length = units.end() - units.start();
    if (units.isOpen() || length > MAX_LENGTH) {
      unit = new byte[0]; // Not the one before: it would be the wrong one.
    } else if (!Arrays.equals(unit, 0, unit.length, b, units.start(), units.end())) {
      unit = Arrays.copyOfRange(b, units.start(), units.end());
    }
  }

  /** By how many bytes {@link #insert} makes a payload longer, at most. */
  public int growth() {
    return unit.length + LENGTH_FIELDS;
  }

  /**
   * Puts the sequence header into a payload, in place; after it there is room for {@link #growth}.
   *
   * @return the length of the payload then
   */
  public int insert(byte[] b, int at, int length) {
    int end = at + length;
    int place = place(b, at, length);
    if ((b[at] & COUNT) == COUNT) {
      // With one more they cannot be counted: all get their length, also the last one.
      end = writeLastLength(b, at, length);
      b[at] &= ~COUNT;
    } else if ((b[at] & COUNT) != 0) {
      b[at] += ONE_UNIT;
    }
    System.arraycopy(b, place, b, place + 1 + unit.length, end - place);
    b[place] = (byte) unit.length;
    System.arraycopy(unit, 0, b, place + 1, unit.length);
    b[at] |= NEW_SEQUENCE;
    return end + 1 + unit.length - at;
  }

  private int writeLastLength(byte[] b, int at, int length) {
    units.read(b, at, length);
    while (units.next()) {
      if (!units.hasLength()) {
        int size = units.end() - units.start();
        int field = Leb128.lengthOf(size);
        System.arraycopy(b, units.start(), b, units.start() + field, size);
        Leb128.write(b, units.start(), size);
        return at + length + field;
      }
    }
    return at + length;
  }

  /** At the beginning, where a temporal delimiter has to stay before it. */
  private int place(byte[] b, int at, int length) {
    units.read(b, at, length);
    units.next();
    if (units.type() == Av1Units.TEMPORAL_DELIMITER) {
      return units.end();
    }
    return at + 1;
  }
}
