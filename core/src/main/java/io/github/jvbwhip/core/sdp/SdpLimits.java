package io.github.jvbwhip.core.sdp;

/**
 * The largest text that is read. The one place where these bounds have values: the configuration
 * has the same defaults.
 *
 * <p>They are made for the largest offers that browsers were seen to send: Chromium has 168 kB in
 * 32 m-sections, each with up to 170 lines of at most 149 characters and 4 candidates for each of
 * two networks.
 *
 * @param length the whole text, in characters
 * @param lineLength one line, in characters, without its line end
 * @param sections the m-sections
 * @param sectionLines the lines at the session level, and in one m-section
 * @param candidates the ICE candidates at the session level, and in one m-section
 */
public record SdpLimits(
    int length, int lineLength, int sections, int sectionLines, int candidates) {

  public static final SdpLimits DEFAULT = new SdpLimits(256 * 1024, 4096, 32, 1024, 128);
}
