package io.github.jvbwhip.xmpp;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.jvb.host.Newcomer;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jivesoftware.smack.AbstractXMPPConnection;
import org.jxmpp.jid.EntityBareJid;
import org.jxmpp.jid.parts.Resourcepart;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How publishers get into a meeting. Immutable. */
record Entrance(
    MeetingSettings settings,
    Connections connections,
    MeetingThreads threads,
    Nicknames nicknames,
    MeetingAddress meeting) {

  private static final Logger LOG = LoggerFactory.getLogger(Entrance.class);

  /**
   * Signs in, and finds the room, in which nobody sees it yet. Waits for the server.
   *
   * @param line of what the seat has to wait for
   * @throws BridgeException when it is not let in, or too late; no connection is left then
   */
  Seat come(Stay guest, Executor line) throws BridgeException {
    Newcomer newcomer = guest.newcomer();
    Deadline deadline = guest.deadline();
    AbstractXMPPConnection opened = connections.open(newcomer.token(), meeting, deadline);
    boolean found = false;
    try {
      Resourcepart nick = nicknames.of(opened.getUser(), meeting, newcomer.stream());
      ParticipantPresence words = ParticipantPresence.of(newcomer, nick, settings);
      EntityBareJid place = BreakoutRooms.find(opened, meeting, settings, nick, words, deadline);
      MeetingRoom room = new MeetingRoom(opened, place, nick, settings.focusUser());
      found = true;
      return new Seat(opened, room, settings, nicknames, line, newcomer);
    } finally {
      if (!found) {
        opened.instantShutdown();
      }
    }
  }

  /**
   * Has the conference managed, and takes the seat. Waits for the server.
   *
   * @param inbox hears what the focus wants
   * @param ended hears once why it is no occupant any more, when somebody else has ended that
   * @throws BridgeException when it is not let in, or too late
   */
  void enter(
      Stay guest,
      Seat seat,
      Executor line,
      FocusInbox.Listener inbox,
      Consumer<MeetingRoom.Ending> ended)
      throws BridgeException {
    if (!guest.listener().isWelcome(seat.meeting())) {
      throw XmppErrors.refused("A moderator has removed this publisher from the meeting.", null);
    }
    AbstractXMPPConnection connection = seat.connection();
    MeetingRoom room = seat.room();
    Deadline deadline = guest.deadline();
    ConnectionLoss.watch(
        connection, threads, detail -> ended.accept(new MeetingRoom.Ending(false, detail)));
    FocusInbox.open(connection, room::isFocus, inbox);
    Moderation.watch(connection, settings::isHost, guest.newcomer().screen(), seat);
    Handover.watch(connection, room.chat(), room.self(), line, settings.server().signIn());
    ConferenceRequests.ask(connection, settings.focus(), room.self().asEntityBareJid(), deadline);
    if (guest.attempt().isOver()) {
      return; // Given up meanwhile: nobody is to see it come and go.
    }
    deadline.at(Deadline.Step.ROOM);
    room.join(seat::write, ended, deadline.leftMillis());
    deadline.advance(Deadline.Step.ROOM, Deadline.Step.INVITATION);
    LOG.info("Publisher {} has joined {}", seat.nick(), seat.meeting());
  }
}
