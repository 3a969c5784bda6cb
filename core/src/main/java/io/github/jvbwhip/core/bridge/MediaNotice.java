package io.github.jvbwhip.core.bridge;

/** What is amiss with what a publisher sends, in words that tell what to do. */
public enum MediaNotice {
  /** Nothing of what comes can be decrypted. */
  UNREADABLE(
      "Its packets come in, but none can be decrypted: it encrypts with other keys than it has"
          + " agreed on. Start it again; if that does not help, it is a fault of the publisher."),
  /** Packets of an SSRC that was not signalled, which do not tell their m-section. */
  UNASSIGNED(
      "Some of its packets do not tell which m-section they are of, and are dropped: it has to"
          + " signal its SSRCs, send the MID header extension, or use other payload types in each"
          + " m-section."),
  /** Audio was negotiated. */
  NO_AUDIO(
      "It has negotiated audio, and none comes in: look whether its microphone is muted, or the"
          + " source has no sound."),
  /** Video was negotiated. */
  NO_VIDEO(
      "It has negotiated video, and none comes in: look whether its camera is off, or its encoder"
          + " has failed."),
  /** H264 and H265. */
  NO_PARAMETER_SETS(
      "Its keyframes come without parameter sets (SPS, PPS), and its offer had none: nobody can"
          + " decode its video. Have it send them with each keyframe (GStreamer: config-interval=-1"
          + " of the payloader; FFmpeg: -bsf:v dump_extra)."),
  /** Pictures in another order than they are shown in. */
  B_FRAMES(
      "It sends B-frames, which browsers show jumping: switch them off (OBS: B-frames 0, or tune"
          + " zerolatency; FFmpeg: -bf 0; GStreamer: x264enc bframes=0 or tune=zerolatency)."),
  /** More than ten seconds apart, and requests do not help. */
  RARE_KEYFRAMES(
      "More than ten seconds lie between its keyframes, and it makes none when asked: players wait"
          + " that long for their first picture, and after a loss. Set its keyframe interval to 1 or"
          + " 2 seconds.");

  private final String text;

  MediaNotice(String text) {
    this.text = text;
  }

  /** For operators: a sentence or two. */
  public String text() {
    return text;
  }
}
