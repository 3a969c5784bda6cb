package io.github.jvbwhip.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.BridgeException.Reason;
import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.jvb.host.Audience;
import io.github.jvbwhip.jvb.host.AudienceListener;
import io.github.jvbwhip.xmpp.AudienceSettings.Announcement;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jitsi.xmpp.extensions.jingle.JingleAction;
import org.jitsi.xmpp.extensions.jingle.JingleIQ;
import org.jivesoftware.smack.XMPPException;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.packet.PresenceBuilder;
import org.jivesoftware.smack.packet.StanzaError;
import org.jivesoftware.smackx.muc.MultiUserChat;
import org.jivesoftware.smackx.nick.packet.Nick;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.jxmpp.jid.EntityFullJid;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.jid.parts.Resourcepart;

/** Those who watch, in the rooms of a real XMPP server. */
class MeetingAudienceTest extends MeetingFixture {
  private final Heard heard = new Heard();

  /** Keeps what an audience's listener hears. */
  private static final class Heard implements AudienceListener {
    private final BlockingQueue<String> words = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();

    @Override
    public void changed() {
      words.add("changed");
    }

    @Override
    public void ended(EndReason reason, String detail) {
      ends.add("ended: " + detail);
    }

    @Override
    public void removed(String detail) {
      ends.add("removed: " + detail);
    }

    void awaitChange() throws InterruptedException {
      assertThat(words.poll(20, TimeUnit.SECONDS)).isEqualTo("changed");
    }

    String end() throws InterruptedException {
      String end = ends.poll(20, TimeUnit.SECONDS);
      assertThat(end).as("an end").isNotNull();
      return end;
    }
  }

  private static XmppMeetings meetings(Announcement announcement) {
    return new XmppMeetings(
        Meeting.settings(prosody, LIMIT), new AudienceSettings(announcement, "Viewers"));
  }

  private Audience watch() throws Exception {
    return watch(meetings, Optional.empty()).get(30, TimeUnit.SECONDS);
  }

  private CompletableFuture<Audience> watch(XmppMeetings in, Optional<String> token) {
    return in.watch(Meeting.jid(room).toString(), token, heard);
  }

  private EntityFullJid occupant(Audience audience) {
    return JidCreate.entityFullFrom(
        Meeting.jid(room), Resourcepart.fromOrThrowUnchecked(audience.endpointId()));
  }

  private static Predicate<Presence> named(String name) {
    return presence -> Person.displayName(presence).filter(name::equals).isPresent();
  }

  private void call(Person who, String name) throws Exception {
    PresenceBuilder presence =
        who.connection()
            .getStanzaFactory()
            .buildPresenceStanza()
            .to(JidCreate.entityFullFrom(Meeting.jid(room), who.chat().getNickname()));
    who.connection().sendStanza(presence.addExtension(new Nick(name)).build());
  }

  @Test
  void the_people_see_one_participant_for_all_who_watch() throws Exception {
    Audience audience = watch();
    Presence presence = person.await("an audience", named("Viewers (1)"));
    assertThat(presence.getFrom().toString()).isEqualTo(occupant(audience).toString());
    assertThat(audience.endpointId()).matches("[0-9a-f]{8}");
    assertThat(Person.text(presence, "jitsi_participant_viewers")).isEqualTo("1");

    audience.count(3);
    person.await("three", named("Viewers (3)"));
    audience.leave();
    person.awaitLeft(occupant(audience));
  }

  /** Each presence goes to everybody in the room. */
  @Test
  void many_who_come_at_once_are_told_at_once() throws Exception {
    Audience audience = watch();
    person.await("an audience", named("Viewers (1)"));
    audience.count(2);
    person.await("two", named("Viewers (2)"));
    for (int viewers = 3; viewers <= 50; viewers++) {
      audience.count(viewers);
    }
    person.awaitUnless("fifty", named("Viewers (50)"), named("Viewers (50)").negate());
  }

  @Test
  void it_knows_the_people_by_their_names() throws Exception {
    Audience audience = watch();
    assertThat(audience.people()).isEmpty();
    call(person, "Alice");
    heard.awaitChange();
    assertThat(audience.people()).isEqualTo(Map.of("0badcafe", "Alice"));
    try (Person bob = Person.join(prosody, Meeting.jid(room), "0b0b0b0b")) {
      heard.awaitChange();
      call(bob, "Bob");
      heard.awaitChange();
      assertThat(audience.people()).isEqualTo(Map.of("0badcafe", "Alice", "0b0b0b0b", "Bob"));
    }
    heard.awaitChange();
    assertThat(audience.people()).isEqualTo(Map.of("0badcafe", "Alice"));
  }

  @Test
  void it_does_not_stay_when_nobody_is_left() throws Exception {
    watch();
    try (XmppMeetings others = meetings(Announcement.PARTICIPANT)) {
      watch(others, Optional.empty()).get(30, TimeUnit.SECONDS);
      person.close();
      assertThat(heard.end()).contains("ended: nobody is left");
      assertThat(heard.end()).contains("ended: nobody is left");
    }
  }

  @Test
  void who_says_what_makes_no_sense_as_he_leaves_has_left() throws Exception {
    watch();
    person
        .connection()
        .sendNonza(
            new RawXml(
                "<presence type='unavailable' to='%s/0badcafe'><priority>abc</priority></presence>"
                    .formatted(Meeting.jid(room))));
    assertThat(heard.end()).contains("ended: nobody is left");
  }

  @Test
  void it_is_not_the_first_in_a_room() throws Exception {
    room = "nobody" + room;
    assertThat(refusal(() -> watch(meetings, Optional.empty())))
        .hasMessageContaining("Nobody is in the meeting")
        .extracting(BridgeException::reason)
        .isEqualTo(Reason.OVERLOADED);
    try (Person late = Person.join(prosody, Meeting.jid(room), "0badcafe")) {
      awaitAlone(late);
    }
  }

  /** Whoever has been refused may be seen leaving. */
  private static void awaitAlone(Person who) throws InterruptedException {
    if (!who.others().isEmpty()) {
      who.await("somebody leaves", seen -> seen.getType() == Presence.Type.unavailable);
    }
    assertThat(who.others()).isEmpty();
  }

  private void moderate() throws Exception {
    MultiUserChat chat = focus.enter(Meeting.jid(room));
    chat.grantModerator(Resourcepart.from("0badcafe"));
  }

  @Test
  void a_moderator_can_throw_it_out() throws Exception {
    Audience audience = watch();
    moderate();
    person.chat().kickParticipant(Resourcepart.from(audience.endpointId()), "out");
    assertThat(heard.end()).contains("removed: a moderator has removed it");
    audience.leave();
    audience.count(2);
    assertThat(heard.ends).isEmpty();
  }

  @Test
  void a_room_that_is_destroyed_ends_it() throws Exception {
    watch();
    focus.enter(Meeting.jid(room)).destroy("over", null);
    assertThat(heard.end()).startsWith("ended: ");
  }

  /** Jicofo frees the endpoint then, and does not try again. */
  @Test
  void invitations_of_the_focus_are_refused() throws Exception {
    focus.inviteNobody();
    Audience audience = watch();
    assertThat(person.featuresOf(occupant(audience))).isEmpty();
    JingleIQ offer = focus.offer(occupant(audience));
    Throwable refusal = catchThrowable(() -> focus.ask(offer));
    assertThat(refusal).isInstanceOf(XMPPException.XMPPErrorException.class);
    assertThat(((XMPPException.XMPPErrorException) refusal).getStanzaError().getCondition())
        .isEqualTo(StanzaError.Condition.service_unavailable);
    assertThat(focus.hasNothing()).isTrue();
  }

  @Test
  void people_who_would_send_media_to_it_directly_are_declined() throws Exception {
    Audience audience = watch();
    JingleIQ answer = person.invite(occupant(audience));
    assertThat(answer.getAction()).isEqualTo(JingleAction.SESSION_TERMINATE);
  }

  @ParameterizedTest
  @CsvSource({
    "muc#roomconfig_membersonly, true, lobby, PARTICIPANT",
    "muc#roomconfig_roomsecret, secret, password, PARTICIPANT",
    "muc#roomconfig_membersonly, true, lobby, NONE",
    "muc#roomconfig_roomsecret, secret, password, NONE"
  })
  void a_room_that_is_closed_is_closed_to_it(
      String field, String value, String word, Announcement announcement) throws Exception {
    room = "closed" + room;
    focus.configure(Meeting.jid(room), field, value);
    try (XmppMeetings closed = meetings(announcement)) {
      assertThat(refusal(() -> watch(closed, Optional.empty())))
          .hasMessageContaining(word)
          .extracting(BridgeException::reason)
          .isEqualTo(Reason.FORBIDDEN);
    }
  }

  @ParameterizedTest
  @EnumSource(Announcement.class)
  void the_chat_is_told_once_where_that_is_wanted(Announcement announcement) throws Exception {
    BlockingQueue<String> said = new LinkedBlockingQueue<>();
    person
        .chat()
        .addMessageListener(
            message -> {
              if (message.getBody() != null) { // Not the room's subject.
                said.add(message.getBody());
              }
            });
    try (XmppMeetings telling = meetings(announcement)) {
      Audience audience = watch(telling, Optional.empty()).get(30, TimeUnit.SECONDS);
      if (announcement == Announcement.CHAT) {
        assertThat(said.poll(20, TimeUnit.SECONDS)).contains("is being watched");
      }
      audience.admit(Optional.empty()).get(30, TimeUnit.SECONDS);
      audience.count(2);
      if (announcement != Announcement.NONE) {
        person.await("two", named("Viewers (2)"));
      }
      person.chat().sendMessage("after that");
      assertThat(said.poll(20, TimeUnit.SECONDS)).isEqualTo("after that");
    }
  }

  @Test
  void where_nobody_is_told_nobody_joins() throws Exception {
    try (XmppMeetings silent = meetings(Announcement.NONE)) {
      Audience audience = watch(silent, Optional.empty()).get(30, TimeUnit.SECONDS);
      audience.count(5);
      assertThat(audience.people()).isEmpty();
      assertThat(audience.endpointId()).doesNotMatch("[0-9a-f]{8}");
      awaitAlone(person);
    }
  }

  /** Of each player the server is asked, and the people see nobody come and go. */
  @Test
  void with_the_meetings_own_tokens_the_server_decides_for_each_player() throws Exception {
    try (XmppMeetings asking =
        new XmppMeetings(
            Meeting.webSocket(prosody, "token.meet.test", new XmppServer.SignIn.Token(), LIMIT))) {
      Optional<String> good = Optional.of("good-for-" + room);
      Optional<String> bad = Optional.of("good-for-another");
      assertThat(refusal(() -> watch(asking, bad)).reason()).isEqualTo(Reason.FORBIDDEN);
      assertThat(refusal(() -> watch(asking, Optional.empty())).reason())
          .isEqualTo(Reason.FORBIDDEN);

      Audience audience = watch(asking, good).get(30, TimeUnit.SECONDS);
      person.await("an audience", named("Viewers (1)"));
      audience.admit(good).get(30, TimeUnit.SECONDS);
      assertThat(refusal(() -> audience.admit(bad)).reason()).isEqualTo(Reason.FORBIDDEN);
      assertThat(refusal(() -> audience.admit(Optional.empty())).reason())
          .isEqualTo(Reason.FORBIDDEN);

      audience.count(2);
      person.awaitUnless("two", named("Viewers (2)"), named("Viewers (2)").negate());
    }
  }

  /** Signed in is not admitted: only the room looks at what a token is for. */
  @Test
  void nobody_is_admitted_by_an_audience_that_has_left() throws Exception {
    try (XmppMeetings tokens =
        new XmppMeetings(
            Meeting.webSocket(prosody, "token.meet.test", new XmppServer.SignIn.Token(), LIMIT))) {
      Optional<String> good = Optional.of("good-for-" + room);
      Audience audience = watch(tokens, good).get(30, TimeUnit.SECONDS);
      audience.leave();
      assertThat(refusal(() -> audience.admit(Optional.of("signs-in"))).reason())
          .isEqualTo(Reason.OVERLOADED);
    }
  }

  /** A token may sign in and be for another room: the room tells, and before it looks at names. */
  @Test
  void a_player_whom_the_room_does_not_let_in_is_not_admitted() throws Exception {
    try (XmppMeetings asking =
        new XmppMeetings(
            Meeting.webSocket(prosody, "token.meet.test", new XmppServer.SignIn.Token(), LIMIT))) {
      Optional<String> good = Optional.of("good-for-" + room);
      Audience audience = watch(asking, good).get(30, TimeUnit.SECONDS);
      assertThat(refusal(() -> audience.admit(Optional.of("signs-in"))))
          .hasMessageContaining("for another room")
          .extracting(BridgeException::reason)
          .isEqualTo(Reason.FORBIDDEN);
      focus.configure(Meeting.jid(room), "muc#roomconfig_roomsecret", "secret");
      assertThat(refusal(() -> audience.admit(good)))
          .hasMessageContaining("password")
          .extracting(BridgeException::reason)
          .isEqualTo(Reason.FORBIDDEN);
    }
  }

  @Test
  void whoever_gives_up_leaves_nobody_behind() throws Exception {
    CompletableFuture<Audience> joining = watch(meetings, Optional.empty());
    joining.cancel(false);
    meetings.close();
    awaitAlone(person);
  }
}
