package io.github.jvbwhip.core.sdp;

import java.util.List;
import java.util.Optional;

/**
 * A session description (RFC 8866). Immutable. Nothing is lost by parsing: lines keep their order,
 * and what is not understood is kept verbatim.
 *
 * @param lines the lines before the first m-section, in order, {@code v=0} first
 * @param media the m-sections
 */
public record SessionDescription(List<SdpLine> lines, List<MediaDescription> media) {

  public SessionDescription {
    lines = List.copyOf(lines);
    media = List.copyOf(media);
  }

  /**
   * Parses a description strictly, with CRLF or LF line ends, within the default bounds.
   *
   * @throws SdpException when the text breaks the grammar or a bound
   */
  public static SessionDescription parse(String text) throws SdpException {
    return SdpReader.STRICT.description(text).value();
  }

  /**
   * The text, each line with CRLF. Parsing it again gives an equal description, as long as the text
   * stays within the bounds: normalising may lengthen it by a few characters a line.
   */
  public String write() {
    StringBuilder out = new StringBuilder(4096);
    Lines.append(lines, out);
    for (MediaDescription section : media) {
      section.appendTo(out);
    }
    return out.toString();
  }

  /** The first session-level attribute of that type. */
  public <T extends Attribute> Optional<T> first(Class<T> type) {
    return Lines.first(lines, type);
  }

  /** All session-level attributes of that type, in order. */
  public <T extends Attribute> List<T> all(Class<T> type) {
    return Lines.all(lines, type);
  }

  /** Whether the session level has that attribute. */
  public boolean has(Attribute.Flag flag) {
    return lines.contains(flag);
  }

  /**
   * The first attribute of that type in the section or, when it has none, at the session level: the
   * rule of ICE credentials, fingerprints, setup and direction (RFC 8839 §5.4, RFC 8122 §5, RFC
   * 4145 §4, RFC 8866 §6.7).
   */
  public <T extends Attribute> Optional<T> inherited(MediaDescription section, Class<T> type) {
    Optional<T> own = section.first(type);
    return own.isPresent() ? own : first(type);
  }

  /** As {@link #inherited}, for attributes of which a section may have several. */
  public <T extends Attribute> List<T> allInherited(MediaDescription section, Class<T> type) {
    List<T> own = section.all(type);
    return own.isEmpty() ? all(type) : own;
  }
}
