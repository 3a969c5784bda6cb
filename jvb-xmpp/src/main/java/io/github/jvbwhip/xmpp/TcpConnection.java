package io.github.jvbwhip.xmpp;

import java.io.IOException;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;
import org.jivesoftware.smack.xml.XmlPullParser;
import org.jivesoftware.smack.xml.XmlPullParserException;
import org.jspecify.annotations.Nullable;

/** XMPP over TCP as Smack speaks it, but that no occupant can end it by what it writes. */
final class TcpConnection extends XMPPTCPConnection implements Losable {
  /** Used by the thread that reads. */
  private @Nullable StanzaFrames frames;

  TcpConnection(XMPPTCPConnectionConfiguration configuration) {
    super(configuration);
    StanzaReading.prepare(this);
  }

  /** Before each stream, whose parser is made next. */
  @Override
  protected void sendStreamOpen()
      throws SmackException.NotConnectedException, InterruptedException {
    if (!(reader instanceof StanzaFrames)) {
      frames = new StanzaFrames(reader);
      reader = frames;
    }
    super.sendStreamOpen();
  }

  @Override
  protected void parseAndProcessStanza(XmlPullParser parser)
      throws XmlPullParserException, IOException, InterruptedException {
    if (frames == null) {
      throw new IOException("a stanza outside a stream");
    }
    StanzaReading.read(this, frames.take(), super::parseAndProcessStanza);
  }

  @Override
  public void lose(Exception cause) {
    notifyConnectionError(cause);
  }
}
