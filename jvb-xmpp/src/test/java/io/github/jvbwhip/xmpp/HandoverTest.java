package io.github.jvbwhip.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.jvb.host.Invitation;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jivesoftware.smack.AbstractXMPPConnection;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smackx.muc.MUCAffiliation;
import org.jivesoftware.smackx.muc.MultiUserChat;
import org.jivesoftware.smackx.muc.MultiUserChatManager;
import org.jivesoftware.smackx.muc.packet.MUCUser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jxmpp.jid.EntityFullJid;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.jid.parts.Resourcepart;

/** Rooms in which a publisher is made the moderator. */
class HandoverTest extends MeetingFixture {
  private MultiUserChat chat;

  @BeforeEach
  void openWithNobodyInIt() {
    room = "owned-" + room;
    chat = focus.enter(Meeting.jid(room));
  }

  private EntityFullJid join(String stream) throws Exception {
    return occupant(join(Meeting.newcomer(room, stream, Optional.empty(), Optional.empty()), ends));
  }

  private void own(EntityFullJid who) throws Exception {
    chat.grantOwnership(chat.getOccupant(who).getJid().asBareJid());
  }

  private EntityFullJid occupant(String nick) {
    return JidCreate.entityFullFrom(Meeting.jid(room), Resourcepart.fromOrThrowUnchecked(nick));
  }

  private static Predicate<Presence> owns(EntityFullJid who) {
    return seen ->
        seen.getFrom().equals(who)
            && MUCUser.from(seen).getItem().getAffiliation() == MUCAffiliation.owner;
  }

  @Test
  void a_publisher_that_came_first_makes_the_first_person_a_moderator() throws Exception {
    EntityFullJid publisher = join("obs");
    own(publisher);
    try (Person person = Person.join(prosody, Meeting.jid(room), "0badcafe")) {
      person.await("a moderator", owns(occupant("0badcafe")));
    }
  }

  @Test
  void one_that_inherits_the_room_passes_it_on_and_to_nobody_of_its_kind() throws Exception {
    EntityFullJid publisher = join("obs");
    EntityFullJid another = join("camera");
    try (Person person = Person.join(prosody, Meeting.jid(room), "0badcafe")) {
      own(publisher);
      person.awaitUnless("a moderator", owns(occupant("0badcafe")), owns(another));
    }
  }

  /** Nor does Jicofo make those moderators. */
  @ParameterizedTest
  @ValueSource(strings = {"jigasi", "jibri", "transcriber"})
  void whoever_calls_or_records_is_no_moderator(String what) throws Exception {
    EntityFullJid publisher = join("obs");
    own(publisher);
    String feature = "http://jitsi.org/protocol/" + what;
    try (Person caller = Person.joinAs(feature, prosody, Meeting.jid(room), "0deadbee")) {
      caller.await("the publisher owns", owns(publisher));
      try (Person person = Person.join(prosody, Meeting.jid(room), "0badcafe")) {
        person.awaitUnless("a moderator", owns(occupant("0badcafe")), owns(occupant("0deadbee")));
      }
    }
  }

  @Test
  void where_a_person_moderates_nobody_else_is_made_a_moderator() throws Exception {
    EntityFullJid publisher = join("obs");
    try (Person first = Person.join(prosody, Meeting.jid(room), "0badcafe");
        Person second = Person.join(prosody, Meeting.jid(room), "0deadbee")) {
      chat.grantOwnership(second.connection().getUser().asBareJid());
      second.await("a moderator", owns(occupant("0deadbee")));
      own(publisher);
      second.awaitUnless("the publisher owns", owns(publisher), owns(occupant("0badcafe")));
      join("last"); // What the publisher had to say it has said before.
      second.awaitUnless(
          "another publisher",
          seen -> Person.displayName(seen).filter("last"::equals).isPresent(),
          owns(occupant("0badcafe")));
      assertThat(first.isIn()).isTrue();
    }
  }

  /** Who is a moderator there comes from signing in. */
  @Test
  void where_there_are_accounts_no_guest_is_made_a_moderator() throws Exception {
    meetings.close();
    meetings = new XmppMeetings(Meeting.accounts(prosody.port(), LIMIT));
    EntityFullJid publisher = join("obs");
    try (Person person = Person.join(prosody, Meeting.jid(room), "0badcafe")) {
      own(publisher);
      person.awaitUnless("the publisher owns", owns(publisher), owns(occupant("0badcafe")));
      join("last"); // What the publisher had to say it has said before.
      person.awaitUnless(
          "another publisher",
          seen -> Person.displayName(seen).filter("last"::equals).isPresent(),
          owns(occupant("0badcafe")));
    }
  }

  @Test
  void whom_the_server_refuses_is_passed_over_for_the_next() throws Exception {
    room = "strict-" + room;
    chat = focus.enter(Meeting.jid(room));
    EntityFullJid publisher = join("obs");
    own(publisher);
    try (Person first = Person.join(prosody, Meeting.jid(room), "0badcafe")) {
      first.await("the publisher owns", owns(publisher));
      try (Person second = Person.join(prosody, Meeting.jid(room), "0deadbee")) {
        second.awaitUnless("a moderator", owns(occupant("0deadbee")), owns(occupant("0badcafe")));
      }
      assertThat(first.isIn()).isTrue();
    }
    assertThat(ends.none()).isTrue();
  }

  @Test
  void who_waits_for_the_server_leaves_nevertheless() throws Exception {
    meetings.close();
    meetings = new XmppMeetings(Meeting.settings(prosody, NEVER));
    room = "silent-" + room;
    chat = focus.enter(Meeting.jid(room));
    Invitation invitation = join(Meeting.newcomer(room), ends);
    EntityFullJid publisher = occupant(invitation);
    own(publisher);
    try (Person person = Person.join(prosody, Meeting.jid(room), "0badcafe")) {
      prosody.awaitLog("left unanswered in " + room);
      invitation.leave();
      person.awaitLeft(publisher);
    }
  }

  /** What it does waits for the server, and people do not wait for that. */
  @Test
  void who_has_left_meanwhile_is_passed_over() throws Exception {
    BlockingQueue<Runnable> line = new LinkedBlockingQueue<>();
    CountDownLatch left = new CountDownLatch(1);
    AbstractXMPPConnection connection = prosody.connection("meet.test");
    connection.connect();
    connection.login();
    MultiUserChat own =
        MultiUserChatManager.getInstanceFor(connection).getMultiUserChat(Meeting.jid(room));
    EntityFullJid self = occupant("0123abcd");
    Handover.watch(connection, own, self, line::add, new XmppServer.SignIn.Anonymous());
    own.addParticipantListener(
        seen -> {
          if (seen.getType() == Presence.Type.unavailable) {
            left.countDown();
          }
        });
    own.join(self.getResourcepart());
    chat.grantOwnership(connection.getUser().asBareJid());
    try (Person gone = Person.join(prosody, Meeting.jid(room), "0badcafe")) {
      gone.await("it owns", owns(self));
    }
    assertThat(left.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(line).isNotEmpty();
    for (Runnable task = line.poll(); task != null; task = line.poll()) {
      task.run();
    }
    try (Person person = Person.join(prosody, Meeting.jid(room), "0deadbee")) {
      Runnable task = line.poll(20, TimeUnit.SECONDS);
      assertThat(task).isNotNull();
      task.run();
      person.await("a moderator", owns(occupant("0deadbee")));
    }
    connection.disconnect();
  }
}
