package io.github.jvbwhip.load.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.testpeer.signalling.Reply;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RefusalsTest {
  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

  @Test
  void waits_as_long_as_the_server_says_but_not_for_ever() {
    assertThat(seconds("3")).isEqualTo(3);
    assertThat(seconds("0")).isZero();
    assertThat(seconds("86400")).isEqualTo(60);
    assertThat(seconds("Sat, 28 Nov 2026 12:00:07 GMT")).isEqualTo(7);
    assertThat(seconds("Sat, 28 Nov 2026 11:00:00 GMT")).isZero();
    assertThat(Refusals.waitNanos("soon", NOW)).isNegative();
  }

  private static long seconds(String retryAfter) {
    return TimeUnit.NANOSECONDS.toSeconds(Refusals.waitNanos(retryAfter, NOW));
  }

  @Test
  void says_what_a_problem_document_says() {
    assertThat(
            Refusals.describe(
                reply(
                    429,
                    "application/problem+json",
                    "{\"title\":\"Too many\",\"detail\":\"Wait.\",\"instance\":\"/whep/x\"}")))
        .isEqualTo("429, Too many, Wait.");
    assertThat(Refusals.describe(reply(500, "text/html", "<h1>/whep/sessions/secret</h1>")))
        .isEqualTo("500");
    assertThat(Refusals.describe(reply(400, "application/problem+json", "{")))
        .isEqualTo("400, a malformed problem document");
  }

  @Test
  void says_why_no_response_came_and_no_urls() {
    assertThat(Refusals.describe(new CompletionException(new ConnectException("refused"))))
        .isEqualTo("ConnectException: refused");
    assertThat(Refusals.describe(new IOException("http://example.org/whep/sessions/secret")))
        .isEqualTo("IOException");
    assertThat(Refusals.describe((Throwable) null)).isEqualTo("no response");
  }

  private static Reply reply(int status, String type, String body) {
    return new Reply(
        URI.create("http://example.org/whep/x"),
        status,
        HttpHeaders.of(Map.of("Content-Type", List.of(type)), (name, value) -> true),
        body);
  }
}
