package io.github.jvbwhip.http.access.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.jvbwhip.core.session.ManualClock;
import io.github.jvbwhip.http.HttpConfigs;
import io.github.jvbwhip.http.access.Action;
import io.github.jvbwhip.http.access.Credentials;
import io.github.jvbwhip.http.access.KeyHost;
import io.github.jvbwhip.http.access.Principal;
import io.github.jvbwhip.http.access.Refused;
import io.github.jvbwhip.http.access.Requests;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WebhookAuthorizerTest {
  private final ManualClock clock = new ManualClock();
  private final BlockingQueue<String> asked = new ArrayBlockingQueue<>(100);
  private final BlockingQueue<String> signatures = new ArrayBlockingQueue<>(100);
  private final KeyHost host = new KeyHost(exchange -> KeyHost.answer(exchange, 204, new byte[0]));

  @AfterEach
  void close() {
    host.close();
  }

  private WebhookAuthorizer authorizer(String more) throws Exception {
    return new WebhookAuthorizer(
        HttpConfigs.with("auth.webhook { url = \"" + host.uri() + "may\", " + more + " }")
            .auth()
            .webhook()
            .orElseThrow(),
        clock);
  }

  private void says(int status, String body) {
    host.turnTo(
        exchange -> {
          asked.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          String signature = exchange.getRequestHeaders().getFirst(WebhookSignature.FIELD);
          signatures.add(String.valueOf(signature));
          KeyHost.answer(exchange, status, body.getBytes(UTF_8));
        });
  }

  private static CompletableFuture<Principal> publish(WebhookAuthorizer authorizer) {
    return authorizer.authorize(Requests.withToken(Action.PUBLISH, "hall/cam", "t"));
  }

  @Test
  void is_told_what_is_asked() throws Exception {
    says(204, "");
    WebhookAuthorizer authorizer = authorizer("headers = [ User-Agent ], secret = hush");
    assertThat(publish(authorizer).get().identity()).startsWith("webhook");
    String question = asked.take();
    JsonNode json = new ObjectMapper().readTree(question);
    assertThat(json.path("action").asText()).isEqualTo("publish");
    assertThat(json.path("method").asText()).isEqualTo("POST");
    assertThat(json.path("room").asText()).isEqualTo("hall");
    assertThat(json.path("stream").asText()).isEqualTo("cam");
    assertThat(json.path("address").asText()).isEqualTo("192.0.2.1");
    assertThat(json.path("token").asText()).isEqualTo("t");
    assertThat(json.path("headers").path("User-Agent").asText()).isEqualTo("OBS");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("hush".getBytes(UTF_8), "HmacSHA256"));
    assertThat(signatures.take())
        .isEqualTo("sha256=" + HexFormat.of().formatHex(mac.doFinal(question.getBytes(UTF_8))));
  }

  @Test
  void may_say_more_of_the_caller() throws Exception {
    says(
        200,
        "{\"displayName\":\"Ada\",\"user\":\"42\",\"maxSessions\":2,\"maxSeconds\":60,"
            + "\"maxBitrate\":2500000,"
            + "\"redirect\":\"https://b.example.org/whip\",\"more\":[]}");
    Principal caller = publish(authorizer("cache = 0")).get();
    assertThat(caller.claims())
        .containsEntry(Principal.DISPLAY_NAME, "Ada")
        .containsEntry(Principal.ELSEWHERE, "https://b.example.org/whip");
    assertThat(caller.limits().sessions()).hasValue(2);
    assertThat(caller.limits().until()).hasValue(clock.instant().plusSeconds(60));
    assertThat(caller.limits().bitrate()).hasValue(2_500_000);
  }

  /** Otherwise who is let in without a token could take the stream of another such one. */
  @Test
  void callers_whom_nothing_tells_apart_are_anonymous_and_others_are_who_they_are()
      throws Exception {
    WebhookAuthorizer authorizer = authorizer("cache = 0");
    says(200, "{\"maxSessions\":1,\"maxBitrate\":9}");
    Principal nobody =
        authorizer.authorize(Requests.post(Action.PUBLISH, "hall", Credentials.NONE)).get();
    assertThat(nobody.isToldApart()).isFalse();
    assertThat(nobody.limits().sessions()).isEmpty();
    assertThat(nobody.limits().bitrate()).hasValue(9);
    String token = publish(authorizer).get().identity();
    says(200, "{\"user\":\"t\"}");
    String user = publish(authorizer).get().identity();
    says(200, "{}");
    String ann = basic(authorizer, "YW5uOnB3"); // ann:pw
    String bob = basic(authorizer, "Ym9iOnB3"); // bob:pw
    assertThat(List.of(token, user, ann, bob)).doesNotHaveDuplicates();
  }

  private static String basic(WebhookAuthorizer authorizer, String pair) throws Exception {
    Credentials credentials = Requests.header("Basic " + pair);
    return authorizer
        .authorize(Requests.post(Action.PUBLISH, "hall", credentials))
        .get()
        .identity();
  }

  /** As in the configuration. */
  @Test
  void a_bit_rate_of_0_is_no_limit() throws Exception {
    says(200, "{\"maxBitrate\":0}");
    assertThat(publish(authorizer("cache = 0")).get().limits().bitrate()).isEmpty();
  }

  @Test
  void refuses_by_401_and_403() throws Exception {
    WebhookAuthorizer authorizer = authorizer("cache = 0");
    says(401, "");
    Refused.asInvalid(publish(authorizer));
    Refused.asMissing(authorizer.authorize(Requests.post(Action.WATCH, "hall", Credentials.NONE)));
    says(403, "");
    Refused.asForbidden(publish(authorizer));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "200 [1]",
        "200 rubbish",
        "200 {",
        "200 {\"displayName\":5}",
        "200 {\"maxSessions\":-1}",
        "200 {\"maxSeconds\":1.5}",
        "200 {\"maxBitrate\":\"1M\"}",
        "200 {\"redirect\":\"javascript:alert(1)\"}",
        "302 ",
        "404 ",
        "429 ",
        "500 "
      })
  void what_makes_no_sense_lets_nobody_in(String answer) throws Exception {
    says(Integer.parseInt(answer.substring(0, 3)), answer.substring(4));
    Refused.asUnknown(publish(authorizer("cache = 1 hour")));
    // Nor is it kept.
    says(204, "");
    assertThat(publish(authorizer("cache = 1 hour")).get()).isNotNull();
  }

  @Test
  void an_answer_that_does_not_end_lets_nobody_in() throws Exception {
    says(200, "\"" + "x".repeat(100_000) + "\"");
    Refused.asUnknown(publish(authorizer("cache = 0")));
  }

  @Test
  void redirects_are_not_followed() throws Exception {
    host.turnTo(
        exchange -> {
          exchange.getResponseHeaders().set("Location", host.uri() + "elsewhere");
          KeyHost.answer(exchange, 307, new byte[0]);
        });
    Refused.asUnknown(publish(authorizer("cache = 0")));
    assertThat(host.paths()).containsExactly("/may");
  }

  @Test
  void one_that_hangs_lets_nobody_in_after_its_time() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    host.turnTo(KeyHost.hanging(over));
    WebhookAuthorizer authorizer = authorizer("timeout = 200 ms");
    Refused.asUnknown(publish(authorizer));
    // In the middle of its answer, too.
    host.turnTo(
        exchange -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          KeyHost.await(over);
        });
    Refused.asUnknown(publish(authorizer));
    over.countDown();
  }

  /** Otherwise answers without an end would be connections without number. */
  @Test
  void one_that_goes_on_after_its_time_is_hung_up_on() throws Exception {
    CountDownLatch hungUp = new CountDownLatch(1);
    host.turnTo(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try {
            do { // So slowly that its length is no reason.
              exchange.getResponseBody().write(' ');
              exchange.getResponseBody().flush();
            } while (!hungUp.await(20, TimeUnit.MILLISECONDS));
          } catch (IOException e) {
            hungUp.countDown();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    Refused.asUnknown(publish(authorizer("timeout = 200 ms")));
    assertThat(hungUp.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void those_that_it_keeps_waiting_are_not_without_number() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    host.turnTo(KeyHost.hanging(over));
    WebhookAuthorizer authorizer = authorizer("timeout = 30 s");
    List<CompletableFuture<Principal>> waiting =
        java.util.stream.IntStream.range(0, 64)
            .mapToObj(i -> authorizer.authorize(Requests.withToken(Action.WATCH, "hall", "t" + i)))
            .toList();
    CompletableFuture<Principal> oneMore = publish(authorizer);
    assertThat(oneMore).isDone();
    Refused.asUnknown(oneMore);
    assertThat(waiting).noneMatch(CompletableFuture::isDone);
    over.countDown();
  }

  @Test
  void an_answer_holds_for_its_time_and_its_question() throws Exception {
    WebhookAuthorizer authorizer = authorizer("cache = 10 s");
    says(204, "");
    assertThat(publish(authorizer).get()).isNotNull();
    says(403, "");
    assertThat(publish(authorizer).get()).isNotNull();
    Refused.asForbidden(
        authorizer.authorize(Requests.withToken(Action.PUBLISH, "hall/cam", "other")));
    Refused.asForbidden(authorizer.authorize(Requests.withToken(Action.WATCH, "hall/cam", "t")));
    clock.advance(Duration.ofSeconds(10));
    Refused.asForbidden(publish(authorizer));
  }
}
