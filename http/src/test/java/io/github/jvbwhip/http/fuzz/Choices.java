package io.github.jvbwhip.http.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Decisions that bytes spell, one after another; when they are used up, the first of each. */
public final class Choices {
  private final byte[] bytes;
  private int at;

  public Choices(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  /** Whether there are bytes left. */
  public boolean more() {
    return at < bytes.length;
  }

  /** A number from 0 up, below {@code bound}, which is at most 256. */
  public int below(int bound) {
    return more() ? (bytes[at++] & 0xFF) % bound : 0;
  }

  /** One of some. */
  public <T> T of(List<T> some) {
    return some.get(below(some.size()));
  }

  /** True once in so many times. */
  public boolean once(int in) {
    return below(in) == in - 1;
  }

  /** A few characters, any of the first 256. */
  public String text() {
    int end = Math.min(bytes.length, at + below(16));
    String text =
        at >= end
            ? ""
            : new String(Arrays.copyOfRange(bytes, at, end), StandardCharsets.ISO_8859_1);
    at = Math.max(at, end);
    return text;
  }

  /** A text with up to three changes: what is cut out, or put in, at a place of it. */
  public String changed(String text) {
    String result = text;
    for (int changes = below(4); changes > 0; changes--) {
      int from = Math.min(result.length(), below(256) * 256 + below(256));
      int to = Math.min(result.length(), from + below(8));
      result = result.substring(0, from) + text() + result.substring(to);
    }
    return result;
  }
}
