package io.github.jvbwhip.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.github.jvbwhip.http.config.InvalidConfigException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GivenKeysTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "videobrige.whip.auth.tokens = [ t ]",
        "videobridge.wihp.auth.tokens = [ t ]",
        "standalon.bridge = embedded",
        "videobridgewhip = 1",
        "videobridge.whip.cluster.membrs = []",
        "videobridge.whip.cluster = []",
        "videobridge.whip.http-server.prot = 1",
        "videobridge.whip.jitsi.xmpp.prot = 1",
        "videobridge.whip.jitsi.watch.token { standup = [ t ] }"
      })
  void what_nobody_reads_is_refused_with_either_bridge(String hocon) {
    Config file = ConfigFactory.parseString(hocon);
    assertThatThrownBy(() -> GivenKeys.check(file, false))
        .isInstanceOf(InvalidConfigException.class);
    assertThatThrownBy(() -> GivenKeys.check(file, true))
        .isInstanceOf(InvalidConfigException.class);
  }

  @Test
  void a_jitsi_videobridge_has_keys_of_its_own() {
    Config file = ConfigFactory.parseString("videobridge.cc.jvb-last-n = 5, ice4j.harvest {}");
    assertThatCode(() -> GivenKeys.check(file, true)).doesNotThrowAnyException();
    assertThatThrownBy(() -> GivenKeys.check(file, false)).hasMessageContaining("not a known key");
  }

  @Test
  void who_may_do_what_is_said() throws Exception {
    assertThat(access("")).isEqualTo(new Banner.Access("open to everyone", "open to everyone"));
    assertThat(access("whip.auth.tokens = [ t ], whep.enabled = false"))
        .isEqualTo(new Banner.Access("token needed", "off"));
    Banner.Access half = access("whep.auth.tokens = [ t ]");
    assertThat(new Banner("embedded", "127.0.0.1", 1, half, true, Optional.empty()).text())
        .contains("Access:  WHIP open to everyone, WHEP token needed");
  }

  /** Every connection by a proxy would be refused. */
  @Test
  void proxy_headers_are_taken_of_somebody() throws Exception {
    String own =
        "standalone { http { port = 0, proxy-protocol = true }, udp-port = 0 }\n"
            + "videobridge { whip.auth.mode = none, whep.auth.mode = none }\n";
    Config config = Standalone.configuration(ConfigFactory.parseString(own));
    assertThatThrownBy(() -> GivenKeys.accessOnJvb(config))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageStartingWith("standalone.http.proxy-protocol needs videobridge.whip.trusted-");
    assertThatThrownBy(() -> Standalone.start(config).close())
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageStartingWith("standalone.http.proxy-protocol needs videobridge.whip.trusted-");
    assertThat(
            GivenKeys.accessOnJvb(
                Standalone.configuration(
                    ConfigFactory.parseString(
                        own + "videobridge.whip.trusted-proxies = [ 10.0.0.0/8 ]"))))
        .isNotNull();
  }

  @Test
  void one_file_may_serve_both_bridges() throws Exception {
    Config file =
        ConfigFactory.parseString(
            "standalone { drain-timeout = 1s, http.port = 0, metrics.allow = [], tcp-port = 1 },"
                + "videobridge.whip { pages = false, cluster.members = [], max-sessions = 5 }");
    assertThat(GivenKeys.unread(file, true))
        .containsExactly("standalone.drain-timeout", "standalone.metrics", "standalone.tcp-port");
    assertThat(GivenKeys.unread(file, false))
        .containsExactly("videobridge.whip.cluster", "videobridge.whip.pages");
    GivenKeys.check(file, true);
    GivenKeys.check(file, false);
  }

  @Test
  void meetings_rooms_are_any_that_are_named() throws Exception {
    GivenKeys.check(
        ConfigFactory.parseString("videobridge.whip.jitsi.watch.tokens { standup = [ t ] }"), true);
  }

  @Test
  void keys_of_the_operator_are_looked_at_before_a_bridge_starts() {
    assertThatThrownBy(() -> access("whip.operator.tokns = [ t ]"))
        .hasMessageContaining("videobridge.whip.operator.tokns is not a known key");
  }

  /** As the jar has it. */
  @ParameterizedTest
  @CsvSource({
    "'', open to everyone, open to everyone",
    "'auth.mode = token', token of the meeting needed, open to everyone",
    "'watch.enabled = true', open to everyone, token of the room needed",
    "'auth.mode = token, watch.enabled = true', token of the meeting needed, token of the meeting"
        + " needed"
  })
  void meetings_have_a_say_in_who_is_let_in(String jitsi, String whip, String whep)
      throws Exception {
    assertThat(access("whip.jitsi { enabled = true, " + jitsi + " }"))
        .isEqualTo(new Banner.Access(whip, whep));
    assertThat(access("whip.jitsi { " + jitsi + " }").whip()).isEqualTo("open to everyone");
  }

  @ParameterizedTest
  @CsvSource({
    "'', publish",
    "'auth.mode = token', watch",
    "'watch.enabled = true', publish",
    "'auth.mode = token, watch.enabled = true', ",
  })
  void what_a_meeting_does_not_close_is_not_open_unsaid(String jitsi, String verb) {
    String keys = "whip.jitsi { enabled = true, " + jitsi + " } }, standalone.http.host = \"::\" #";
    if (verb == null) {
      assertThatCode(() -> access(keys)).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(() -> access(keys)).hasMessageContaining("say who may " + verb);
    }
  }

  private static Banner.Access access(String keys) throws InvalidConfigException {
    return GivenKeys.accessOnJvb(
        Standalone.configuration(ConfigFactory.parseString("videobridge { " + keys + " }")));
  }
}
