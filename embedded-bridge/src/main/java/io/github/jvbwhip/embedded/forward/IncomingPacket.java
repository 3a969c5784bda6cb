package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.rtp.RtpHeader;
import io.github.jvbwhip.core.rtp.payload.KeyframeDetector;
import io.github.jvbwhip.core.stage.PublishedEncoding;

/**
 * The packet on its way through a room, with what is read from it once for all players. One per
 * room, reused; it holds nothing between two packets that anybody may look at.
 */
final class IncomingPacket {
  /** Longer than any MTU that is met; buffers are made for it. */
  static final int MAX_LENGTH = 1600;

  /** The layer is not told. */
  static final int UNKNOWN = PublishedEncoding.UNKNOWN;

  private static final byte[] NOTHING = new byte[0];

  byte[] buffer = NOTHING;
  int offset;
  int length;

  /** {@link System#nanoTime} of its arrival. */
  long arrival;

  int payloadType;
  int sequenceNumber;
  long timestamp;
  int payloadAt;
  int payloadLength;

  /** Whether a receiver can start to decode here. */
  boolean keyframe;

  /** From 0 up, or {@link #UNKNOWN}; see {@link EncodingLayers}. */
  int temporalLayer;

  /** From 0 up, or {@link #UNKNOWN}. */
  int spatialLayer;

  /** Whether the frame of one layer is known to be over with this packet. */
  boolean endOfFrame;

  /**
   * Points at a packet that {@link RtpHeader#isValid} has passed, and reads it.
   *
   * @param number the sequence number by which players are to know it
   */
  void read(byte[] b, int off, int len, int number, KeyframeDetector keyframes, long now) {
    buffer = b;
    offset = off;
    length = len;
    arrival = now;
    temporalLayer = UNKNOWN;
    spatialLayer = UNKNOWN;
    endOfFrame = false;
    payloadType = RtpHeader.payloadType(b, off);
    sequenceNumber = number;
    timestamp = RtpHeader.timestamp(b, off);
    payloadAt = RtpHeader.payloadOffset(b, off);
    payloadLength = RtpHeader.payloadLength(b, off, len);
    keyframe = payloadLength > 0 && keyframes.isKeyframe(b, payloadAt, payloadLength);
  }

  /** Its layers as one number of 16 bits, for {@link #setLayers}. */
  int layers() {
    return temporalLayer + 1 << 8 | spatialLayer + 1 << 1 | (endOfFrame ? 1 : 0);
  }

  /** Takes over what {@link #layers} said of it. */
  void setLayers(int layers) {
    temporalLayer = (layers >> 8) - 1;
    spatialLayer = (layers >> 1 & 0x7F) - 1;
    endOfFrame = (layers & 1) != 0;
  }
}
