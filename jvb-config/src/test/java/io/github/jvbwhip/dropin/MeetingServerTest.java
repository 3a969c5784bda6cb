package io.github.jvbwhip.dropin;

import static io.github.jvbwhip.dropin.MeetingServer.jid;
import static io.github.jvbwhip.dropin.Peers.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.http.problems.ProblemType;
import io.github.jvbwhip.jvb.fake.FakeConference;
import io.github.jvbwhip.jvb.host.HostEndpoint.Transport;
import io.github.jvbwhip.testpeer.signalling.Reply;
import io.github.jvbwhip.xmpp.Person;
import io.github.jvbwhip.xmpp.Prosody;
import io.github.jvbwhip.xmpp.RequiresProsody;
import io.github.jvbwhip.xmpp.ScriptedFocus;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jitsi.xmpp.extensions.jingle.JingleIQ;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.packet.StanzaError;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jxmpp.jid.EntityFullJid;

/** What publishers and players in meetings are answered. */
@RequiresProsody
@Timeout(60)
class MeetingServerTest {
  private static final String ANONYMOUS = "";
  private static final String UNSEEN =
      "watch { enabled = true, announce = none, tokens { \"*\" = [ viewer ] } }";

  private static Prosody prosody;

  private final String room = "room-" + UUID.randomUUID();
  private ScriptedFocus focus;

  @BeforeAll
  static void startServer() {
    prosody = Prosody.start();
  }

  @AfterAll
  static void stopServer() {
    prosody.close();
  }

  @BeforeEach
  void startFocus() throws Exception {
    focus = ScriptedFocus.start(prosody);
    focus.enter(jid(room));
  }

  @AfterEach
  void stopFocus() {
    focus.close();
  }

  /** The Jitsi Meet's own tokens decide. */
  private static String tokens() {
    return """
        domain = token.meet.test, muc-domain = conference.meet.test, focus = focus.meet.test
        focus-user = "focus@auth.meet.test", xmpp.websocket-url = "%s", auth.mode = token
        watch.enabled = true
        """
        .formatted(prosody.webSocket());
  }

  private static void assertProblem(Reply reply, ProblemType type, String word) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(type.status());
    assertThat(reply.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(reply.body()).contains("\"" + type.uri() + "\"").contains(word);
    assertThat(reply.headers().firstValue("Retry-After").isPresent())
        .isEqualTo(type.status() == 503);
  }

  @Test
  void whoever_has_a_token_of_the_jitsi_meet_publishes_and_watches_with_it() throws Exception {
    String token = "good-for-" + room;
    try (MeetingServer server = new MeetingServer(prosody, tokens());
        Person person = Person.join(prosody, jid(room), "0badcafe")) {
      server.begin(room);
      Reply published = server.publish(room + "/obs", token);
      assertThat(published.status()).as(published.body()).isEqualTo(201);
      EntityFullJid publisher = person.awaitNamed("obs");

      Reply watched = server.watch(room, token);
      assertThat(watched.status()).as(watched.body()).isEqualTo(201);
      person.awaitNamed("Viewers (1)");

      assertThat(MeetingServer.end(published.location().orElseThrow(), token).status())
          .isEqualTo(200);
      person.awaitLeft(publisher);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', UNAUTHORIZED, token",
    "good-for-another, FORBIDDEN, does not let this client sign in",
    "signs-in, FORBIDDEN, is for another room"
  })
  void whoever_has_none_or_another_rooms_does_not(String token, ProblemType type, String word)
      throws Exception {
    try (MeetingServer server = new MeetingServer(prosody, tokens());
        Person person = Person.join(prosody, jid(room), "0badcafe")) {
      server.begin(room);
      int connections = prosody.connections();
      Reply published = server.publish(room + "/obs", token);
      assertProblem(published, type, word);
      Reply watched = server.watch(room, token);
      assertProblem(watched, type, word);
      assertThat(published.headers().firstValue("WWW-Authenticate").isPresent())
          .isEqualTo(type == ProblemType.UNAUTHORIZED);
      prosody.awaitConnections(connections);
      assertThat(person.others()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"good-for-, 201", "made-up, 403"})
  void nobody_waits_for_a_meeting_or_hears_of_ice_servers_by_a_token_that_is_none(
      String token, int status) throws Exception {
    try (MeetingServer server = new MeetingServer(prosody, tokens())) {
      String bearer = token.endsWith("-") ? token + room : token;
      int connections = prosody.connections();
      Reply watched = server.watch(room, bearer);
      assertThat(watched.status()).isEqualTo(status);
      assertThat(
              watched.headers().allValues("Link").stream().anyMatch(l -> l.contains("stun.test")))
          .isEqualTo(status == 201);
      for (String path : List.of("/whip/" + room + "/obs", "/whep/" + room)) {
        assertThat(server.options(path, bearer).headers().firstValue("Link")).as(path).isEmpty();
      }
      prosody.awaitConnections(connections);
    }
  }

  @Test
  void a_token_is_in_no_log() throws Exception {
    try (MeetingServer server = new MeetingServer(prosody, tokens());
        Person person = Person.join(prosody, jid(room), "0badcafe");
        CapturedLog log = new CapturedLog()) {
      server.begin(room);
      assertThat(server.publish(room + "/obs", "good-for-" + room).status()).isEqualTo(201);
      assertThat(server.watch(room, "good-for-" + room).status()).isEqualTo(201);
      assertThat(server.publish(room + "/other", "good-for-another").status()).isEqualTo(403);
      assertThat(server.publish(room + "/other", "signs-in").status()).isEqualTo(403);
      assertThat(person.isIn()).isTrue();
      assertThat(log.text())
          .as("what is logged besides")
          .contains("has joined " + jid(room))
          .doesNotContain("good-for-")
          .doesNotContain("signs-in");
    }
  }

  /** Nothing tells that it has gone but that nothing comes. */
  @Test
  void a_publisher_that_crashes_is_no_ghost_for_more_than_five_seconds() throws Exception {
    try (MeetingServer server = new MeetingServer(prosody, ANONYMOUS);
        Person person = Person.join(prosody, jid(room), "0badcafe")) {
      FakeConference meeting = server.begin(room);
      assertThat(server.publish(room + "/obs", "publisher").status()).isEqualTo(201);
      EntityFullJid publisher = person.awaitNamed("obs");
      meeting.endpoints().forEach(endpoint -> endpoint.setTransport(Transport.CONNECTED));
      long connected = System.nanoTime();
      person.awaitLeft(publisher);
      assertThat(Duration.ofNanos(System.nanoTime() - connected))
          .isBetween(MeetingServer.MEDIA_TIMEOUT, MeetingServer.MEDIA_TIMEOUT.plusSeconds(5));
    }
  }

  /** RFC 6120 section 8.3.3, among them those of XEP-0045 section 7.2. */
  @ParameterizedTest
  @EnumSource(StanzaError.Condition.class)
  void every_condition_of_the_server_is_a_problem_that_says_what_it_is(
      StanzaError.Condition condition) throws Exception {
    String refusing = "refused-" + condition + "." + UUID.randomUUID();
    focus.enter(jid(refusing));
    try (MeetingServer server = new MeetingServer(prosody, ANONYMOUS)) {
      int connections = prosody.connections();
      Reply reply = server.publish(refusing + "/obs", "publisher");
      switch (condition) {
        case registration_required -> assertProblem(reply, ProblemType.FORBIDDEN, "has a lobby");
        case not_authorized -> assertProblem(reply, ProblemType.FORBIDDEN, "needs a password");
        case forbidden -> assertProblem(reply, ProblemType.FORBIDDEN, "is banned");
        case not_allowed -> assertProblem(reply, ProblemType.FORBIDDEN, "for another room");
        case item_not_found -> assertProblem(reply, ProblemType.FORBIDDEN, "has not begun");
        case jid_malformed -> assertProblem(reply, ProblemType.FORBIDDEN, "cannot have this name");
        case service_unavailable, resource_constraint ->
            assertProblem(reply, ProblemType.OVERLOADED, "is full");
        case conflict -> assertProblem(reply, ProblemType.OVERLOADED, "is taken");
        default ->
            assertProblem(
                reply,
                ProblemType.OVERLOADED,
                "cannot be joined: " + condition.toString().replace('-', ' ') + ".");
      }
      prosody.awaitConnections(connections);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a%40b", "a%2Fb", "%22", "a&b", "a'b", "a:b", "a%3Cb", "%20", "~a", "a%00"})
  void what_no_room_can_be_called_is_refused_before_the_server_is_asked(String name)
      throws Exception {
    try (MeetingServer server = new MeetingServer(prosody, "tenants = true")) {
      int connections = prosody.connections();
      Reply reply = server.publish(name + "/obs", "publisher");
      assertThat(reply.status()).as(reply.body()).isIn(400, 404);
      assertThat(prosody.connections()).isEqualTo(connections);
    }
  }

  @Test
  void where_nobody_is_told_players_are_counted_and_not_seen() throws Exception {
    try (MeetingServer server = new MeetingServer(prosody, UNSEEN);
        Person person = Person.join(prosody, jid(room), "0badcafe")) {
      FakeConference meeting = server.begin(room);
      for (int i = 0; i < 2; i++) {
        Reply watched = server.watch(room, "viewer");
        assertThat(watched.status()).as(watched.body()).isEqualTo(201);
      }
      assertThat(meeting.endpoints()).hasSize(2).allMatch(player -> player.plan().visitor());
      meeting.endpoints().forEach(player -> player.setTransport(Transport.CONNECTED));
      eventually("both are counted", () -> server.viewers(room) == 2);

      try (Person late = Person.join(prosody, jid(room), "0b0b0b0b")) {
        person.awaitUnless(
            "the next who comes",
            seen -> seen.getFrom().getResourceOrEmpty().toString().equals("0b0b0b0b"),
            seen ->
                seen.getType() == Presence.Type.available && Person.displayName(seen).isPresent());
        assertThat(late.others()).containsExactly("0badcafe");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "muc#roomconfig_membersonly, true, lobby",
    "muc#roomconfig_roomsecret, secret, password"
  })
  void where_nobody_is_told_a_closed_room_is_closed_all_the_same(
      String field, String value, String word) throws Exception {
    focus.configure(jid(room), field, value);
    try (MeetingServer server = new MeetingServer(prosody, UNSEEN)) {
      server.begin(room);
      int connections = prosody.connections();
      assertProblem(server.watch(room, "viewer"), ProblemType.FORBIDDEN, word);
      prosody.awaitConnections(connections);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"audio", "video"})
  void where_the_meeting_has_one_kind_of_media_the_other_is_to_be_left_out(String missing)
      throws Exception {
    focus.edit(offer -> without(offer, missing));
    try (MeetingServer server = new MeetingServer(prosody, ANONYMOUS);
        Person person = Person.join(prosody, jid(room), "0badcafe")) {
      server.begin(room);
      assertProblem(
          server.publish(room + "/obs", "publisher"),
          ProblemType.NO_COMMON_CODEC,
          "this room takes no " + missing + ".");
      person.awaitLeft(person.awaitNamed("obs"));
    }
  }

  private static JingleIQ without(JingleIQ offer, String media) {
    JingleIQ other = new JingleIQ(offer.getAction(), offer.getSID());
    other.setType(offer.getType());
    other.setTo(offer.getTo());
    other.setInitiator(offer.getInitiator());
    offer.getContentList().stream()
        .filter(content -> !content.getName().equals(media))
        .forEach(other::addContent);
    return other;
  }
}
