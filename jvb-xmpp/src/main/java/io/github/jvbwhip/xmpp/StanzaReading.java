package io.github.jvbwhip.xmpp;

import java.io.IOException;
import org.jivesoftware.smack.AbstractXMPPConnection;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.packet.ErrorIQ;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.jivesoftware.smack.packet.StanzaError;
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

  private StanzaReading() {}

  /** Smack's way to read one. */
  interface Way {
    void read(XmlPullParser parser)
        throws XmlPullParserException, IOException, InterruptedException;
  }

  /** A stanza that makes no sense; the parser is behind it. */
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

  /** Reads the one that the parser is at. */
  static void read(AbstractXMPPConnection connection, XmlPullParser parser, Way way)
      throws XmlPullParserException, IOException, InterruptedException {
    int depth = parser.getDepth();
    IQ refusal = refusal(parser);
    try {
      way.read(parser);
    } catch (Unreadable | RuntimeException e) {
      LOG.debug("Connection of {}: a stanza that cannot be read", connection.getUser(), e);
      ParserUtils.forwardToEndTagOfDepth(parser, depth);
      if (refusal != null) {
        answer(connection, refusal);
      }
    }
  }

  /** What answers it where it cannot be read (RFC 6120 §8.2.3); null where nothing does. */
  private static @Nullable IQ refusal(XmlPullParser stanza) throws IOException {
    String id = stanza.getAttributeValue("", "id");
    String type = stanza.getAttributeValue("", "type");
    Jid from = ParserUtils.getJidAttribute(stanza, "from");
    if (!stanza.getName().equals(IQ.IQ_ELEMENT) || id == null || from == null) {
      return null;
    }
    if (!"get".equals(type) && !"set".equals(type)) {
      return null;
    }
    return refusal(id, from);
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
