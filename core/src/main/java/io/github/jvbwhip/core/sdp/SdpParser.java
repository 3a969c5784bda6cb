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

  /** The current line: from its letter to before its line end. */
  private int start;

  private int end;

  SdpParser(String text) {
    this.text = text;
  }

  /** session-description = v o s t *other *media-description. */
  SessionDescription description() throws SdpException {
    checkLength();
    if (!nextLine() || !text.substring(start, end).equals("v=0")) {
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
      MediaLine mediaLine = MediaLine.parse(new Tokens(text, start + 2, end, lineNumber));
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
      char type = text.charAt(start);
      if (type == 'm') {
        return true;
      }
      if (into.size() == SdpLimits.MAX_LINES_PER_SECTION) {
        throw new SdpException(
            lineNumber, "more than " + SdpLimits.MAX_LINES_PER_SECTION + " lines in a section");
      }
      if (type == 'a') {
        into.add(AttributeParser.parse(text, start + 2, end, lineNumber));
      } else if (type == 'v') {
        throw new SdpException(lineNumber, "a second v= line");
      } else {
        into.add(new SdpLine.Field(type, text.substring(start + 2, end)));
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
    int next = newline < 0 ? text.length() : newline;
    start = position;
    end = next > position && text.charAt(next - 1) == '\r' ? next - 1 : next;
    position = next + 1;
    checkLine();
    return true;
  }

  private boolean onlyLineEndsLeft() {
    for (int i = position; i < text.length(); i++) {
      if (text.charAt(i) != '\r' && text.charAt(i) != '\n') {
        return false;
      }
    }
    return true;
  }

  private void checkLine() throws SdpException {
    if (end - start > SdpLimits.MAX_LINE_LENGTH) {
      throw new SdpException(
          lineNumber, "longer than " + SdpLimits.MAX_LINE_LENGTH + " characters");
    }
    if (end - start < 2 || text.charAt(start + 1) != '=') {
      throw new SdpException(lineNumber, "not of the form letter=value");
    }
    char type = text.charAt(start);
    if (type < 'a' || type > 'z') {
      throw new SdpException(lineNumber, "does not start with a lower-case letter");
    }
    for (int i = start + 2; i < end; i++) {
      char c = text.charAt(i);
      if ((c < ' ' && c != '\t') || c == 0x7f) {
        throw new SdpException(lineNumber, "a control character");
      }
    }
  }

  /** {@code media SP port ["/" count] SP proto 1*(SP fmt)} (RFC 8866 §5.14). */
  private record MediaLine(
      String media, int port, int portCount, String protocol, List<String> formats) {

    static MediaLine parse(Tokens tokens) throws SdpException {
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
