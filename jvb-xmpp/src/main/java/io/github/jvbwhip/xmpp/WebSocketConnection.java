package io.github.jvbwhip.xmpp;

import java.io.IOException;
import java.util.Optional;
import org.jivesoftware.smack.AbstractXMPPConnection;

/** To be written. */
final class WebSocketConnection {
  private WebSocketConnection() {}

  static AbstractXMPPConnection make(
      XmppServer server, Optional<String> token, String room, int limitMillis) throws IOException {
    throw new IOException("no WebSocket yet");
  }
}
