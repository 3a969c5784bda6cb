package io.github.jvbwhip.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jivesoftware.smack.AbstractXMPPConnection;
import org.jivesoftware.smack.packet.Presence;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.jid.parts.Resourcepart;

@RequiresProsody
@Timeout(60)
class MeetingRoomTest {
  private static final String ROOM = "room";
  private static Prosody prosody;

  private final BlockingQueue<MeetingRoom.Ending> endings = new LinkedBlockingQueue<>();
  private final CountDownLatch focusLeft = new CountDownLatch(1);
  private AbstractXMPPConnection connection;
  private MeetingRoom room;

  @BeforeAll
  static void startServer() {
    prosody = Prosody.start();
  }

  @AfterAll
  static void stopServer() {
    prosody.close();
  }

  @BeforeEach
  void open() throws Exception {
    connection = prosody.connection("meet.test");
    connection.connect();
    connection.login();
    room =
        new MeetingRoom(
            connection,
            Meeting.jid(ROOM),
            Resourcepart.from("0123abcd"),
            JidCreate.entityBareFrom("focus@auth.meet.test"));
  }

  @AfterEach
  void close() {
    connection.disconnect();
  }

  private void join() throws Exception {
    room.join(presence -> {}, endings::add, 20_000);
    room.observe(
        seen -> {
          if (seen.getFrom().equals(room.focus()) && seen.getType() == Presence.Type.unavailable) {
            focusLeft.countDown(); // After the room has seen it.
          }
        });
  }

  @Test
  void the_focus_ends_it_by_leaving() throws Exception {
    try (ScriptedFocus focus = ScriptedFocus.start(prosody)) {
      focus.inviteNobody();
      focus.enter(Meeting.jid(ROOM));
      join();
    }
    assertThat(endings.poll(20, TimeUnit.SECONDS)).isNotNull();
  }

  @Test
  void who_has_the_nickname_of_the_focus_alone_does_not() throws Exception {
    try (Person somebody = Person.join(prosody, Meeting.jid(ROOM), "focus")) {
      join();
      assertThat(somebody.isIn()).isTrue();
    }
    assertThat(focusLeft.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(endings).isEmpty();
  }

  @Test
  void what_is_said_is_not_kept() throws Exception {
    CountDownLatch said = new CountDownLatch(20);
    try (Person person = Person.join(prosody, Meeting.jid(ROOM), "0badcafe")) {
      join();
      room.chat()
          .addMessageListener(
              message -> {
                if (message.getBody() != null) { // The room's subject comes the same way.
                  said.countDown();
                }
              });
      for (int i = 0; i < 20; i++) {
        person.chat().sendMessage("hello");
      }
      assertThat(said.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(room.chat().pollMessage()).isNull();
    }
  }
}
