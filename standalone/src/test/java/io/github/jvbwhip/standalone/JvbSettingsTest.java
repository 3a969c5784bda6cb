package io.github.jvbwhip.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;

class JvbSettingsTest {
  private static final String HTTP = "videobridge.whip.http-server.";

  @Test
  void what_is_said_of_http_holds_on_a_jitsi_videobridge() throws Exception {
    JvbSettings settings =
        of(
            "standalone.http { host = \"::1\", port = 8081, connection-limit = 7,"
                + " connection-limit-per-address = 3, head-timeout = 2 seconds }");
    assertThat(settings.config().getString(HTTP + "host")).isEqualTo("::1");
    assertThat(settings.config().getInt(HTTP + "port")).isEqualTo(8081);
    assertThat(settings.config().getInt(HTTP + "connection-limit")).isEqualTo(7);
    assertThat(settings.config().getInt(HTTP + "connection-limit-per-address")).isEqualTo(3);
    assertThat(settings.config().getDuration(HTTP + "head-timeout")).hasSeconds(2);
    assertThat(settings.overridden()).isEmpty();
    assertThat(of("").config().hasPath(HTTP + "connection-limit")).isFalse();
  }

  @Test
  void what_this_product_says_otherwise_is_named() throws Exception {
    JvbSettings settings =
        of("videobridge { whip.http-server.port = 5, ice.udp.port = 6, cc.jvb-last-n = 1 }");
    assertThat(settings.overridden())
        .containsExactly("videobridge.ice.udp.port", "videobridge.whip.http-server.port");
    assertThat(settings.config().getInt("videobridge.ice.udp.port")).isEqualTo(10_000);
    assertThat(settings.config().getInt("videobridge.cc.jvb-last-n")).isEqualTo(1);
  }

  private static JvbSettings of(String hocon) throws Exception {
    Config file = ConfigFactory.parseString(hocon);
    Config config = Standalone.configuration(file);
    return JvbSettings.of(StandaloneConfig.read(config), config, file);
  }
}
