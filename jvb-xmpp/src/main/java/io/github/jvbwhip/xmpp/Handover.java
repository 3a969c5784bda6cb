package io.github.jvbwhip.xmpp;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.XMPPException;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smackx.muc.MUCAffiliation;
import org.jivesoftware.smackx.muc.MultiUserChat;
import org.jivesoftware.smackx.muc.Occupant;
import org.jxmpp.jid.EntityFullJid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes on what a participant cannot use: Jicofo makes somebody who is there the room's moderator,
 * and where that is one of the plugin's, no person could moderate. Only where nobody has an
 * account: elsewhere being a moderator comes from signing in, and is not for guests. Not
 * thread-safe; in one line.
 */
final class Handover {
  private static final Logger LOG = LoggerFactory.getLogger(Handover.class);

  private final MultiUserChat chat;
  private final EntityFullJid self;

  /** In the order in which they were seen first. */
  private final Map<EntityFullJid, Presence> others = new LinkedHashMap<>();

  /** Whom it could not make one, and does not try to again. */
  private final Set<EntityFullJid> refused = new HashSet<>();

  private Handover(MultiUserChat chat, EntityFullJid self) {
    this.chat = chat;
    this.self = self;
  }

  /**
   * Watches from now on, before joining.
   *
   * @param line in which requests may wait for the server
   */
  static void watch(
      MultiUserChat chat, EntityFullJid self, Executor line, XmppServer.SignIn signIn) {
    if (!(signIn instanceof XmppServer.SignIn.Anonymous)) {
      return;
    }
    Handover handover = new Handover(chat, self);
    chat.addParticipantListener(presence -> line.execute(() -> handover.see(presence)));
  }

  private void see(Presence presence) {
    EntityFullJid who = presence.getFrom().asEntityFullJidIfPossible();
    if (who == null) {
      return;
    }
    if (presence.getType() == Presence.Type.unavailable) {
      others.remove(who);
      refused.remove(who);
    } else if (!who.equals(self)) {
      others.put(who, presence);
    }
    if (isOwner(self)) {
      handOver();
    }
  }

  private boolean isOwner(EntityFullJid who) {
    Occupant occupant = chat.getOccupant(who);
    return occupant != null && occupant.getAffiliation() == MUCAffiliation.owner;
  }

  private void handOver() {
    Optional<EntityFullJid> first = Optional.empty();
    for (Map.Entry<EntityFullJid, Presence> other : others.entrySet()) {
      EntityFullJid who = other.getKey();
      if (People.isSomebody(other.getValue())) {
        if (isOwner(who)) {
          return;
        }
        first = first.or(() -> Optional.of(who).filter(person -> !refused.contains(person)));
      }
    }
    first.ifPresent(this::handOver);
  }

  private void handOver(EntityFullJid person) {
    Occupant occupant = chat.getOccupant(person);
    if (occupant == null || occupant.getJid() == null) {
      return;
    }
    try {
      chat.grantOwnership(occupant.getJid().asBareJid());
      LOG.info("Participant {} has made {} a moderator", self.getResourcepart(), person);
    } catch (XMPPException | SmackException e) {
      refused.add(person);
      LOG.info("Participant {} cannot make {} a moderator: {}", self, person, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
