package io.github.jvbwhip.xmpp;

import io.github.jvbwhip.core.bridge.MediaKind;
import java.util.function.Predicate;
import org.jitsi.xmpp.extensions.jingle.JingleIQ;
import org.jitsi.xmpp.extensions.jingle.ReasonPacketExtension;
import org.jitsi.xmpp.extensions.jitsimeet.AbstractMuteIq;
import org.jitsi.xmpp.extensions.jitsimeet.MuteIq;
import org.jitsi.xmpp.extensions.jitsimeet.MuteVideoIq;
import org.jivesoftware.smack.AbstractXMPPConnection;
import org.jivesoftware.smack.iqrequest.AbstractIqRequestHandler;
import org.jivesoftware.smack.iqrequest.IQRequestHandler;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.StanzaError;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.Jid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What comes to a participant: the focus is obeyed, the other occupants' invitations are declined,
 * all else is refused. Every request is answered at once.
 */
final class FocusInbox {
  private static final Logger LOG = LoggerFactory.getLogger(FocusInbox.class);

  /** Hears what the focus wants; only enqueues. */
  interface Listener {
    void invited(JingleOffer offer);

    /** The Jingle session is over. */
    void terminated(String sid, String reason);

    void mute(MediaKind kind, boolean mute);
  }

  private final AbstractXMPPConnection connection;
  private final Predicate<Jid> focus;
  private final Listener listener;

  private FocusInbox(AbstractXMPPConnection connection, Predicate<Jid> focus, Listener listener) {
    this.connection = connection;
    this.focus = focus;
    this.listener = listener;
  }

  /**
   * Reads from now on what comes.
   *
   * @param focus tells whether that is the focus
   */
  static void open(AbstractXMPPConnection connection, Predicate<Jid> focus, Listener listener) {
    FocusInbox inbox = new FocusInbox(connection, focus, listener);
    answer(
        connection,
        JingleIQ.ELEMENT,
        JingleIQ.NAMESPACE,
        request -> inbox.jingle((JingleIQ) request));
    answer(
        connection,
        MuteIq.ELEMENT,
        MuteIq.NAMESPACE,
        request -> inbox.mute((AbstractMuteIq) request, MediaKind.AUDIO));
    answer(
        connection,
        MuteVideoIq.ELEMENT,
        MuteVideoIq.NAMESPACE,
        request -> inbox.mute((AbstractMuteIq) request, MediaKind.VIDEO));
  }

  /** What answers a request; null where that has been answered. */
  private interface Answering {
    @Nullable IQ answer(IQ request);
  }

  private static void answer(
      AbstractXMPPConnection connection, String element, String namespace, Answering answering) {
    connection.registerIQRequestHandler(
        new AbstractIqRequestHandler(element, namespace, IQ.Type.set, IQRequestHandler.Mode.sync) {
          @Override
          public @Nullable IQ handleIQRequest(IQ request) {
            return answering.answer(request);
          }
        });
  }

  private @Nullable IQ jingle(JingleIQ iq) {
    if (iq.getAction() == null) {
      return StanzaReading.refusal(iq);
    }
    if (!focus.test(iq.getFrom())) {
      return PeerInvitations.decline(connection, iq);
    }
    return switch (iq.getAction()) {
      case SESSION_INITIATE -> initiate(iq);
      case SESSION_TERMINATE -> {
        listener.terminated(iq.getSID(), reason(iq.getReason()));
        yield IQ.createResultIQ(iq);
      }
      // About other participants' sources, which a publisher does not receive.
      case SOURCEADD, ADDSOURCE, SOURCEREMOVE, REMOVESOURCE, SESSION_INFO, TRANSPORT_INFO ->
          IQ.createResultIQ(iq);
      default -> refusal(iq, StanzaError.Condition.feature_not_implemented);
    };
  }

  private IQ initiate(JingleIQ iq) {
    try {
      listener.invited(JingleOffer.read(iq));
      return IQ.createResultIQ(iq);
    } catch (JingleOffer.Malformed e) {
      LOG.warn(
          "The focus of {} sent an invitation that cannot be read: {}", room(iq), e.getMessage());
      return refusal(iq, StanzaError.Condition.bad_request);
    }
  }

  private static Jid room(IQ iq) {
    return iq.getFrom().asBareJid();
  }

  private IQ mute(AbstractMuteIq iq, MediaKind kind) {
    if (!focus.test(iq.getFrom())) {
      return refusal(iq, StanzaError.Condition.forbidden);
    }
    if (iq.getMute() != null) {
      listener.mute(kind, iq.getMute());
    }
    return IQ.createResultIQ(iq);
  }

  private static IQ refusal(IQ request, StanzaError.Condition condition) {
    return IQ.createErrorResponse(request, condition);
  }

  private static String reason(@Nullable ReasonPacketExtension reason) {
    if (reason == null || reason.getReason() == null) {
      return "no reason given";
    }
    return reason.getText() == null
        ? reason.getReason().toString()
        : reason.getReason() + " (" + reason.getText() + ")";
  }
}
