package io.github.jvbwhip.xmpp;

import java.util.function.Predicate;
import org.jitsi.xmpp.extensions.jingle.JingleAction;
import org.jitsi.xmpp.extensions.jingle.JingleIQ;
import org.jivesoftware.smack.AbstractXMPPConnection;
import org.jivesoftware.smack.iqrequest.AbstractIqRequestHandler;
import org.jivesoftware.smack.iqrequest.IQRequestHandler;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.StanzaError;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.Jid;

/**
 * What comes to an audience, which has no media. The focus invites everybody: where that is
 * answered with an error it lets the endpoint go that it has made, and does not try again.
 */
final class AudienceInbox extends AbstractIqRequestHandler {
  private final AbstractXMPPConnection connection;
  private final Predicate<Jid> focus;

  private AudienceInbox(AbstractXMPPConnection connection, Predicate<Jid> focus) {
    super(JingleIQ.ELEMENT, JingleIQ.NAMESPACE, IQ.Type.set, IQRequestHandler.Mode.sync);
    this.connection = connection;
    this.focus = focus;
  }

  /**
   * Reads from now on what comes.
   *
   * @param focus tells whether that is the focus
   */
  static void open(AbstractXMPPConnection connection, Predicate<Jid> focus) {
    connection.registerIQRequestHandler(new AudienceInbox(connection, focus));
  }

  @Override
  public @Nullable IQ handleIQRequest(IQ request) {
    JingleIQ iq = (JingleIQ) request;
    if (iq.getAction() == null) {
      return StanzaReading.refusal(iq);
    }
    if (!focus.test(iq.getFrom())) {
      return PeerInvitations.decline(connection, iq);
    }
    // "The responder does not support Jingle" (XEP-0166 §6.3.2).
    return iq.getAction() == JingleAction.SESSION_TERMINATE
        ? IQ.createResultIQ(iq)
        : IQ.createErrorResponse(iq, StanzaError.Condition.service_unavailable);
  }
}
