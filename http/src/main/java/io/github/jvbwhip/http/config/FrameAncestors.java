package io.github.jvbwhip.http.config;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Whose pages may have one of ours in a frame (CSP Level 3, §6.4.2). Immutable.
 *
 * @param sources each {@code *} (all), {@code 'self'} or {@code self} (those of the same origin),
 *     or an origin such as {@code https://example.org:8443} or {@code https://*.example.org}; empty
 *     for none
 */
public record FrameAncestors(List<String> sources) {
  /** Nobody's. */
  public static final FrameAncestors NONE = new FrameAncestors(List.of());

  /** Everybody's. */
  public static final FrameAncestors ALL = new FrameAncestors(List.of("*"));

  private static final String KEY = "frame-ancestors";

  /** What proxies and servers have room for in one header field, with the rest of the policy. */
  private static final int MAX_LENGTH = 2000;

  /** The scheme is asked for: without one, a page over https would be open to clear http. */
  private static final Pattern ORIGIN =
      Pattern.compile(
          "[A-Za-z][A-Za-z0-9+.-]*+://(?:\\*\\.)?[A-Za-z0-9-]++(?:\\.[A-Za-z0-9-]++)*+"
              + "(?::(?<port>[0-9]{1,5}))?");

  public FrameAncestors {
    sources = sources.stream().map(source -> source.equals("self") ? "'self'" : source).toList();
    if (!sources.stream().allMatch(FrameAncestors::isSource) || length(sources) > MAX_LENGTH) {
      throw new IllegalArgumentException("not a list of frame ancestors");
    }
  }

  /**
   * Reads the only key of this section.
   *
   * @throws InvalidConfigException with one line that names it
   */
  public static FrameAncestors read(Section section) throws InvalidConfigException {
    List<String> sources = section.texts(KEY);
    section.done();
    if (length(sources) > MAX_LENGTH) {
      throw section.wrong(KEY, "a list of no more than " + MAX_LENGTH + " characters in all");
    }
    try {
      return new FrameAncestors(sources);
    } catch (IllegalArgumentException e) {
      throw section.wrong(
          KEY,
          "a list of *, self, or origins such as https://example.org or https://*.example.org");
    }
  }

  /** The directive of a Content-Security-Policy. */
  public String directive() {
    return "frame-ancestors " + (sources.isEmpty() ? "'none'" : String.join(" ", sources));
  }

  private static boolean isSource(String source) {
    if (source.equals("*") || source.equals("'self'")) {
      return true;
    }
    if (source.length() > MAX_LENGTH) {
      return false;
    }
    var origin = ORIGIN.matcher(source);
    if (!origin.matches()) {
      return false;
    }
    String port = origin.group("port");
    return port == null || Integer.parseInt(port) <= 65535;
  }

  private static int length(List<String> sources) {
    return sources.stream().mapToInt(source -> source.length() + 1).sum();
  }
}
