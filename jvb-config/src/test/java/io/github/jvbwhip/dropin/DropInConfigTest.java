package io.github.jvbwhip.dropin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.github.jvbwhip.http.config.InvalidConfigException;
import io.github.jvbwhip.jvb.Watching;
import io.github.jvbwhip.jvb.room.StageRule;
import io.github.jvbwhip.xmpp.AudienceSettings;
import io.github.jvbwhip.xmpp.MeetingNames;
import io.github.jvbwhip.xmpp.MeetingSettings;
import io.github.jvbwhip.xmpp.XmppServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DropInConfigTest {
  private static final String OPEN = "videobridge.whip.foreign-conferences = true\n";

  /** Its stress is the load of the whole machine, and the bridge itself refuses nobody for it. */
  @Test
  void no_session_is_refused_for_load_by_default() throws Exception {
    assertThat(read("videobridge { whip.enabled = true, whep.enabled = true }").stressLimit())
        .isZero();
  }

  @Test
  void foreign_conferences_are_closed_by_default() throws Exception {
    assertThat(
            read("videobridge { whip.enabled = true, whep.enabled = true }").foreignConferences())
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jvb.conf.sample", "../packaging/src/compose/custom-jvb.conf"})
  void the_samples_for_the_bridge_ask_publishers_for_a_token(String sample) throws Exception {
    Config config =
        ConfigFactory.parseFile(Path.of(sample).toFile())
            .withFallback(ConfigFactory.parseString("WHIP_TOKEN = of-the-environment"))
            .withFallback(ConfigFactory.defaultReference())
            .resolve();
    DropInConfig read = DropInConfig.read(config);
    assertThat(read.server().orElseThrow().port()).hasValue(8081);
    assertThat(config.getStringList("videobridge.whip.auth.tokens")).hasSize(1);
    assertThat(read.whip().http().trustedProxies()).isNotEmpty();
    assertThat(read.whep().http().trustedProxies()).isEqualTo(read.whip().http().trustedProxies());
  }

  @ParameterizedTest
  @ValueSource(strings = {"nginx.conf.sample", "../packaging/src/compose/nginx-whip.conf"})
  void the_samples_for_nginx_let_pass_what_is_read(String file) throws Exception {
    String sample = Files.readString(Path.of(file));
    List<String> limits =
        sample.lines().map(String::strip).filter(l -> l.startsWith("client_max")).toList();
    for (String protocol : List.of("whip", "whep")) {
      long bytes =
          ConfigFactory.defaultReference().getBytes("videobridge." + protocol + ".body-limit");
      assertThat(limits).hasSize(3).containsOnly("client_max_body_size " + bytes / 1024 + "k;");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'whip.enabled = true, whep { enabled = true, auth.tokens = [ b ] }', whip",
    "'whip { enabled = true, auth.tokens = [ a ] }, whep.enabled = true', whep",
    "'whep.enabled = true', whep",
  })
  void they_are_not_opened_while_a_protocol_is_without_tokens(String protocols, String named) {
    assertThatThrownBy(() -> read(OPEN + "videobridge { " + protocols + " }"))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("videobridge.whip.foreign-conferences has to be false while")
        .hasMessageContaining("videobridge." + named + ".auth lets everyone in")
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "whip { enabled = true, auth.tokens = [ a ] }, whep { enabled = true, auth.tokens = [ b ]"
            + " }",
        "whep { enabled = true, auth.tokens = [ b ] }",
      })
  void they_are_opened_where_every_protocol_has_tokens(String protocols) throws Exception {
    assertThat(read(OPEN + "videobridge { " + protocols + " }").foreignConferences()).isTrue();
  }

  private static DropInConfig read(String text) throws InvalidConfigException {
    return DropInConfig.read(
        ConfigFactory.parseString(text).withFallback(ConfigFactory.defaultReference()));
  }

  @Test
  void what_the_guide_has_for_the_bridge_is_taken() throws Exception {
    String guide = Files.readString(Path.of("..", "docs", "jitsi-meet.md"));
    List<String> examples =
        Pattern.compile("```hocon\\n(.*?)```", Pattern.DOTALL)
            .matcher(guide)
            .results()
            .map(found -> found.group(1))
            .filter(example -> example.strip().startsWith("videobridge"))
            .toList();
    assertThat(examples).hasSizeGreaterThan(3);
    for (String example : examples) {
      String with = "videobridge.whip { enabled = true, auth.tokens = [ t ] }\n";
      assertThat(read(with + example)).isNotNull();
    }
  }

  @Test
  void proxy_headers_are_taken_of_somebody() throws Exception {
    String server = "videobridge.whip { http-server { port = 8080, proxy-protocol = true } }\n";
    assertThatThrownBy(() -> read(server))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageStartingWith("videobridge.whip.http-server.proxy-protocol needs videobridge.");
    assertThat(read(server + "videobridge.whip.trusted-proxies = [ 10.0.0.1 ]").server())
        .isPresent();
  }

  @Test
  void there_are_no_meetings_by_default() throws Exception {
    assertThat(read("videobridge { whip.enabled = true }").meetings()).isEmpty();
  }

  @Test
  void a_meetings_domain_tells_the_others() throws Exception {
    MeetingSettings meetings =
        read(meetings("domain = meet.test", "auth.tokens = [ a ]"))
            .meetings()
            .orElseThrow()
            .settings();
    assertThat(meetings.names().muc().toString()).isEqualTo("conference.meet.test");
    assertThat(meetings.names().tenants()).isFalse();
    assertThat(meetings.names().breakout()).isEmpty();
    assertThat(meetings.focus().toString()).isEqualTo("focus.meet.test");
    assertThat(meetings.focusUser().toString()).isEqualTo("focus@auth.meet.test");
    assertThat(meetings.server().security()).isEqualTo(XmppServer.Security.REQUIRED);
    assertThat(meetings.server().signIn()).isEqualTo(new XmppServer.SignIn.Anonymous());
    assertThat(meetings.joinTimeout()).hasSeconds(6);
  }

  @Test
  void other_bridges_are_known_by_region_and_address() throws Exception {
    String bridge =
        "domain = meet.test, bridges = [ { names = [ eu, \"192.0.2.1\" ],"
            + " url = \"https://b.example/whip\" } ]";
    assertThat(
            read(meetings(bridge, "auth.tokens = [ a ]"))
                .meetings()
                .orElseThrow()
                .settings()
                .bridges())
        .isEqualTo(Map.of("eu", "https://b.example/whip", "192.0.2.1", "https://b.example/whip"));
  }

  @Test
  void tenants_and_breakout_rooms_are_there_where_they_are_wanted() throws Exception {
    MeetingNames names =
        read(meetings(
                "domain = meet.test, tenants = true, breakout-rooms = true", "auth.tokens = [ a ]"))
            .meetings()
            .orElseThrow()
            .settings()
            .names();
    assertThat(names.tenants()).isTrue();
    assertThat(names.breakout().orElseThrow().toString()).isEqualTo("breakout.meet.test");
  }

  @ParameterizedTest
  @CsvSource({
    "'', 'auth.tokens = [ a ]', jitsi.domain has to be the domain",
    "'domain = meet.test', '', jitsi.enabled has to be false while",
    "'domain = \"a b@c\"', 'auth.tokens = [ a ]', jitsi.domain has to be a domain",
    "'domain = meet.test, auth.mode = account', 'auth.tokens = [ a ]', jitsi.auth.user has to be",
    "'domain = meet.test, auth.mode = token', '', jitsi.auth.mode has to be anonymous or account",
    "'domain = meet.test, xmpp.websocket-url = \"http://a\"', 'auth.tokens = [ a ]', websocket-url"
        + " has to be",
    "'domain = meet.test, xmpp.port = 70000', 'auth.tokens = [ a ]', xmpp.port has to be",
    "'domain = meet.test, muc = a', 'auth.tokens = [ a ]', jitsi.muc is not a known key",
    "'domain = meet.test, bridges = [ { names = [ a ], url = b } ]', 'auth.tokens = [ a ]',"
        + " jitsi.bridges[0].url has to be",
    "'domain = meet.test, bridge = local', 'auth.tokens = [ a ]', jitsi.bridge has to be one of"
        + " local-only, any",
    "'domain = meet.test, xmpp.prot = 1', 'auth.tokens = [ a ]', jitsi.xmpp.prot is not a known"
        + " key",
  })
  void meetings_that_make_no_sense_are_told(String jitsi, String whip, String words) {
    assertThatThrownBy(() -> read(meetings(jitsi, whip)))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining(words)
        .hasMessageNotContaining("\n");
  }

  @Test
  void publishers_are_on_this_bridge_unless_any_is_taken() throws Exception {
    String tokens = "auth.tokens = [ a ]";
    assertThat(settings("domain = meet.test", tokens).onAnyBridge()).isFalse();
    assertThat(settings("domain = meet.test, bridge = any", tokens).onAnyBridge()).isTrue();
  }

  private static MeetingSettings settings(String jitsi, String whip) throws InvalidConfigException {
    return read(meetings(jitsi, whip)).meetings().orElseThrow().settings();
  }

  @Test
  void tokens_of_the_meeting_do_for_tokens_of_ones_own() throws Exception {
    String jitsi =
        "domain = meet.test, auth.mode = token, xmpp.websocket-url = \"wss://meet.test/xmpp\"";
    assertThat(read(meetings(jitsi, "")).meetings()).isPresent();
  }

  /** Whoever may watch meetings may watch all that is here, and nobody else. */
  @Test
  void the_log_says_who_watches_where_meetings_are_watched() throws Exception {
    String whep = "\nvideobridge.whep.enabled = true";
    String byRooms = meetings(MEETING + "tokens { a = [ t ] } }", "auth.tokens = [ a ]");
    assertThat(read(byRooms + whep).whepAccess()).isEqualTo("token of the room needed");
    String byMeetings =
        meetings(
            MEETING + "}, auth.mode = token, xmpp.websocket-url = \"wss://meet.test/xmpp\"", "");
    assertThat(read(byMeetings + whep).whepAccess()).isEqualTo("token of the meeting needed");
    assertThat(read(byMeetings).whepAccess()).isEqualTo("off");
  }

  private static final String MEETING = "domain = meet.test, watch { enabled = true, ";
  private static final String TOKEN_MODE =
      "auth.mode = token, xmpp.websocket-url = \"wss://meet.test/xmpp\"";

  @Test
  void a_stranger_watches_no_meeting_by_default() throws Exception {
    WatchConfig watch =
        read(meetings("domain = meet.test", "auth.tokens = [ a ]"))
            .meetings()
            .orElseThrow()
            .watch();
    assertThat(watch.enabled()).isFalse();
    assertThat(watch.watching()).isEqualTo(Watching.CLOSED);
  }

  @Test
  void meetings_are_watched_with_the_tokens_of_their_rooms() throws Exception {
    WatchConfig watch =
        read(meetings(
                MEETING + "tokens { Standup = [ s ], \"a.b~c\" = [ t, u ], \"*\" = [ v ] } }",
                "auth.tokens = [ a ]"))
            .meetings()
            .orElseThrow()
            .watch();
    assertThat(watch.watching()).isEqualTo(new Watching(true, StageRule.SCREEN));
    assertThat(watch.audience()).isEqualTo(AudienceSettings.USUAL);
    assertThat(watch.tokens())
        .containsEntry("standup", List.of("s"))
        .containsEntry("a.b~c", List.of("t", "u"));
    assertThat(watch.tokensOfAll()).containsExactly("v");
    assertThat(watch.toString()).doesNotContain("[s]", "[t", "[v]");
  }

  @Test
  void with_the_meetings_own_tokens_no_list_is_needed() throws Exception {
    assertThat(
            read(meetings(MEETING + "stage = speaker }, " + TOKEN_MODE, ""))
                .meetings()
                .orElseThrow()
                .watch()
                .watching())
        .isEqualTo(new Watching(true, StageRule.SPEAKER));
  }

  @ParameterizedTest
  @CsvSource({
    "'}', jitsi.watch.enabled has to be false while watch.tokens names no token",
    "'tokens { a = [] } }', jitsi.watch.enabled has to be false while watch.tokens names no token",
    "'tokens { a = [ b ] }, announce = none }, TOKEN_MODE', jitsi.watch.tokens has to be empty"
        + " while",
    "'announce = none }, TOKEN_MODE', jitsi.watch.announce has to be participant or chat while",
    "'tokens { a = [ \"\" ] } }', jitsi.watch.tokens has to be lists of tokens that are not empty",
    "'tokens { \"a b\" = [ c ] } }', jitsi.watch.tokens has to be lists of tokens by the names of",
    "'tokens { a = [ b ], A = [ c ] } }', jitsi.watch.tokens has to be one list for each room",
    "'tokens { a.b = [ c ] } }', jitsi.watch.tokens.\"a\" has to be a list of texts",
    "'tokens { a = [ b ] }, display-name = \"\" }', jitsi.watch.display-name has to be a text",
    "'tokens { a = [ b ] }, announce = loudly }', jitsi.watch.announce has to be one of"
        + " participant",
    "'tokens { a = [ b ] }, token = c }', jitsi.watch.token is not a known key",
    "'tokens { a = [ b ] } }, OPEN', videobridge.whip.foreign-conferences has to be false while",
  })
  void watching_that_makes_no_sense_is_told(String watch, String words) {
    String open = watch.contains("OPEN") ? OPEN : "";
    String jitsi = MEETING + watch.replace(", OPEN", "").replace("TOKEN_MODE", TOKEN_MODE);
    assertThatThrownBy(() -> read(open + meetings(jitsi, "auth.tokens = [ a ]")))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining(words)
        .hasMessageNotContaining("\n");
  }

  /** Publishers have the meeting's own; players into any conference need others. */
  @Test
  void with_the_meetings_own_tokens_foreign_conferences_need_no_tokens_of_publishers()
      throws Exception {
    String meetings = meetings("domain = meet.test, " + TOKEN_MODE, "");
    assertThat(
            read(OPEN + meetings + "\nvideobridge.whep { enabled = true, auth.tokens = [ b ] }")
                .foreignConferences())
        .isTrue();
    assertThatThrownBy(() -> read(OPEN + meetings + "\nvideobridge.whep.enabled = true"))
        .hasMessageContaining("videobridge.whep.auth lets everyone in");
  }

  private static String meetings(String jitsi, String whip) {
    return "videobridge.whip { enabled = true, "
        + whip
        + "\njitsi { enabled = true, "
        + jitsi
        + " } }";
  }

  @ParameterizedTest
  @CsvSource({
    "'relay { enabled = true, relay-id = a }', ''",
    "'octo { enabled = true, relay-id = a }', ''",
    "'relay { enabled = true, relay-id = a }, sctp.enabled = false, websockets.enabled = true', ''",
    "'', cluster.enabled has to be false while videobridge.relay has no enabled = true",
    "'relay.enabled = true', cluster.enabled has to be false while videobridge.relay has no",
    "'relay { enabled = true, relay-id = a }, sctp.enabled = false', cluster.enabled has to be"
        + " false while both",
  })
  void a_cluster_needs_the_relays_of_its_bridge(String bridge, String words) throws Exception {
    String text =
        "videobridge { sctp.enabled = true, whip { enabled = true, cluster { enabled = true"
            + ", self = \"http://a\", secret = \"0123456789abcdef0123456789abcdef\" } } }\n"
            + "videobridge { "
            + bridge
            + " }";
    if (words.isEmpty()) {
      assertThat(read(text).cluster().self()).isEqualTo("http://a");
    } else {
      assertThatThrownBy(() -> read(text))
          .isInstanceOf(InvalidConfigException.class)
          .hasMessageContaining(words);
    }
  }

  /** The members that are to be linked to such a room do not know that it is a meeting. */
  @Test
  void a_cluster_has_no_conferences_of_others_but_meetings() throws Exception {
    String cluster =
        "videobridge { relay { enabled = true, relay-id = a }, sctp.enabled = true"
            + ", whip { enabled = true, auth.tokens = [ t ], cluster { enabled = true"
            + ", self = \"http://a\", secret = \"0123456789abcdef0123456789abcdef\" } } }\n";
    assertThatThrownBy(() -> read(cluster + OPEN))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining(
            "videobridge.whip.foreign-conferences has to be false while"
                + " videobridge.whip.cluster.enabled is true, but for jitsi.enabled = true");
    assertThat(
            read(cluster + OPEN + "videobridge.whip.jitsi { enabled = true, domain = meet.test }")
                .cluster()
                .enabled())
        .isTrue();
  }
}
