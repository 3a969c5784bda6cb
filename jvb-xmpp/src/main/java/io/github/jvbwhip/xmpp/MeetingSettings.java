package io.github.jvbwhip.xmpp;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jxmpp.jid.DomainBareJid;
import org.jxmpp.jid.EntityBareJid;
import org.jxmpp.jid.Jid;

/**
 * Where the rooms of a Jitsi Meet are, and how publishers get into them. Immutable.
 *
 * @param names which meeting a room is
 * @param focus who is asked for conferences
 * @param focusUser the account of who manages them; nobody else's invitations are obeyed
 * @param nickSource what publishers' names in a room are made of
 * @param screenStreams the streams whose video is a screen
 * @param displayName for publishers that bring none; empty for the stream's name
 * @param avatarUrl the picture of all publishers
 * @param region which bridge is asked for
 * @param bridges the URLs of other bridges' publishers by an address or the region of each
 * @param onAnyBridge whether publishers are taken whose endpoint is on another bridge
 * @param joinTimeout how long a publisher waits for its invitation
 */
public record MeetingSettings(
    MeetingNames names,
    DomainBareJid focus,
    EntityBareJid focusUser,
    XmppServer server,
    NickSource nickSource,
    Set<String> screenStreams,
    Optional<String> displayName,
    Optional<String> avatarUrl,
    Optional<String> region,
    Map<String, String> bridges,
    boolean onAnyBridge,
    Duration joinTimeout) {

  /** What the names of participants are made of, which are those of their endpoints. */
  public enum NickSource {
    /** The first digits of the anonymous account's name, which a server may insist on. */
    ACCOUNT,
    /** Chance. */
    RANDOM,
    /** The meeting and the stream: a publisher has the same one whenever it comes. */
    STREAM
  }

  /** Whether that is a host of the Jitsi Meet's server, or one below: nobody's account. */
  boolean isHost(Jid from) {
    String rooms = names.muc().toString();
    return from instanceof DomainBareJid
        && (isOf(from.toString(), server.domain().toString())
            || isOf(from.toString(), rooms.substring(rooms.indexOf('.') + 1)));
  }

  private static boolean isOf(String host, String domain) {
    return host.equals(domain) || host.endsWith("." + domain);
  }
}
