package io.github.jvbwhip.core.sdp;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads one text, line by line. Which lines are needed is checked; their order is not, apart from
 * {@code v=} (RFC 8866 §5: receivers are free to be lenient). Made for one text, used once.
 */
final class SdpParser {
  private static final int MAX_PORT = 65535;

  private final String text;
  private int position;
  private int lineNumber;
  private String line = "";

  SdpParser(String text) {
    this.text = text;
  }

  /** session-description = v o s t *other *media-description. */
  SessionDescription description() throws SdpException {
    checkLength();
    if (!nextLine() || !line.equals("v=0")) {
      throw new SdpException(1, "a session description starts with v=0");
    }
    List<SdpLine> session = new ArrayList<>();
    session.add(new SdpLine.Field('v', "0"));
    List<MediaDescription> media = sections(session);
    for (char needed : new char[] {'o', 's', 't'}) {
      if (session.stream().noneMatch(l -> l instanceof SdpLine.Field f && f.type() == needed)) {
        throw new SdpException(0, "the " + needed + "= line is missing");
      }
    }
    return new SessionDescription(session, media);
  }

  /** fragment = *attribute *(pseudo m-line *attribute), RFC 8840 §9.2. */
  IceFragment fragment() throws SdpException {
    checkLength();
    List<SdpLine> session = new ArrayList<>();
    List<MediaDescription> media = sections(session);
    return new IceFragment(session, media);
  }

  private void checkLength() throws SdpException {
    if (text.length() > SdpLimits.MAX_LENGTH) {
      throw new SdpException(0, "longer than " + SdpLimits.MAX_LENGTH + " characters");
    }
  }

  /** Reads the rest: session-level lines into {@code session}, and the m-sections. */
  private List<MediaDescription> sections(List<SdpLine> session) throws SdpException {
    List<MediaDescription> media = new ArrayList<>();
    boolean more = lines(session);
    while (more) {
      if (media.size() == SdpLimits.MAX_MEDIA) {
        throw new SdpException(lineNumber, "more than " + SdpLimits.MAX_MEDIA + " media sections");
      }
      MediaLine mediaLine = MediaLine.parse(line.substring(2), lineNumber);
      List<SdpLine> lines = new ArrayList<>();
      more = lines(lines);
      media.add(
          new MediaDescription(
              mediaLine.media(),
              mediaLine.port(),
              mediaLine.portCount(),
              mediaLine.protocol(),
              mediaLine.formats(),
              lines));
    }
    return media;
  }

  /** Reads lines up to the next m-line, or the end. Returns whether an m-line is current. */
  private boolean lines(List<SdpLine> into) throws SdpException {
    while (nextLine()) {
      char type = line.charAt(0);
      if (type == 'm') {
        return true;
      }
      if (into.size() == SdpLimits.MAX_LINES_PER_SECTION) {
        throw new SdpException(
            lineNumber, "more than " + SdpLimits.MAX_LINES_PER_SECTION + " lines in a section");
      }
      if (type == 'a') {
        into.add(AttributeParser.parse(line.substring(2), lineNumber));
      } else if (type == 'v') {
        throw new SdpException(lineNumber, "a second v= line");
      } else {
        into.add(new SdpLine.Field(type, line.substring(2)));
      }
    }
    return false;
  }

  /**
   * Makes the next line current; it has a lower-case letter and an equals sign in front. Returns
   * false at the end. Empty lines at the end are passed over: clients that glue texts add them.
   */
  private boolean nextLine() throws SdpException {
    if (position >= text.length() || onlyLineEndsLeft()) {
      return false;
    }
    lineNumber++;
    int newline = text.indexOf('\n', position);
    int end = newline < 0 ? text.length() : newline;
    int contentEnd = end > position && text.charAt(end - 1) == '\r' ? end - 1 : end;
    line = checked(text.substring(position, contentEnd));
    position = end + 1;
    return true;
  }

  private boolean onlyLineEndsLeft() {
    char c = text.charAt(position);
    if (c != '\r' && c != '\n') {
      return false;
    }
    for (int i = position; i < text.length(); i++) {
      if (text.charAt(i) != '\r' && text.charAt(i) != '\n') {
        return false;
      }
    }
    return true;
  }

  private String checked(String candidate) throws SdpException {
    if (candidate.length() > SdpLimits.MAX_LINE_LENGTH) {
      throw new SdpException(
          lineNumber, "longer than " + SdpLimits.MAX_LINE_LENGTH + " characters");
    }
    if (candidate.length() < 2 || candidate.charAt(1) != '=') {
      throw new SdpException(lineNumber, "not of the form letter=value");
    }
    char type = candidate.charAt(0);
    if (type < 'a' || type > 'z') {
      throw new SdpException(lineNumber, "does not start with a lower-case letter");
    }
    for (int i = 2; i < candidate.length(); i++) {
      char c = candidate.charAt(i);
      if ((c < ' ' && c != '\t') || c == 0x7f) {
        throw new SdpException(lineNumber, "a control character");
      }
    }
    return candidate;
  }

  /** {@code media SP port ["/" count] SP proto 1*(SP fmt)} (RFC 8866 §5.14). */
  private record MediaLine(
      String media, int port, int portCount, String protocol, List<String> formats) {

    static MediaLine parse(String value, int lineNumber) throws SdpException {
      Tokens tokens = new Tokens(value, lineNumber);
      String media = tokens.next("the media type");
      String ports = tokens.next("the port");
      int slash = ports.indexOf('/');
      int port = (int) tokens.number(slash < 0 ? ports : ports.substring(0, slash), 0, MAX_PORT);
      int count = slash < 0 ? 1 : (int) tokens.number(ports.substring(slash + 1), 1, MAX_PORT);
      String protocol = tokens.next("the transport protocol");
      List<String> formats = new ArrayList<>();
      formats.add(tokens.next("a format"));
      while (tokens.hasNext()) {
        formats.add(tokens.next("a format"));
      }
      return new MediaLine(media, port, count, protocol, formats);
    }
  }
}
