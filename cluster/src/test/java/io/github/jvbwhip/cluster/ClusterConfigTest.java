package io.github.jvbwhip.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import io.github.jvbwhip.http.config.InvalidConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterConfigTest {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";

  private static ClusterConfig read(String changes) throws InvalidConfigException {
    return ClusterConfig.read(
        ConfigFactory.parseString(ClusterConfig.PATH + " {\n" + changes + "\n}")
            .withFallback(ConfigFactory.defaultReference())
            .resolve());
  }

  @Test
  void by_default_a_bridge_is_alone() throws Exception {
    ClusterConfig config = read("");
    assertThat(config.enabled()).isFalse();
    assertThat(config.members()).isEmpty();
    assertThat(config.dns()).isEmpty();
    assertThat(config.publish()).isEqualTo(ClusterConfig.Publish.HOME);
    assertThat(config.maxLinks()).isEqualTo(8);
    assertThat(config.maxPlayers()).isZero();
    assertThat(config.linger()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.heartbeatInterval()).isEqualTo(Duration.ofSeconds(1));
    assertThat(config.deadAfter()).isEqualTo(Duration.ofSeconds(4));
    assertThat(config.joinTimeout()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void all_is_read_and_urls_are_written_in_one_way() throws Exception {
    ClusterConfig config =
        read(
            "enabled = true, self = \"https://A.example:443/media/\", secret = "
                + SECRET
                + ", members = [ \"http://b.example:8080/\" ], dns = \"_whip._tcp.Example.com.\""
                + ", publish = here, max-links = 2, max-players = 100");
    assertThat(config.self()).isEqualTo("https://a.example/media");
    assertThat(config.members()).containsExactly("http://b.example:8080");
    assertThat(config.dns())
        .contains(new DnsName("https", "_whip._tcp.example.com", true, OptionalInt.empty(), ""));
    assertThat(config.publish()).isEqualTo(ClusterConfig.Publish.HERE);
    assertThat(config.toString()).doesNotContain(SECRET);
  }

  @Test
  void the_secret_may_be_in_a_file(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("secret"), SECRET + "\n");
    String where = "secret-file = " + ConfigUtil.quoteString(file.toString());
    assertThat(read(where).secret()).isEqualTo(SECRET);
    assertThatThrownBy(() -> read(where + ", secret = " + SECRET))
        .hasMessageContaining("cluster.secret-file has to be empty where there is a secret");
    Files.writeString(file, "short");
    assertThatThrownBy(() -> read(where)).hasMessageContaining("32 characters or more");
    Files.delete(file);
    assertThatThrownBy(() -> read(where)).hasMessageContaining("a file that can be read");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "enabled = true, self = \"https://a\"     | cluster.secret has to be there",
        "enabled = true, secret = " + SECRET + "  | cluster.self has to be the URL",
        "secret = tooshort                        | cluster.secret has to be 32 characters or more",
        "self = \"a.example\"                     | cluster.self has to be the URL",
        "self = \"https://a/?b\"                  | cluster.self has to be the URL",
        "members = [ \"ftp://b\" ]                | cluster.members has to be a list of URLs",
        "dns = \"example.com:0\"                  | cluster.dns has to be empty",
        "dns = \"_whip._tcp.example.com:80\"      | cluster.dns has to be empty",
        "publish = there                          | cluster.publish has to be one of home, here",
        "max-links = 0                            | cluster.max-links",
        "max-players = -1                         | cluster.max-players",
        "heartbeat-interval = 0                   | cluster.heartbeat-interval",
        "dead-after = 1 second                    | cluster.dead-after has to be at least twice",
        "join-timeout = 0                         | cluster.join-timeout",
        "dns-interval = 0                         | cluster.dns-interval",
        "member = x                               | cluster.member is not a known key"
      })
  void what_makes_no_sense_is_said(String changes, String words) {
    assertThatThrownBy(() -> read(changes))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining(words)
        .hasMessageNotContaining("tooshort");
  }

  @Test
  void a_name_with_addresses_has_scheme_port_and_path() {
    DnsName name = DnsName.of("http://bridges.example.com:8080/media/").orElseThrow();
    assertThat(name)
        .isEqualTo(
            new DnsName("http", "bridges.example.com", false, OptionalInt.of(8080), "/media"));
    assertThat(name.url("2001:db8::1", name.port())).isEqualTo("http://[2001:db8::1]:8080/media");
    assertThat(
            DnsName.of("bridges.example.com").orElseThrow().url("192.0.2.1", OptionalInt.empty()))
        .isEqualTo("https://192.0.2.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "http://", "a b", "ftp://a", "a:99999", "a/?q", "a//b"})
  void what_is_no_name_is_none(String text) {
    assertThat(DnsName.of(text)).isEmpty();
  }
}
