package io.github.jvbwhip.core.sdp;

import io.github.jvbwhip.core.sdp.SdpReader.Reading;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one text, line by line. Which lines are needed is checked; their order is not, apart from
 * {@code v=} (RFC 8866 §5: receivers are free to be lenient). Made for one text, used once.
 */
final class SdpParser {
  private static final int MAX_PORT = 65535;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final String text;
  private final SdpReader rules;
  private final SdpLimits limits;
  private final List<LeftOut.Line> leftOut = new ArrayList<>();
  private int leftOutCount;

  /** What is wrong with ICE credentials above the first m-section. */
  private @Nullable SdpException credentialProblem;

  private boolean inSection;

  /** Whether a line was an attribute, well-formed or not. */
  private boolean attributes;

  /** Where the last line ends: empty ones at the end are passed over. */
  private int textEnd;

  private int position;
  private int lineNumber;

  /** The current line: from its letter to before its line end. */
  private int start;

  private int end;

  SdpParser(String text, SdpReader rules) {
    this.text = text;
    this.rules = rules;
    this.limits = rules.limits();
  }

  /** session-description = v o s t *other *media-description. */
  Reading<SessionDescription> description() throws SdpException {
    begin();
    if (!nextLine() || !text.substring(start, end).equals("v=0")) {
      throw new SdpException(Math.max(1, lineNumber), "a session description starts with v=0");
    }
    List<SdpLine> session = new ArrayList<>();
    session.add(new SdpLine.Field('v', "0"));
    List<MediaDescription> media = sections(session);
    if (rules.strict()) {
      requireFields(session);
    }
    return reading(new SessionDescription(session, media));
  }

  /** RFC 8866 §5.2, §5.3 and §5.9. */
  private static void requireFields(List<SdpLine> session) throws SdpException {
    requireField(session, 'o', 6);
    requireField(session, 's', 0);
    requireField(session, 't', 2);
  }

  private static void requireField(List<SdpLine> session, char type, int words)
      throws SdpException {
    for (SdpLine line : session) {
      if (line instanceof SdpLine.Field field && field.type() == type) {
        boolean complete =
            !field.value().isEmpty() && (words == 0 || field.value().split(" ").length == words);
        if (!complete) {
          throw new SdpException(0, "the " + type + "= line is incomplete");
        }
        return;
      }
    }
    throw new SdpException(0, "the " + type + "= line is missing");
  }

  /**
   * fragment = *attribute *(pseudo m-line *attribute), RFC 8840 §9.2. A text in which nothing looks
   * like an attribute is none, however lenient one is.
   */
  Reading<IceFragment> fragment() throws SdpException {
    begin();
    List<SdpLine> session = new ArrayList<>();
    List<MediaDescription> media = sections(session);
    if (leftOutCount > 0 && !attributes) {
      throw new SdpException(leftOut.get(0).number(), leftOut.get(0).reason());
    }
    return reading(new IceFragment(session, media));
  }

  private <T> Reading<T> reading(T value) {
    return new Reading<>(
        value, leftOutCount == 0 ? LeftOut.NOTHING : new LeftOut(leftOutCount, leftOut));
  }

  private void begin() throws SdpException {
    if (text.length() > limits.length()) {
      throw new SdpException(0, "longer than " + limits.length() + " characters");
    }
    textEnd = text.length();
    while (textEnd > 0 && isPassedOver(text.charAt(textEnd - 1))) {
      textEnd--;
    }
    position = !rules.strict() && text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
  }

  /** Whether it is nothing at the end of a text: clients that glue texts add line ends. */
  private boolean isPassedOver(char c) {
    return rules.strict() ? isLineEnd(c) : isBlank(c);
  }

  private static boolean isLineEnd(char c) {
    return c == '\r' || c == '\n';
  }

  /** A space or a control character, line ends and NUL among them. */
  private static boolean isBlank(char c) {
    return c <= ' ';
  }

  /** Reads the rest: session-level lines into {@code session}, and the m-sections. */
  private List<MediaDescription> sections(List<SdpLine> session) throws SdpException {
    List<MediaDescription> media = new ArrayList<>();
    boolean more = lines(session);
    while (more) {
      inSection = true;
      if (media.size() == limits.sections()) {
        throw new SdpException(lineNumber, "more than " + limits.sections() + " media sections");
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
    if (credentialProblem != null && !haveCredentials(media)) {
      throw credentialProblem;
    }
    return media;
  }

  /** Reads lines up to the next m-line, or the end. Returns whether an m-line is current. */
  private boolean lines(List<SdpLine> into) throws SdpException {
    int lines = into.size();
    int candidates = 0;
    while (nextLine()) {
      if (startsSection()) {
        checkLine();
        return true;
      }
      if (++lines > limits.sectionLines()) {
        throw new SdpException(
            lineNumber, "more than " + limits.sectionLines() + " lines in a section");
      }
      try {
        SdpLine line = line();
        if (line instanceof IceAttribute.Candidate && ++candidates > limits.candidates()) {
          throw new SdpException(
              lineNumber, "more than " + limits.candidates() + " candidates in a section");
        }
        into.add(line);
      } catch (SdpException e) {
        leaveOut(e);
      }
    }
    return false;
  }

  private boolean startsSection() {
    return start < end && (text.charAt(start) == 'm' || text.charAt(start) == 'M');
  }

  private void leaveOut(SdpException problem) throws SdpException {
    if (rules.strict() || (isCredential() && inSection)) {
      throw problem;
    }
    if (isCredential() && credentialProblem == null) {
      credentialProblem = problem;
    }
    if (leftOutCount++ < LeftOut.MAX_KEPT) {
      leftOut.add(LeftOut.Line.of(problem, text, start, end));
    }
  }

  /** Whether those of the session are nobody's: bundle-only sections, of port 0, need none. */
  private static boolean haveCredentials(List<MediaDescription> media) {
    List<MediaDescription> own = media.stream().filter(section -> section.port() != 0).toList();
    return !own.isEmpty()
        && own.stream()
            .allMatch(
                section ->
                    section.first(IceAttribute.IceUfrag.class).isPresent()
                        && section.first(IceAttribute.IcePwd.class).isPresent());
  }

  /** A client is not told that ICE goes on, or restarts, with what it did not get across. */
  private boolean isCredential() {
    return text.startsWith("a=ice-ufrag", start) || text.startsWith("a=ice-pwd", start);
  }

  private SdpLine line() throws SdpException {
    checkLine();
    char type = text.charAt(start);
    if (type == 'v') {
      throw new SdpException(lineNumber, "a second v= line");
    }
    if (type == 'a') {
      attributes = true;
      return AttributeParser.parse(text, start + 2, end, lineNumber, rules.strict());
    }
    return new SdpLine.Field(type, text.substring(start + 2, end));
  }

  /** Makes the next line current. Returns false at the end. */
  private boolean nextLine() {
    while (position < textEnd) {
      lineNumber++;
      start = position;
      end = lineEnd();
      if (rules.strict()) {
        return true;
      }
      trim();
      if (start < end) {
        return true;
      }
    }
    return false;
  }

  /** Finds the end of the line, and moves on to the next one. */
  private int lineEnd() {
    int at = position;
    while (at < textEnd && !endsLine(text.charAt(at))) {
      at++;
    }
    int lineEnd = at;
    if (rules.strict()) {
      boolean crlf = at > position && text.charAt(at - 1) == '\r';
      lineEnd = crlf ? at - 1 : at;
    } else {
      while (at < textEnd && text.charAt(at) == '\r') {
        at++;
      }
      if (at > lineEnd && (at == textEnd || text.charAt(at) != '\n')) {
        at--;
      }
    }
    position = at + 1;
    return lineEnd;
  }

  private boolean endsLine(char c) {
    return rules.strict() ? c == '\n' : isLineEnd(c);
  }

  private void trim() {
    while (start < end && isBlank(text.charAt(start))) {
      start++;
    }
    while (start < end && isBlank(text.charAt(end - 1))) {
      end--;
    }
  }

  /** A line has a lower-case letter and an equals sign in front. */
  private void checkLine() throws SdpException {
    if (end - start > limits.lineLength()) {
      throw new SdpException(lineNumber, "longer than " + limits.lineLength() + " characters");
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
