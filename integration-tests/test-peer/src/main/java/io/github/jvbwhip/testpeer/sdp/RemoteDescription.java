package io.github.jvbwhip.testpeer.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What another side's description says, as far as the peer needs it: attributes by name, with the
 * session's as a fallback. Nothing is checked but that m-sections exist. Immutable.
 */
public final class RemoteDescription {
  private final List<String> sessionLines;
  private final List<RemoteMedia> media;

  private RemoteDescription(List<String> sessionLines, List<RemoteMedia> media) {
    this.sessionLines = List.copyOf(sessionLines);
    this.media = List.copyOf(media);
  }

  /** Reads {@code text}; lines may end with LF or CRLF. */
  public static RemoteDescription parse(String text) {
    List<String> session = new ArrayList<>();
    List<List<String>> sections = new ArrayList<>();
    for (String line : text.split("\r?\n", -1)) {
      if (line.startsWith("m=")) {
        sections.add(new ArrayList<>());
      }
      (sections.isEmpty() ? session : sections.get(sections.size() - 1)).add(line);
    }
    return new RemoteDescription(
        session, sections.stream().map(lines -> new RemoteMedia(lines, session)).toList());
  }

  /** The m-sections in their order. */
  public List<RemoteMedia> media() {
    return media;
  }

  /** The first m-section of this kind, {@code audio} or {@code video}. */
  public Optional<RemoteMedia> first(MediaSpec.Kind kind) {
    return media.stream().filter(section -> section.is(kind)).findFirst();
  }

  /** The values of a session-level attribute. */
  public List<String> values(String name) {
    return RemoteMedia.values(sessionLines, name);
  }

  /** Whether the other side only answers checks (RFC 8445 section 2.5). */
  public boolean isIceLite() {
    return sessionLines.contains("a=ice-lite");
  }

  /** The m-section whose ICE and DTLS parameters hold for all: the first that is not rejected. */
  public RemoteMedia bundled() {
    return media.stream()
        .filter(section -> !section.isRejected())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("every m-section is rejected"));
  }
}
