package io.github.jvbwhip.xmpp;

import java.io.IOException;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;
import org.jivesoftware.smack.xml.XmlPullParser;
import org.jivesoftware.smack.xml.XmlPullParserException;

/** XMPP over TCP as Smack speaks it, but that no occupant can end it by what it writes. */
final class TcpConnection extends XMPPTCPConnection implements Losable {
  TcpConnection(XMPPTCPConnectionConfiguration configuration) {
    super(configuration);
    StanzaReading.prepare(this);
  }

  @Override
  protected void parseAndProcessStanza(XmlPullParser parser)
      throws XmlPullParserException, IOException, InterruptedException {
    StanzaReading.read(this, parser, super::parseAndProcessStanza);
  }

  @Override
  public void lose(Exception cause) {
    notifyConnectionError(cause);
  }
}
