package io.github.jvbwhip.whip;

import static io.github.jvbwhip.whip.Responses.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.threads.Await;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** POSTs to rooms that live on other bridges. */
class ApproachTest {
  private WhipServer whip;

  private void start(String config) throws Exception {
    whip = new WhipServer(config);
  }

  @AfterEach
  void stop() throws Exception {
    whip.close();
  }

  @Test
  void section_4_5_redirects_to_where_the_room_is_once() throws Exception {
    start("");
    BridgeException elsewhere =
        BridgeException.elsewhere(
            "It is there.", Duration.ofSeconds(5), Optional.of("https://b.example.org/whip"));
    whip.bridge().answerNextApproach(CompletableFuture.failedFuture(elsewhere));
    HttpResponse<String> response = whip.post("/whip/room/cam", Samples.rfcOffer());
    assertThat(response.statusCode()).isEqualTo(307);
    assertThat(header(response, "Location"))
        .isEqualTo("https://b.example.org/whip/room/cam?redirected=1");

    whip.bridge().answerNextApproach(CompletableFuture.failedFuture(elsewhere));
    assertThat(whip.post("/whip/room/cam?redirected=1", Samples.rfcOffer()).statusCode())
        .isEqualTo(201);
  }

  @Test
  void asks_nobody_about_what_is_no_offer() throws Exception {
    start("");
    whip.bridge()
        .answerNextApproach(CompletableFuture.failedFuture(new AssertionError("was asked")));
    assertThat(whip.post("/whip/room/cam", "no offer").statusCode()).isEqualTo(400);
  }

  @Test
  void waits_until_the_room_is_here() throws Exception {
    start("");
    CompletableFuture<Void> near = new CompletableFuture<>();
    whip.bridge().answerNextApproach(near);
    CompletableFuture<Integer> status =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return whip.post("/whip/room", Samples.rfcOffer()).statusCode();
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });
    Await.until("somebody waits for it", () -> near.getNumberOfDependents() > 0);
    assertThat(whip.bridge().ingests()).isEmpty();
    near.complete(null);
    assertThat(status.get(20, TimeUnit.SECONDS)).isEqualTo(201);
  }

  @Test
  void who_waits_too_long_for_the_room_gets_503_and_it_is_given_up() throws Exception {
    start("request-timeout = 100 ms");
    CompletableFuture<Void> near = new CompletableFuture<>();
    whip.bridge().answerNextApproach(near);
    assertThat(whip.post("/whip/room", Samples.rfcOffer()).statusCode()).isEqualTo(503);
    assertThat(near).isCancelled();
    assertThat(whip.bridge().ingests()).isEmpty();
  }
}
