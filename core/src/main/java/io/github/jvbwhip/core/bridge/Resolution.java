package io.github.jvbwhip.core.bridge;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The size of a picture in pixels. Immutable.
 *
 * @param width at least 1
 * @param height at least 1
 */
public record Resolution(int width, int height) {
  private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,4})x([1-9][0-9]{0,4})");
  private static final int MACROBLOCK = 16;

  public Resolution {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException("a picture has pixels");
    }
  }

  /** Reads {@code 1920x1080}; empty for anything else. */
  public static Optional<Resolution> of(String text) {
    Matcher matcher = TEXT.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new Resolution(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }

  /** Whether a picture of this size is no larger than that, one of them turned where it helps. */
  public boolean fits(Resolution other) {
    return Math.max(width, height) <= Math.max(other.width, other.height)
        && Math.min(width, height) <= Math.min(other.width, other.height);
  }

  /** How many macroblocks of 16 by 16 pixels it has, as standards count sizes of frames. */
  public int macroblocks() {
    return ((width + MACROBLOCK - 1) / MACROBLOCK) * ((height + MACROBLOCK - 1) / MACROBLOCK);
  }

  /** As {@link #of} reads it. */
  @Override
  public String toString() {
    return width + "x" + height;
  }
}
