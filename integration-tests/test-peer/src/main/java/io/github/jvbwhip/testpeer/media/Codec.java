package io.github.jvbwhip.testpeer.media;

import java.util.Locale;

/** The codecs that the peer can make payloads for. */
public enum Codec {
  OPUS("opus/48000/2", 48_000),
  /** Opus, each packet with the one before (RFC 2198). */
  RED("red/48000/2", 48_000),
  PCMU("PCMU/8000", 8_000),
  PCMA("PCMA/8000", 8_000),
  VP8("VP8/90000", 90_000),
  VP9("VP9/90000", 90_000),
  H264("H264/90000", 90_000),
  H265("H265/90000", 90_000),
  AV1("AV1/90000", 90_000);

  /** The payload type of the Opus inside of RED. */
  public static final int OPUS_IN_RED = 109;

  private static final int VIDEO_CLOCK = 90_000;

  private final String rtpmap;
  private final int clockRate;

  Codec(String rtpmap, int clockRate) {
    this.rtpmap = rtpmap;
    this.clockRate = clockRate;
  }

  /** Name, clock rate and channels as in {@code a=rtpmap}. */
  public String rtpmap() {
    return rtpmap;
  }

  /** Timestamp units per second. */
  public int clockRate() {
    return clockRate;
  }

  /** Whether it is a video codec. */
  public boolean isVideo() {
    return clockRate == VIDEO_CLOCK;
  }

  /** The codec of an {@code a=rtpmap} value, in any case; null when the peer has no such codec. */
  public static @org.jspecify.annotations.Nullable Codec ofRtpmap(String rtpmap) {
    String name = rtpmap.split("/", 2)[0].toUpperCase(Locale.ROOT);
    for (Codec codec : values()) {
      if (codec.name().equals(name)) {
        return codec;
      }
    }
    return null;
  }
}
