package io.github.jvbwhip.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.github.jvbwhip.http.config.InvalidConfigException;
import io.github.jvbwhip.http.sessions.SessionLog;
import io.github.jvbwhip.operator.notifications.NotificationType;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorConfigTest {
  private static OperatorConfig read(String changes) throws InvalidConfigException {
    return OperatorConfig.read(
        ConfigFactory.parseString(OperatorConfig.PATH + " {\n" + changes + "\n}")
            .withFallback(ConfigFactory.defaultReference())
            .resolve());
  }

  @Test
  void by_default_there_is_nothing_but_the_log() throws Exception {
    OperatorConfig config = read("");
    assertThat(config.enabled()).isFalse();
    assertThat(config.directory()).isEmpty();
    assertThat(config.notifications()).isEmpty();
    assertThat(config.log()).isEqualTo(SessionLog.Format.TEXT);
  }

  @Test
  void all_is_read() throws Exception {
    OperatorConfig config =
        read(
            "enabled = true, tokens = [ swordfish ], directory = /var/lib/whip, session-log = json,"
                + " notifications { url = \"http://127.0.0.1/\", secret = hush, events = watch }");
    assertThat(config.directory()).contains(Path.of("/var/lib/whip"));
    assertThat(config.log()).isEqualTo(SessionLog.Format.JSON);
    assertThat(config.notifications().orElseThrow().events())
        .containsExactly(NotificationType.WATCH);
    assertThat(config.toString() + config.notifications())
        .doesNotContain("swordfish")
        .doesNotContain("hush");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "enabled = true                          | operator.tokens",
        "tokens = [ \"\" ]                       | operator.tokens",
        "session-log = xml                       | operator.session-log",
        "token = x                               | operator.token is not a known key",
        "notifications.url = \"ftp://x\"         | operator.notifications.url",
        "notifications.events = [ die ]          | operator.notifications.events",
        "notifications.timeout = 0               | operator.notifications.timeout",
        "notifications.max-queued = 0            | operator.notifications.max-queued",
        "notifications.secrets = x               | operator.notifications.secrets is not a known"
      })
  void what_makes_no_sense_is_said(String changes, String words) {
    assertThatThrownBy(() -> read(changes))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining(words);
  }
}
