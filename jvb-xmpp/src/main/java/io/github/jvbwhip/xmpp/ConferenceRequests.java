package io.github.jvbwhip.xmpp;

import io.github.jvbwhip.core.bridge.BridgeException;
import java.util.UUID;
import org.jitsi.xmpp.extensions.jitsimeet.ConferenceIq;
import org.jivesoftware.smack.AbstractXMPPConnection;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.XMPPException;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smackx.ping.PingManager;
import org.jxmpp.jid.EntityBareJid;
import org.jxmpp.jid.Jid;

/** Asks the focus to manage a room's conference, which it does from then on. Pure functions. */
final class ConferenceRequests {
  private ConferenceRequests() {}

  /**
   * Asks. Waits for the focus. The server is asked at the same time whether it is there, so that it
   * can be told which of them does not answer.
   *
   * @throws BridgeException when the room cannot be entered by this publisher, or not now
   */
  static void ask(
      AbstractXMPPConnection connection, Jid focus, EntityBareJid room, Deadline deadline)
      throws BridgeException {
    deadline.at(Deadline.Step.REQUEST);
    int limitMillis = deadline.leftMillis();
    ConferenceIq request = new ConferenceIq();
    request.setType(IQ.Type.set);
    request.setTo(focus);
    request.setRoom(room);
    request.setMachineUID(UUID.randomUUID().toString());
    var unused =
        PingManager.getInstanceFor(connection)
            .pingAsync(connection.getXMPPServiceDomain(), limitMillis)
            .onSuccess(there -> deadline.advance(Deadline.Step.REQUEST, Deadline.Step.FOCUS));
    ConferenceIq answer;
    try {
      answer = connection.createStanzaCollectorAndSend(request).nextResultOrThrow(limitMillis);
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
