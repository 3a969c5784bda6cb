package io.github.jvbwhip.xmpp;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jivesoftware.smack.XMPPConnection;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smackx.muc.MUCAffiliation;
import org.jivesoftware.smackx.muc.MultiUserChat;
import org.jivesoftware.smackx.muc.Occupant;
import org.jivesoftware.smackx.muc.packet.MUCAdmin;
import org.jivesoftware.smackx.muc.packet.MUCItem;
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

  private final XMPPConnection connection;
  private final MultiUserChat chat;
  private final EntityFullJid self;
  private final Executor line;

  /** In the order in which they were seen first. */
  private final Map<EntityFullJid, Presence> others = new LinkedHashMap<>();

  /** Whom it could not make one, and does not try to again. */
  private final Set<EntityFullJid> refused = new HashSet<>();

  /** One after another. */
  private boolean asking;

  private Handover(
      XMPPConnection connection, MultiUserChat chat, EntityFullJid self, Executor line) {
    this.connection = connection;
    this.chat = chat;
    this.self = self;
    this.line = line;
  }

  /**
   * Watches from now on, before joining.
   *
   * @param line in which it looks at them
   */
  static void watch(
      XMPPConnection connection,
      MultiUserChat chat,
      EntityFullJid self,
      Executor line,
      XmppServer.SignIn signIn) {
    if (!(signIn instanceof XmppServer.SignIn.Anonymous)) {
      return;
    }
    Handover handover = new Handover(connection, chat, self, line);
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
    if (asking) {
      return; // It is looked at again then.
    }
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
    MUCAdmin grant = new MUCAdmin();
    grant.setType(IQ.Type.set);
    grant.setTo(chat.getRoom());
    grant.addItem(new MUCItem(MUCAffiliation.owner, occupant.getJid().asBareJid()));
    asking = true;
    XmppErrors.ask(connection, grant, refusal -> line.execute(() -> answered(person, refusal)));
  }

  private void answered(EntityFullJid person, Optional<String> refusal) {
    asking = false;
    if (refusal.isEmpty()) {
      LOG.info("Participant {} has made {} a moderator", self.getResourcepart(), person);
    } else {
      LOG.info("Participant {} cannot make {} a moderator: {}", self, person, refusal.get());
    }
    boolean there = others.containsKey(person);
    if (there && refusal.isPresent()) {
      refused.add(person);
    }
    if (isOwner(self) && !(there && refusal.isEmpty())) {
      handOver();
    }
  }
}
