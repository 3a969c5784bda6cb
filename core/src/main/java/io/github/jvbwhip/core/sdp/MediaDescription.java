package io.github.jvbwhip.core.sdp;

import java.util.List;
import java.util.Optional;

/**
 * A media section: an {@code m=} line and what follows it (RFC 8866 §5.14). Immutable.
 *
 * @param media such as {@code audio}
 * @param port 0 to 65535
 * @param portCount 1 when the line does not say
 * @param protocol such as {@code UDP/TLS/RTP/SAVPF}
 * @param formats at least one; payload types, for RTP
 * @param lines the lines after the m-line, in order
 */
public record MediaDescription(
    String media,
    int port,
    int portCount,
    String protocol,
    List<String> formats,
    List<SdpLine> lines) {

  public MediaDescription {
    formats = List.copyOf(formats);
    lines = List.copyOf(lines);
  }

  /** The first attribute of that type. */
  public <T extends Attribute> Optional<T> first(Class<T> type) {
    return Lines.first(lines, type);
  }

  /** All attributes of that type, in order. */
  public <T extends Attribute> List<T> all(Class<T> type) {
    return Lines.all(lines, type);
  }

  /** Whether the section has that attribute. */
  public boolean has(Attribute.Flag flag) {
    return lines.contains(flag);
  }

  /** The media identification, where there is one. */
  public Optional<String> mid() {
    return first(Attribute.Mid.class).map(Attribute.Mid::mid);
  }

  /** Appends the m-line and all lines after it, each with CRLF. */
  void appendTo(StringBuilder out) {
    out.append("m=").append(media).append(' ').append(port);
    if (portCount != 1) {
      out.append('/').append(portCount);
    }
    out.append(' ').append(protocol);
    for (String format : formats) {
      out.append(' ').append(format);
    }
    out.append("\r\n");
    Lines.append(lines, out);
  }
}
