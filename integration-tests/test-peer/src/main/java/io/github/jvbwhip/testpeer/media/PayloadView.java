package io.github.jvbwhip.testpeer.media;

/**
 * What a received payload says about its frame.
 *
 * @param keyframeStart whether (a part of) a frame that is decodable by itself starts here
 * @param frameStart whether any frame starts here
 * @param pictureId of VP8 and VP9; -1 when there is none
 * @param tl0PicIdx of VP8; -1 when there is none
 * @param temporalId of VP8; -1 when there is none
 * @param width of a VP8 key frame in pixels; -1 elsewhere
 * @param height of a VP8 key frame in pixels; -1 elsewhere
 */
public record PayloadView(
    boolean keyframeStart,
    boolean frameStart,
    int pictureId,
    int tl0PicIdx,
    int temporalId,
    int width,
    int height) {
  private static final PayloadView NOTHING = new PayloadView(false, false, -1, -1, -1, -1, -1);

  /** Looks into {@code payload}; one that is too short says nothing. */
  public static PayloadView of(Codec codec, byte[] payload) {
    try {
      return switch (codec) {
        case OPUS, RED, PCMU, PCMA -> new PayloadView(true, true, -1, -1, -1, -1, -1);
        case VP8 -> vp8(payload);
        case VP9 -> vp9(payload);
        case H264 -> h264(payload);
        case H265 -> h265(payload);
        case AV1 -> av1(payload);
      };
    } catch (ArrayIndexOutOfBoundsException e) {
      return NOTHING;
    }
  }

  private static PayloadView vp8(byte[] payload) {
    int at = 1;
    int pictureId = -1;
    int tl0PicIdx = -1;
    int temporalId = -1;
    if ((payload[0] & 0x80) != 0) {
      int flags = payload[at++];
      if ((flags & 0x80) != 0) {
        pictureId = payload[at++] & 0xff;
        if ((pictureId & 0x80) != 0) {
          pictureId = (pictureId & 0x7f) << 8 | (payload[at++] & 0xff);
        }
      }
      if ((flags & 0x40) != 0) {
        tl0PicIdx = payload[at++] & 0xff;
      }
      if ((flags & 0x30) != 0) {
        temporalId = (flags & 0x20) == 0 ? -1 : (payload[at] & 0xc0) >> 6;
        at++;
      }
    }
    boolean start = (payload[0] & 0x10) != 0 && (payload[0] & 0x07) == 0;
    boolean key = start && (payload[at] & 0x01) == 0;
    int width = key ? little16(payload, at + 6) & 0x3fff : -1;
    int height = key ? little16(payload, at + 8) & 0x3fff : -1;
    return new PayloadView(key, start, pictureId, tl0PicIdx, temporalId, width, height);
  }

  private static PayloadView vp9(byte[] payload) {
    int flags = payload[0];
    boolean start = (flags & 0x08) != 0;
    int pictureId = -1;
    if ((flags & 0x80) != 0) {
      pictureId = payload[1] & 0xff;
      if ((pictureId & 0x80) != 0) {
        pictureId = (pictureId & 0x7f) << 8 | (payload[2] & 0xff);
      }
    }
    return new PayloadView(start && (flags & 0x40) == 0, start, pictureId, -1, -1, -1, -1);
  }

  private static PayloadView h264(byte[] payload) {
    int type = payload[0] & 0x1f;
    boolean key;
    boolean start;
    if (type == 24) {
      key = startsKeyframe(payload[3] & 0x1f);
      start = true;
    } else if (type == 28) {
      start = (payload[1] & 0x80) != 0;
      key = start && startsKeyframe(payload[1] & 0x1f);
    } else {
      key = startsKeyframe(type);
      start = true;
    }
    return new PayloadView(key, start, -1, -1, -1, -1, -1);
  }

  /** Whether it is an SPS or a slice of an IDR picture. */
  private static boolean startsKeyframe(int nalUnitType) {
    return nalUnitType == 7 || nalUnitType == 5;
  }

  private static PayloadView h265(byte[] payload) {
    int type = payload[0] >> 1 & 0x3f;
    boolean fragment = type == 49;
    int starting = fragment ? payload[2] & 0x3f : type == 48 ? payload[4] >> 1 & 0x3f : type;
    boolean start = !fragment || payload[2] < 0;
    boolean key = start && (starting == 32 || starting == 33 || starting == 19);
    return new PayloadView(key, start, -1, -1, -1, -1, -1);
  }

  private static PayloadView av1(byte[] payload) {
    boolean start = (payload[0] & 0x80) == 0;
    int unit = (payload[0] >> 4 & 3) == 1 ? 1 : 2; // After its length, of one byte.
    boolean sequenceHeader = (payload[unit] >> 3 & 0x0f) == 1;
    boolean key = start && (payload[0] & 0x08) != 0 && sequenceHeader;
    return new PayloadView(key, start, -1, -1, -1, -1, -1);
  }

  private static int little16(byte[] data, int offset) {
    return (data[offset] & 0xff) | (data[offset + 1] & 0xff) << 8;
  }
}
