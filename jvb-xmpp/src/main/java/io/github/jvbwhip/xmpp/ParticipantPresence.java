package io.github.jvbwhip.xmpp;

import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.jvb.host.Newcomer;
import io.github.jvbwhip.jvb.host.SourcePlan;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jitsi.xmpp.extensions.jitsimeet.AvatarUrl;
import org.jitsi.xmpp.extensions.jitsimeet.JitsiParticipantRegionPacketExtension;
import org.jitsi.xmpp.extensions.jitsimeet.StatsId;
import org.jivesoftware.smack.packet.PresenceBuilder;
import org.jivesoftware.smack.packet.StandardExtensionElement;
import org.jivesoftware.smackx.nick.packet.Nick;
import org.jxmpp.jid.parts.Resourcepart;

/**
 * What a publisher's presence in a room says. Immutable. It names no codecs: those would be what a
 * participant can receive, the others send what all can, and a publisher receives nothing.
 *
 * @param screen whether its video is a screen
 */
record ParticipantPresence(
    String displayName,
    String statsId,
    Optional<String> avatarUrl,
    Optional<String> region,
    boolean screen) {

  /** Tells publishers from people. */
  static final String STATS_PREFIX = "whip-";

  /** Of a publisher which has that name in the room. */
  static ParticipantPresence of(Newcomer newcomer, Resourcepart nick, MeetingSettings settings) {
    return new ParticipantPresence(
        newcomer.displayName().or(settings::displayName).orElse(newcomer.stream().value()),
        STATS_PREFIX + nick,
        settings.avatarUrl(),
        settings.region(),
        newcomer.screen());
  }

  /**
   * Writes it.
   *
   * @param sources those that there are; what is not there counts as muted
   */
  void write(PresenceBuilder presence, List<SourcePlan> sources, Set<MediaKind> muted) {
    presence.addExtension(new Nick(displayName));
    presence.addExtension(new StatsId(statsId));
    avatarUrl.ifPresent(url -> presence.addExtension(new AvatarUrl(url)));
    region.ifPresent(
        id -> {
          JitsiParticipantRegionPacketExtension xml = new JitsiParticipantRegionPacketExtension();
          xml.setRegionId(id);
          presence.addExtension(xml);
        });
    presence.addExtension(
        StandardExtensionElement.builder("SourceInfo", "jabber:client")
            .setText(SourceNames.info(sources, muted, screen))
            .build());
  }
}
