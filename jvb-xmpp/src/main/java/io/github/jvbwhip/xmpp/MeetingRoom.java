package io.github.jvbwhip.xmpp;

import io.github.jvbwhip.core.bridge.BridgeException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jivesoftware.smack.AbstractXMPPConnection;
import org.jivesoftware.smack.PresenceListener;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.XMPPException;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.packet.PresenceBuilder;
import org.jivesoftware.smack.packet.StanzaError;
import org.jivesoftware.smackx.muc.MUCAffiliation;
import org.jivesoftware.smackx.muc.MultiUserChat;
import org.jivesoftware.smackx.muc.MultiUserChatException;
import org.jivesoftware.smackx.muc.MultiUserChatManager;
import org.jivesoftware.smackx.muc.Occupant;
import org.jivesoftware.smackx.muc.UserStatusListener;
import org.jivesoftware.smackx.muc.packet.MUCUser;
import org.jxmpp.jid.EntityBareJid;
import org.jxmpp.jid.EntityFullJid;
import org.jxmpp.jid.Jid;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.jid.parts.Resourcepart;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A room (XEP-0045) as one of its occupants sees it. Thread-safe. */
final class MeetingRoom {
  private static final Logger LOG = LoggerFactory.getLogger(MeetingRoom.class);

  /** The nickname of who manages a conference. */
  static final Resourcepart FOCUS = Resourcepart.fromOrThrowUnchecked("focus");

  private final AbstractXMPPConnection connection;
  private final MultiUserChat chat;
  private final EntityFullJid self;
  private final EntityFullJid focus;
  private final EntityBareJid focusUser;

  /** Whether the focus that was seen last is the true one. */
  private volatile boolean managed;

  /**
   * @param focusUser the account of who manages conferences
   */
  MeetingRoom(
      AbstractXMPPConnection connection,
      EntityBareJid room,
      Resourcepart nick,
      EntityBareJid focusUser) {
    this.connection = connection;
    this.chat = MultiUserChatManager.getInstanceFor(connection).getMultiUserChat(room);
    this.self = JidCreate.entityFullFrom(room, nick);
    this.focus = JidCreate.entityFullFrom(room, FOCUS);
    this.focusUser = focusUser;
    chat.addMessageListener(message -> forgetMessages());
  }

  /** Smack keeps what is said until somebody reads it, and nobody does. */
  private void forgetMessages() {
    try {
      while (chat.pollMessage() != null) {
        LOG.trace("Participant {}: a message nobody reads", self);
      }
    } catch (MultiUserChatException.MucNotJoinedException e) {
      LOG.trace("Participant {}: no messages", self, e);
    }
  }

  /** This occupant. */
  EntityFullJid self() {
    return self;
  }

  /** Who manages the conference, as an occupant. */
  EntityFullJid focus() {
    return focus;
  }

  /**
   * Joins. Waits for the server.
   *
   * @param presence writes what the others see
   * @param ended hears once why it is no occupant any more, when somebody else has ended that; must
   *     only enqueue
   */
  void join(Consumer<PresenceBuilder> presence, Consumer<Ending> ended, int limitMillis)
      throws BridgeException {
    chat.addUserStatusListener(new Endings(ended));
    chat.addParticipantListener(
        seen -> {
          if (focus.equals(seen.getFrom()) && hasLeft(seen)) {
            ended.accept(new Ending(false, "who manages the meeting has left it"));
          }
        });
    try {
      enter(presence, limitMillis);
    } catch (XMPPException | SmackException | InterruptedException e) {
      throw XmppErrors.join(e);
    }
  }

  /** Whether that was the one who manages the meeting: nobody else who has its nickname counts. */
  private boolean hasLeft(Presence focusSeen) {
    if (focusSeen.getType() != Presence.Type.unavailable) {
      managed = isFocus(focus);
      return false;
    }
    return managed;
  }

  private void enter(Consumer<PresenceBuilder> presence, int limitMillis)
      throws XMPPException, SmackException, InterruptedException {
    chat.join(
        chat.getEnterConfigurationBuilder(self.getResourcepart())
            .withPresence(presence::accept)
            .requestNoHistory()
            .timeoutAfter(limitMillis)
            .build());
  }

  /**
   * Whether the room would let this one in, whose name somebody else has there: servers look at
   * that last. Nobody sees it. Waits for the server.
   */
  void tryToJoin(Consumer<PresenceBuilder> presence, int limitMillis) throws BridgeException {
    try {
      enter(presence, limitMillis);
      leave(); // The other one has gone.
    } catch (XMPPException.XMPPErrorException e) {
      if (e.getStanzaError().getCondition() != StanzaError.Condition.conflict) {
        throw XmppErrors.join(e);
      }
    } catch (XMPPException | SmackException | InterruptedException e) {
      throw XmppErrors.join(e);
    }
  }

  /**
   * Hears of the occupants from now on, before {@link #join} of those who are there.
   *
   * @param seen hears each presence; must only enqueue
   */
  void observe(PresenceListener seen) {
    chat.addParticipantListener(seen);
  }

  MultiUserChat chat() {
    return chat;
  }

  /** Says something in the chat. */
  void say(String text) {
    try {
      chat.sendMessage(text);
    } catch (SmackException.NotConnectedException e) {
      LOG.debug("Participant {}: not said", self, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Tells the others what has changed. */
  void tell(Consumer<PresenceBuilder> presence) {
    PresenceBuilder stanza = connection.getStanzaFactory().buildPresenceStanza().to(self);
    presence.accept(stanza);
    send(stanza.build());
  }

  private void send(Presence presence) {
    try {
      connection.sendStanza(presence);
    } catch (SmackException.NotConnectedException e) {
      LOG.debug("Participant {}: presence not sent", self, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Leaves; waits for nothing. */
  void leave() {
    send(leaving().build());
  }

  /** Leaves, and closes the connection. Waits for the server. */
  void quit() {
    if (connection.isAuthenticated()) {
      leave();
    }
    connection.disconnect();
  }

  /** The same, to be in another room of the same meeting. */
  void leaveForAnother() {
    send(leaving().setStatus("switch_room").build());
  }

  private PresenceBuilder leaving() {
    return connection
        .getStanzaFactory()
        .buildPresenceStanza()
        .ofType(Presence.Type.unavailable)
        .to(self);
  }

  /**
   * Whether that is who manages the conference. A nickname anybody can take: so the account behind
   * it has to be the right one, where the room shows it, and the owner of the room, where not.
   */
  boolean isFocus(Jid from) {
    if (!focus.equals(from)) {
      return false;
    }
    Occupant occupant = chat.getOccupant(focus);
    if (occupant == null) {
      return false;
    }
    return Optional.ofNullable(occupant.getJid())
        .map(jid -> focusUser.equals(jid.asBareJid()))
        .orElseGet(() -> occupant.getAffiliation() == MUCAffiliation.owner);
  }

  /**
   * How others have ended it.
   *
   * @param thrownOut whether they wanted just this one to go
   */
  record Ending(boolean thrownOut, String detail) {}

  /** The ways in which others end it (XEP-0045 §8.2, §9.1, §9.4, §10.9). */
  private record Endings(Consumer<Ending> ended) implements UserStatusListener {
    @Override
    public void kicked(Jid actor, String reason) {
      thrownOut("a moderator has removed it from the meeting");
    }

    @Override
    public void banned(Jid actor, String reason) {
      thrownOut("a moderator has banned it from the meeting");
    }

    @Override
    public void removed(MUCUser user, Presence presence) {
      thrownOut("it was removed from the meeting");
    }

    @Override
    public void membershipRevoked() {
      thrownOut("it is no member of the meeting any more");
    }

    @Override
    public void roomDestroyed(MultiUserChat alternate, String reason) {
      ended.accept(new Ending(false, "the meeting has been ended"));
    }

    private void thrownOut(String detail) {
      ended.accept(new Ending(true, detail));
    }
  }
}
