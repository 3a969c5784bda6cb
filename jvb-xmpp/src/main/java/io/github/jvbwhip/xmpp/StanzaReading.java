package io.github.jvbwhip.xmpp;

import java.io.IOException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jivesoftware.smack.AbstractXMPPConnection;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.packet.ErrorIQ;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.jivesoftware.smack.packet.StanzaError;
import org.jivesoftware.smack.util.PacketParserUtils;
import org.jivesoftware.smack.util.ParserUtils;
import org.jivesoftware.smack.xml.XmlPullParser;
import org.jivesoftware.smack.xml.XmlPullParserException;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.Jid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what others have written: a stanza of an occupant's that makes no sense is refused, and
 * ends nothing, as it does by Smack's own way. Pure functions.
 */
final class StanzaReading {
  private static final Logger LOG = LoggerFactory.getLogger(StanzaReading.class);

  private static final int MAX_DEPTH = 100;
  private static final String STREAM =
      "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>";

  private static final Pattern NAME = Pattern.compile("\\s*<([a-z]+)");
  private static final Pattern ATTRIBUTE =
      Pattern.compile("\\G\\s+([^\\s=/>]+)\\s*=\\s*('[^']*'|\"[^\"]*\")");
  private static final Set<String> KEPT = Set.of("from", "to", "id", "type");

  private StanzaReading() {}

  /** Smack's way to read one. */
  interface Way {
    void read(XmlPullParser parser)
        throws XmlPullParserException, IOException, InterruptedException;
  }

  /** A stanza that makes no sense. */
  private static final class Unreadable extends IOException {
    private static final long serialVersionUID = 1;

    Unreadable(Exception cause) {
      super(cause);
    }
  }

  /** Readies a connection that reads each stanza by {@link #read}. */
  static void prepare(AbstractXMPPConnection connection) {
    connection.setParsingExceptionCallback(
        stanza -> {
          throw new Unreadable(stanza.getParsingException());
        });
  }

  /**
   * Reads one by a parser of its own.
   *
   * @throws IOException where the connection cannot go on
   */
  static void read(AbstractXMPPConnection connection, String stanza, Way way)
      throws IOException, InterruptedException {
    try {
      checkDepth(stanza);
      way.read(parser(stanza));
    } catch (Unreadable | XmlPullParserException | RuntimeException e) {
      LOG.debug("Connection of {}: a stanza that cannot be read", connection.getUser(), e);
      readFirstTag(connection, firstTag(stanza), way);
    } catch (Error e) {
      throw new IOException("a fault while a stanza was read", e);
    }
  }

  /** A parser that is at it; the names are those of a client's stream. */
  private static XmlPullParser parser(String stanza) throws XmlPullParserException, IOException {
    XmlPullParser parser = PacketParserUtils.getParserFor(STREAM + stanza);
    parser.next();
    ParserUtils.forwardToStartElement(parser);
    return parser;
  }

  /** Smack reads what is nested by calls that are nested. */
  private static void checkDepth(String stanza) throws XmlPullParserException, IOException {
    XmlPullParser parser = parser(stanza);
    int depth = 1;
    while (depth > 0) {
      XmlPullParser.Event event = parser.next();
      if (event == XmlPullParser.Event.START_ELEMENT) {
        depth++;
      } else if (event == XmlPullParser.Event.END_ELEMENT) {
        depth--;
      }
      if (depth > MAX_DEPTH) {
        throw new Unreadable(new IOException("nested too deeply"));
      }
    }
  }

  /** What the server says of it itself: whose it is, and of what kind; nothing else is in it. */
  static String firstTag(String stanza) {
    Matcher name = NAME.matcher(stanza);
    if (!name.lookingAt()) {
      return "<message/>";
    }
    StringBuilder tag = new StringBuilder("<").append(name.group(1));
    Matcher attribute = ATTRIBUTE.matcher(stanza).region(name.end(), stanza.length());
    while (attribute.find()) {
      if (KEPT.contains(attribute.group(1))) {
        tag.append(' ').append(attribute.group(1)).append('=').append(attribute.group(2));
      }
    }
    return tag.append("/>").toString();
  }

  /** What can be done by that alone: a request is refused, and who leaves has left. */
  private static void readFirstTag(AbstractXMPPConnection connection, String tag, Way way)
      throws IOException, InterruptedException {
    try {
      XmlPullParser stanza = parser(tag);
      String type = stanza.getAttributeValue("", "type");
      if (stanza.getName().equals(Presence.ELEMENT) && "unavailable".equals(type)) {
        way.read(stanza);
        return;
      }
      IQ refusal = refusal(stanza, type);
      if (refusal != null) {
        answer(connection, refusal);
      }
    } catch (Unreadable | XmlPullParserException | RuntimeException e) {
      LOG.debug("Connection of {}: and not whose it is", connection.getUser(), e);
    }
  }

  /** What answers it (RFC 6120 §8.2.3); null where nothing does. */
  private static @Nullable IQ refusal(XmlPullParser stanza, @Nullable String type)
      throws IOException {
    String id = stanza.getAttributeValue("", "id");
    Jid from = ParserUtils.getJidAttribute(stanza, "from");
    boolean asks = "get".equals(type) || "set".equals(type);
    return asks && stanza.getName().equals(IQ.IQ_ELEMENT) && id != null && from != null
        ? refusal(id, from)
        : null;
  }

  /** Refuses a request without repeating it, which may be such that it cannot be written. */
  static IQ refusal(IQ request) {
    return refusal(request.getStanzaId(), request.getFrom());
  }

  private static IQ refusal(String id, Jid from) {
    StanzaError error = StanzaError.from(StanzaError.Condition.bad_request, null).build();
    return ErrorIQ.builder(error, StanzaBuilder.buildIqData(id).ofType(IQ.Type.error))
        .to(from)
        .build();
  }

  private static void answer(AbstractXMPPConnection connection, IQ refusal)
      throws InterruptedException {
    try {
      connection.sendStanza(refusal);
    } catch (SmackException.NotConnectedException e) {
      LOG.debug("Connection of {}: a refusal that is not sent", connection.getUser(), e);
    }
  }
}
