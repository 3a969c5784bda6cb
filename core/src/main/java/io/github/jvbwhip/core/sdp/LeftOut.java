package io.github.jvbwhip.core.sdp;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The lines of a text that were left out because they were not understood. Immutable and small: of
 * many lines only the first few are kept.
 *
 * @param count how many there were
 * @param first the first of them
 */
public record LeftOut(int count, List<Line> first) {
  static final LeftOut NOTHING = new LeftOut(0, List.of());

  /** How many lines are kept. */
  static final int MAX_KEPT = 5;

  public LeftOut {
    first = List.copyOf(first);
  }

  /**
   * One line.
   *
   * @param number counted from 1
   * @param reason quotes nothing from the text
   * @param text its printable beginning, where that cannot be a secret
   */
  public record Line(int number, String reason, Optional<String> text) {
    private static final int MAX_TEXT = 100;

    /** Attributes whose values are no secrets. */
    private static final Set<String> SHOWN =
        Set.of(
            "rtpmap",
            "fmtp",
            "rtcp-fb",
            "extmap",
            "candidate",
            "fingerprint",
            "setup",
            "rid",
            "simulcast",
            "ssrc",
            "ssrc-group",
            "msid",
            "group",
            "mid",
            "ice-options");

    static Line of(SdpException problem, String text, int start, int end) {
      String beginning = text.substring(start, Math.min(end, start + MAX_TEXT));
      return new Line(
          problem.line(),
          problem.reason(),
          isShown(beginning) ? Optional.of(printable(beginning)) : Optional.empty());
    }

    /** Not a password, and no line that another one ran into. */
    private static boolean isShown(String line) {
      int colon = line.indexOf(':');
      return line.startsWith("a=")
          && colon > 0
          && SHOWN.contains(line.substring(2, colon))
          && !line.toLowerCase(Locale.ROOT).contains("pwd");
    }

    private static String printable(String text) {
      StringBuilder out = new StringBuilder(text);
      for (int i = 0; i < out.length(); i++) {
        if (out.charAt(i) < ' ' || out.charAt(i) > '~') {
          out.setCharAt(i, '?');
        }
      }
      return out.toString();
    }

    @Override
    public String toString() {
      return sentence() + text.map(t -> " (" + t + ")").orElse("");
    }

    private String sentence() {
      return "line " + number + ": " + reason;
    }
  }

  public boolean isEmpty() {
    return count == 0;
  }

  /** The reasons, without any of the text: may be shown to a client. */
  public String reasons() {
    return listed(first.stream().map(Line::sentence).collect(Collectors.joining("; ")));
  }

  /** The lines, for the log. */
  @Override
  public String toString() {
    return listed(first.stream().map(Line::toString).collect(Collectors.joining("; ")));
  }

  private String listed(String lines) {
    int more = count - first.size();
    return more == 0 ? lines : lines + "; and " + more + " more";
  }
}
