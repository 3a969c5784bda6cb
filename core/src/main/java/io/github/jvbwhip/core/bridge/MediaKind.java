package io.github.jvbwhip.core.bridge;

/** The two kinds of media that WHIP and WHEP carry. */
public enum MediaKind {
  AUDIO,
  VIDEO;

  /** The media field of an m-line. */
  public String sdpName() {
    return this == AUDIO ? "audio" : "video";
  }
}
