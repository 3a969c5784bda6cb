package io.github.jvbwhip.standalone;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.github.jvbwhip.http.config.InvalidConfigException;
import io.github.jvbwhip.whep.WhepConfig;
import io.github.jvbwhip.whip.WhipConfig;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpennessTest {
  /** An open ingest is an open relay. */
  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
  void others_are_not_let_in_unsaid(String host) {
    String own = "standalone.http.host = \"" + host + "\", ";
    assertThatThrownBy(() -> check(own))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("HTTP listens on " + host)
        .hasMessageContaining("say who may publish, by videobridge.whip.auth.tokens");
    assertThatThrownBy(() -> check(own + "videobridge.whip.auth.tokens = [ t ]"))
        .hasMessageContaining("say who may watch, by videobridge.whep.auth.tokens");
    String whip = "videobridge.whip.auth.mode = none, ";
    assertThatCode(() -> check(own + whip + "videobridge.whep.auth.tokens = [ t ]"))
        .doesNotThrowAnyException();
    assertThatCode(() -> check(own + whip + "videobridge.whep.enabled = false"))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "::1"})
  void on_this_machine_nothing_has_to_be_said(String host) {
    assertThatCode(() -> check("standalone.http.host = \"" + host + "\""))
        .doesNotThrowAnyException();
  }

  /** Who names a proxy, or a URL for others, has others come, wherever this server listens. */
  @ParameterizedTest
  @CsvSource({
    "videobridge.whip.trusted-proxies = [ 127.0.0.1 ], videobridge.whip.trusted-proxies",
    "videobridge.whep.trusted-proxies = [ \"::1\" ], videobridge.whep.trusted-proxies",
    "videobridge.whip.public-url = \"https://a.example\", videobridge.whip.public-url",
    "videobridge.whep.public-url = \"https://a.example\", videobridge.whep.public-url",
    "standalone.http.proxy-protocol = true, standalone.http.proxy-protocol"
  })
  void who_comes_through_a_proxy_is_not_let_in_unsaid(String key, String named) {
    assertThatThrownBy(() -> check(key))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessage(
            named
                + " says that others come through a proxy: say who may publish, by"
                + " videobridge.whip.auth.tokens or .auth.mode (none: everyone, which --open says"
                + " of both).");
    String whip = key + ", videobridge.whip.auth.tokens = [ t ], ";
    assertThatThrownBy(() -> check(whip)).hasMessageContaining("say who may watch");
    assertThatCode(() -> check(whip + "videobridge.whep.auth.mode = none"))
        .doesNotThrowAnyException();
  }

  private static void check(String hocon) throws InvalidConfigException {
    Config config = Standalone.configuration(ConfigFactory.parseString(hocon));
    Openness.check(
        StandaloneConfig.read(config),
        WhipConfig.read(config, GivenKeys.PASSED_OVER),
        true,
        WhepConfig.read(config, Set.of()),
        true);
  }
}
