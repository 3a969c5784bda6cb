package io.github.jvbwhip.xmpp;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.BridgeException.Reason;
import io.github.jvbwhip.core.bridge.Pins;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jivesoftware.smack.AbstractXMPPConnection;
import org.jivesoftware.smack.packet.PresenceBuilder;
import org.jxmpp.jid.EntityBareJid;
import org.jxmpp.jid.Jid;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.jid.parts.Resourcepart;
import org.jxmpp.stringprep.XmppStringprepException;

/** The breakout rooms of a meeting, which the server tells its occupants and nobody else. */
final class BreakoutRooms {
  /** The server tells them a third of a second after somebody has come. */
  private static final long PATIENCE_MILLIS = 2000;

  private record Told(String id, String name, EntityBareJid jid) {}

  private BreakoutRooms() {}

  /**
   * Where the meeting is. Of a breakout room that is known by name only this is asked in the main
   * room, where somebody is seen to come and go. Waits for the server.
   */
  static EntityBareJid find(
      AbstractXMPPConnection connection,
      MeetingAddress meeting,
      MeetingSettings settings,
      Resourcepart nick,
      ParticipantPresence words,
      Deadline deadline)
      throws BridgeException {
    if (meeting.breakout().isEmpty()) {
      return meeting.jid();
    }
    MeetingRoom main = new MeetingRoom(connection, meeting.jid(), nick, settings.focusUser());
    List<Told> rooms =
        told(
            connection,
            main,
            settings::isHost,
            stanza -> words.write(stanza, List.of(), Set.of()),
            deadline.leftMillis());
    return chosen(rooms, meeting.breakout().get());
  }

  private static List<Told> told(
      AbstractXMPPConnection connection,
      MeetingRoom main,
      Predicate<Jid> servers,
      Consumer<PresenceBuilder> presence,
      int limitMillis)
      throws BridgeException {
    CompletableFuture<List<Told>> told = new CompletableFuture<>();
    Runnable listening =
        ServerMessages.listen(
            connection, servers, message -> read(message).ifPresent(told::complete));
    try {
      main.join(presence, ended -> {}, limitMillis);
      return told.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw notFound("The meeting has no breakout rooms.");
    } catch (InterruptedException e) {
      throw XmppErrors.join(e);
    } finally {
      listening.run();
      main.leaveForAnother();
    }
  }

  private static EntityBareJid chosen(List<Told> rooms, String wanted) throws BridgeException {
    List<Told> meant =
        rooms.stream().filter(room -> Pins.inUrl(room.name()).equals(wanted)).toList();
    if (meant.size() != 1) {
      throw notFound(
          "The meeting has %s breakout room \"%s\"; it has: %s."
              .formatted(
                  meant.isEmpty() ? "no" : "more than one",
                  wanted,
                  String.join(
                      ", ",
                      rooms.stream()
                          .map(r -> Pins.inUrl(r.name()) + " (" + r.id() + ")")
                          .toList())));
    }
    return meant.get(0).jid();
  }

  private static BridgeException notFound(String message) {
    return new BridgeException(Reason.ROOM_NOT_FOUND, message);
  }

  /** Empty when it is about something else. */
  private static Optional<List<Told>> read(JsonNode message) {
    if (!message.path("type").asText().equals("breakout_rooms") || !message.has("rooms")) {
      return Optional.empty();
    }
    try {
      List<Told> rooms = new ArrayList<>();
      for (JsonNode room : message.get("rooms")) {
        if (!room.path("isMainRoom").asBoolean()) {
          rooms.add(
              new Told(
                  room.path("id").asText(),
                  room.path("name").asText(),
                  JidCreate.entityBareFrom(room.path("jid").asText())));
        }
      }
      return Optional.of(rooms);
    } catch (XmppStringprepException e) {
      return Optional.empty();
    }
  }
}
