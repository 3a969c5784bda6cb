package io.github.jvbwhip.testpeer.media;

import java.util.List;

/** Makes the RTP payloads of one encoded stream, frame after frame. Not thread-safe. */
public interface FrameSource {
  /** The largest payload in bytes; with all headers it stays below any usual MTU. */
  int MAX_PAYLOAD = 1100;

  /**
   * The next frame.
   *
   * @param keyframe whether it is decodable by itself
   * @param size about how many bytes the frame has in all
   * @return at least one payload, each of at most {@link #MAX_PAYLOAD} bytes
   */
  List<byte[]> next(boolean keyframe, int size);

  /** The same keyframe without what encoders may send once: H264, H265, AV1. */
  default List<byte[]> withoutParameterSets(List<byte[]> keyframe) {
    return keyframe.subList(1, keyframe.size());
  }

  /** A source for {@code codec}; width and height (pixels) are meaningless for audio. */
  static FrameSource of(Codec codec, int width, int height) {
    return switch (codec) {
      case OPUS -> new OpusSource();
      case RED -> new RedSource();
      case PCMU, PCMA -> new PcmSource();
      case VP8 -> new Vp8Source(width, height);
      case VP9 -> new Vp9Source(width, height);
      case H264 -> new H264Source(width, height);
      case H265 -> new H265Source(width, height);
      case AV1 -> new Av1Source(width, height);
    };
  }
}
