package io.github.jvbwhip.conformance.client;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A session description or fragment as lines, with just enough structure for the checks; nothing is
 * validated. It is on purpose not the parser of any server.
 *
 * @param session the lines before the first m-section
 */
public record Sdp(List<String> session, List<Section> sections) {

  /**
   * An m-section.
   *
   * @param lines with the m-line
   */
  public record Section(List<String> lines, List<String> sessionLines) {
    private List<String> mLine() {
      return List.of(lines.get(0).substring(2).split(" +"));
    }

    /** {@code audio}, {@code video}, ... */
    public String kind() {
      return mLine().get(0);
    }

    /** Whether the port is 0 and not because of bundling. */
    public boolean isRejected() {
      return mLine().size() < 2 || (mLine().get(1).equals("0") && !has("bundle-only"));
    }

    /** The formats of the m-line. */
    public List<String> formats() {
      return mLine().subList(Math.min(3, mLine().size()), mLine().size());
    }

    /** Whether the section has this property attribute. */
    public boolean has(String name) {
      return lines.contains("a=" + name);
    }

    /** The section's own values of an attribute. */
    public List<String> values(String name) {
      return Sdp.values(lines, name);
    }

    /** The value of an attribute; the session's where the section has none. */
    public Optional<String> value(String name) {
      return values(name).stream()
          .findFirst()
          .or(() -> Sdp.values(sessionLines, name).stream().findFirst());
    }

    /** {@code a=mid}, or an empty text. */
    public String mid() {
      return values("mid").stream().findFirst().orElse("");
    }

    /** The direction; {@code sendrecv} when nothing is said (RFC 8866 §6.7). */
    public String direction() {
      List<String> directions = List.of("sendonly", "recvonly", "sendrecv", "inactive");
      return directions.stream()
          .filter(this::has)
          .findFirst()
          .or(() -> directions.stream().filter(d -> sessionLines.contains("a=" + d)).findFirst())
          .orElse("sendrecv");
    }
  }

  /** Splits {@code text}; lines may end with LF or CRLF. */
  public static Sdp parse(String text) {
    List<String> session = new ArrayList<>();
    List<Section> sections = new ArrayList<>();
    List<String> current = session;
    for (String line : text.split("\r?\n")) {
      if (line.startsWith("m=")) {
        current = new ArrayList<>();
        sections.add(new Section(current, session));
      }
      current.add(line);
    }
    return new Sdp(session, List.copyOf(sections));
  }

  private static List<String> values(List<String> lines, String name) {
    String prefix = "a=" + name + ":";
    return lines.stream()
        .filter(line -> line.startsWith(prefix))
        .map(line -> line.substring(prefix.length()).trim())
        .toList();
  }

  /** The session's values of an attribute. */
  public List<String> values(String name) {
    return values(session, name);
  }

  /** The mids of the first BUNDLE group; empty without one. */
  public List<String> bundle() {
    return values("group").stream()
        .filter(value -> value.startsWith("BUNDLE"))
        .findFirst()
        .map(value -> Arrays.stream(value.split(" +")).skip(1).toList())
        .orElse(List.of());
  }

  /** The section whose transport the group uses (RFC 9143 §7.3.1): the group's first. */
  public Section tagged() {
    return bundle().stream()
        .findFirst()
        .flatMap(mid -> sections.stream().filter(s -> s.mid().equals(mid)).findFirst())
        .or(() -> sections.stream().findFirst())
        .orElseThrow(() -> new Unmet("m-sections", "none"));
  }

  /** The values of {@code a=ice-options}, wherever they are said, sorted. */
  public List<String> iceOptions() {
    return tagged()
        .value("ice-options")
        .map(value -> Arrays.stream(value.split(" +")).sorted().toList())
        .orElse(List.of());
  }

  /** Whether {@code a=ice-lite} is said. */
  public boolean isIceLite() {
    return session.contains("a=ice-lite");
  }
}
