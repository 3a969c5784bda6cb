package io.github.jvbwhip.xmpp;

import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import io.github.jvbwhip.jvb.host.SourcePlan;
import io.github.jvbwhip.jvb.videobridge.colibri.SourceStanzas;
import io.github.jvbwhip.jvb.videobridge.colibri.TransportStanzas;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jitsi.xmpp.extensions.colibri.SourcePacketExtension;
import org.jitsi.xmpp.extensions.colibri2.InitialLastN;
import org.jitsi.xmpp.extensions.jingle.ContentPacketExtension;
import org.jitsi.xmpp.extensions.jingle.JingleAction;
import org.jitsi.xmpp.extensions.jingle.JingleIQ;
import org.jitsi.xmpp.extensions.jingle.ParameterPacketExtension;
import org.jitsi.xmpp.extensions.jingle.Reason;
import org.jitsi.xmpp.extensions.jingle.ReasonPacketExtension;
import org.jitsi.xmpp.extensions.jingle.RtpDescriptionPacketExtension;
import org.jitsi.xmpp.extensions.jitsimeet.BridgeSessionPacketExtension;
import org.jivesoftware.smack.packet.IQ;
import org.jxmpp.jid.EntityFullJid;
import org.jxmpp.jid.Jid;

/**
 * What a participant sends to the focus of its room about one Jingle session. Immutable; makes
 * stanzas and sends none.
 *
 * @param self the participant in the room
 * @param screen whether its video is a screen
 * @param streams a name that the sources of this participant have in common
 */
record JingleRequests(
    Jid focus, EntityFullJid self, String sid, Jid initiator, boolean screen, UUID streams) {

  /** {@code session-accept} (XEP-0166 §7.2.9), which asks for no video. */
  JingleIQ accept(RemoteTransport remote, List<SourcePlan> sources) {
    JingleIQ iq = request(JingleAction.SESSION_ACCEPT);
    iq.setInitiator(initiator);
    iq.setResponder(self);
    for (MediaKind kind : MediaKind.values()) {
      ContentPacketExtension content = content(kind, of(kind, sources));
      if (kind == MediaKind.VIDEO) {
        content.addChildExtension(new InitialLastN(0));
      }
      content.addChildExtension(TransportStanzas.transport(remote));
      iq.addContent(content);
    }
    return iq;
  }

  /** {@code transport-info} (XEP-0176 §5.2) with what the bridge knows already. */
  JingleIQ update(RemoteTransport remote) {
    JingleIQ iq = request(JingleAction.TRANSPORT_INFO);
    iq.setInitiator(initiator);
    ContentPacketExtension content = content(MediaKind.VIDEO, List.of());
    content.addChildExtension(TransportStanzas.update(remote));
    iq.addContent(content);
    return iq;
  }

  /** {@code source-add}. */
  JingleIQ add(List<SourcePlan> sources) {
    return withSources(JingleAction.SOURCEADD, sources);
  }

  /** {@code source-remove}. */
  JingleIQ remove(List<SourcePlan> sources) {
    return withSources(JingleAction.SOURCEREMOVE, sources);
  }

  /**
   * {@code session-terminate} (XEP-0166 §6.7).
   *
   * @param reason of the standard's
   */
  JingleIQ terminate(Reason reason) {
    JingleIQ iq = request(JingleAction.SESSION_TERMINATE);
    iq.setInitiator(initiator);
    iq.setReason(new ReasonPacketExtension(reason, null, null));
    return iq;
  }

  /** The same, with the wish to be invited anew. */
  JingleIQ restart(String bridgeSession) {
    JingleIQ iq = terminate(Reason.SUCCESS);
    BridgeSessionPacketExtension session = new BridgeSessionPacketExtension(bridgeSession, null);
    session.setRestart(true);
    iq.addExtension(session);
    return iq;
  }

  private JingleIQ withSources(JingleAction action, List<SourcePlan> sources) {
    JingleIQ iq = request(action);
    iq.setInitiator(initiator);
    Map<MediaKind, List<SourcePlan>> byKind = new EnumMap<>(MediaKind.class);
    sources.forEach(
        source -> byKind.computeIfAbsent(source.kind(), kind -> new ArrayList<>()).add(source));
    byKind.forEach((kind, plans) -> iq.addContent(content(kind, plans)));
    return iq;
  }

  private JingleIQ request(JingleAction action) {
    JingleIQ iq = new JingleIQ(action, sid);
    iq.setType(IQ.Type.set);
    iq.setTo(focus);
    return iq;
  }

  private static List<SourcePlan> of(MediaKind kind, List<SourcePlan> sources) {
    return sources.stream().filter(source -> source.kind() == kind).toList();
  }

  private ContentPacketExtension content(MediaKind kind, List<SourcePlan> sources) {
    String media = kind.name().toLowerCase(Locale.ROOT);
    ContentPacketExtension content =
        new ContentPacketExtension(ContentPacketExtension.CreatorEnum.responder, media);
    content.setSenders(ContentPacketExtension.SendersEnum.both);
    RtpDescriptionPacketExtension description = new RtpDescriptionPacketExtension();
    description.setMedia(media);
    sources.forEach(source -> describe(source, description));
    content.addChildExtension(description);
    return content;
  }

  private void describe(SourcePlan plan, RtpDescriptionPacketExtension description) {
    for (SourcePacketExtension source : SourceStanzas.ssrcs(plan)) {
      source.setName(plan.name());
      if (plan.kind() == MediaKind.VIDEO) {
        source.setVideoType(SourceNames.videoType(screen));
      }
      // The same within a source, and different between sources.
      source.addParameter(new ParameterPacketExtension("msid", plan.name() + " " + streams));
      description.addChildExtension(source);
    }
    SourceStanzas.groups(plan).forEach(description::addChildExtension);
  }
}
