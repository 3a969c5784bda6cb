package io.github.jvbwhip.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.github.jvbwhip.http.config.InvalidConfigException;
import io.github.jvbwhip.http.config.Network;
import io.github.jvbwhip.http.server.ConnectionLimits;
import io.github.jvbwhip.http.server.WebServerConfig;
import io.github.jvbwhip.standalone.StandaloneConfig.BridgeChoice;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandaloneConfigTest {

  private static StandaloneConfig read(String hocon) throws InvalidConfigException {
    return StandaloneConfig.read(Standalone.configuration(ConfigFactory.parseString(hocon)));
  }

  private static List<Network> networks(String... texts) {
    return Stream.of(texts).map(text -> Network.of(text).orElseThrow()).toList();
  }

  @Test
  void defaults() throws Exception {
    assertThat(read(""))
        .isEqualTo(
            new StandaloneConfig(
                BridgeChoice.AUTO,
                new WebServerConfig(
                    "127.0.0.1",
                    OptionalInt.of(8080),
                    Optional.empty(),
                    true,
                    false,
                    false,
                    new ConnectionLimits(4096, 512, Duration.ofSeconds(10))),
                10_000,
                OptionalInt.empty(),
                1000,
                50_000_000,
                List.of(),
                List.of(),
                Duration.ZERO,
                networks("127.0.0.1", "::1")));
  }

  @Test
  void every_key_can_be_set() throws Exception {
    assertThat(
            read(
                """
                standalone {
                  bridge = embedded
                  http {
                    host = "127.0.0.1", port = 81
                    connection-limit = 7, connection-limit-per-address = 3, head-timeout = 2s
                    proxy-protocol = true
                    tls { key-store-path = keys.p12, key-store-password = p, port = 444 }
                  }
                  udp-port = 0
                  tcp-port = 444
                  max-sessions = 5
                  max-publisher-bitrate = 0
                  bind = ["127.0.0.1"]
                  advertise = ["203.0.113.7", "2001:db8::7"]
                  drain-timeout = 30s
                  metrics.allow = ["10.0.0.0/8"]
                }
                """))
        .isEqualTo(
            new StandaloneConfig(
                BridgeChoice.EMBEDDED,
                new WebServerConfig(
                    "127.0.0.1",
                    OptionalInt.of(81),
                    Optional.of(
                        new WebServerConfig.Tls(444, "keys.p12", "p", List.of(), List.of(), false)),
                    true,
                    false,
                    true,
                    new ConnectionLimits(7, 3, Duration.ofSeconds(2))),
                0,
                OptionalInt.of(444),
                5,
                0,
                List.of(InetAddress.getByName("127.0.0.1")),
                List.of(InetAddress.getByName("203.0.113.7"), InetAddress.getByName("2001:db8::7")),
                Duration.ofSeconds(30),
                networks("10.0.0.0/8")));
  }

  @ParameterizedTest
  @CsvSource({
    "bridge = janus, standalone.bridge has to be one of auto",
    "tcp-port = 65536, standalone.tcp-port has to be a port",
    "udp-port = 65536, standalone.udp-port has to be a port",
    "http.port = -1, standalone.http.port has to be",
    "http.tls.port = x, standalone.http.tls.port has to be a number",
    "advertise = [ example.org ], standalone.advertise has to be a list of IP addresses",
    "advertise = [ cafe ], standalone.advertise has to be a list of IP addresses",
    "advertise = [ \"10.1\" ], standalone.advertise has to be a list of IP addresses",
    "max-sessions = 0, standalone.max-sessions has to be",
    "max-publisher-bitrate = -1, standalone.max-publisher-bitrate has to be",
    "metrics.allow = [ example.org ], standalone.metrics.allow has to be a list of IP addresses",
    "metrics.port = 1, standalone.metrics.port is not a known key",
    "udp = 1, standalone.udp is not a known key"
  })
  void a_wrong_key_is_named(String line, String message) {
    assertThatThrownBy(() -> read("standalone." + line))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void the_key_store_password_is_not_printed() {
    assertThat(
            new WebServerConfig.Tls(444, "keys.p12", "s3cret", List.of(), List.of(), false)
                .toString())
        .doesNotContain("s3cret");
  }
}
