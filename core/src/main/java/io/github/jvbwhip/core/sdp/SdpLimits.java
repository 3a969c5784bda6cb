package io.github.jvbwhip.core.sdp;

/** The largest text that is parsed; browsers' offers stay below a fifth of each bound. */
public final class SdpLimits {
  /** The whole text, in characters. */
  public static final int MAX_LENGTH = 64 * 1024;

  /** One line, in characters, without its line end. */
  public static final int MAX_LINE_LENGTH = 4096;

  /** The m-sections of one description. */
  public static final int MAX_MEDIA = 32;

  /** The lines at the session level, and in one m-section. */
  public static final int MAX_LINES_PER_SECTION = 1024;

  private SdpLimits() {}
}
