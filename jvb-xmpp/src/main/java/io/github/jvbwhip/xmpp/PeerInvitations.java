package io.github.jvbwhip.xmpp;

import org.jitsi.xmpp.extensions.jingle.JingleAction;
import org.jitsi.xmpp.extensions.jingle.JingleIQ;
import org.jitsi.xmpp.extensions.jingle.Reason;
import org.jitsi.xmpp.extensions.jingle.ReasonPacketExtension;
import org.jivesoftware.smack.AbstractXMPPConnection;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.StanzaError;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Web clients invite each other, to send media with no bridge in between: nobody here does that.
 */
final class PeerInvitations {
  private static final Logger LOG = LoggerFactory.getLogger(PeerInvitations.class);

  private PeerInvitations() {}

  /**
   * Declines it, and whatever else an occupant wants by Jingle.
   *
   * @return the answer; null where that has been sent
   */
  static @Nullable IQ decline(AbstractXMPPConnection connection, JingleIQ iq) {
    if (iq.getAction() != JingleAction.SESSION_INITIATE || iq.getSID() == null) {
      return IQ.createErrorResponse(iq, StanzaError.Condition.item_not_found);
    }
    JingleIQ decline = new JingleIQ(JingleAction.SESSION_TERMINATE, iq.getSID());
    decline.setType(IQ.Type.set);
    decline.setTo(iq.getFrom());
    decline.setInitiator(iq.getInitiator() == null ? iq.getFrom() : iq.getInitiator());
    decline.setReason(new ReasonPacketExtension(Reason.DECLINE, null, null));
    try {
      connection.sendStanza(IQ.createResultIQ(iq));
      connection.sendStanza(decline);
    } catch (SmackException.NotConnectedException e) {
      LOG.debug("Not declined", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return null;
  }
}
