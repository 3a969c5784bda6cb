package io.github.jvbwhip.core.sdp;

import java.util.List;

/**
 * The body of type {@code application/trickle-ice-sdpfrag} (RFC 8840 §9): session-level attributes
 * and pseudo m-sections, of which only the attributes count. Immutable.
 */
public record IceFragment(List<SdpLine> lines, List<MediaDescription> media) {

  /** The media type of a fragment's text. */
  public static final String MEDIA_TYPE = "application/trickle-ice-sdpfrag";

  public IceFragment {
    lines = List.copyOf(lines);
    media = List.copyOf(media);
  }

  /**
   * Parses a fragment strictly, with CRLF or LF line ends, within the default bounds.
   *
   * @throws SdpException when the text breaks the grammar or a bound
   */
  public static IceFragment parse(String text) throws SdpException {
    return SdpReader.STRICT.fragment(text).value();
  }

  /**
   * The text, each line with CRLF. Parsing it again gives an equal fragment, as long as the text
   * stays within the bounds: normalising may lengthen it by a few characters a line.
   */
  public String write() {
    StringBuilder out = new StringBuilder(1024);
    Lines.append(lines, out);
    for (MediaDescription section : media) {
      section.appendTo(out);
    }
    return out.toString();
  }

  /** All session-level attributes of that type, in order. */
  public <T extends Attribute> List<T> all(Class<T> type) {
    return Lines.all(lines, type);
  }

  /** Whether the session level or a section says that attribute. */
  public boolean has(Attribute.Flag flag) {
    return lines.contains(flag) || media.stream().anyMatch(section -> section.has(flag));
  }
}
