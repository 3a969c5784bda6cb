package io.github.jvbwhip.xmpp;

import io.github.jvbwhip.core.bridge.BridgeException;
import java.util.UUID;
import org.jitsi.xmpp.extensions.jitsimeet.ConferenceIq;
import org.jivesoftware.smack.AbstractXMPPConnection;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.XMPPException;
import org.jivesoftware.smack.packet.IQ;
import org.jxmpp.jid.EntityBareJid;
import org.jxmpp.jid.Jid;

/** Asks the focus to manage a room's conference, which it does from then on. Pure functions. */
final class ConferenceRequests {
  private ConferenceRequests() {}

  /**
   * Asks. Waits for the focus.
   *
   * @throws BridgeException when the room cannot be entered by this publisher, or not now
   */
  static void ask(AbstractXMPPConnection connection, Jid focus, EntityBareJid room)
      throws BridgeException {
    ConferenceIq request = new ConferenceIq();
    request.setType(IQ.Type.set);
    request.setTo(focus);
    request.setRoom(room);
    request.setMachineUID(UUID.randomUUID().toString());
    ConferenceIq answer;
    try {
      answer = connection.sendIqRequestAndWaitForResponse(request);
    } catch (XMPPException | SmackException | InterruptedException | ClassCastException e) {
      throw XmppErrors.conference(e);
    }
    if (answer.getVnode() != null) {
      throw XmppErrors.unavailable("The meeting takes visitors only at the moment.", null);
    }
    if (!Boolean.TRUE.equals(answer.isReady())) {
      throw XmppErrors.unavailable("The meeting has not begun. Try again.", null);
    }
  }
}
