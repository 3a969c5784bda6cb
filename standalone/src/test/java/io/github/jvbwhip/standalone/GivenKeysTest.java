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
import org.junit.jupiter.params.provider.ValueSource;

class GivenKeysTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "videobrige.whip.auth.tokens = [ t ]",
        "videobridge.wihp.auth.tokens = [ t ]",
        "standalon.bridge = embedded",
        "videobridgewhip = 1"
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
    assertThat(access("whip.jitsi.enabled = true").whip()).contains("the bridge's log");
    Banner.Access half = access("whep.auth.tokens = [ t ]");
    assertThat(new Banner("embedded", "127.0.0.1", 1, half, Optional.empty()).text())
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

  private static Banner.Access access(String keys) throws InvalidConfigException {
    return GivenKeys.accessOnJvb(
        Standalone.configuration(ConfigFactory.parseString("videobridge { " + keys + " }")));
  }
}
