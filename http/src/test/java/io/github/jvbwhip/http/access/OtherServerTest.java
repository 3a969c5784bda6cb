package io.github.jvbwhip.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OtherServerTest {
  /** Who counts requests under way would count it for ever if this threw. */
  @Test
  void what_cannot_be_sent_fails_as_what_is_not_answered() {
    OtherServer server = new OtherServer(Duration.ofSeconds(1), 100);
    assertThat(server.send(HttpRequest.newBuilder())) // To nobody.
        .failsWithin(Duration.ofSeconds(20));
  }
}
