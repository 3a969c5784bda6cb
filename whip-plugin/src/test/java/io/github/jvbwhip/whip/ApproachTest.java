package io.github.jvbwhip.whip;

import static io.github.jvbwhip.whip.Responses.assertProblem;
import static io.github.jvbwhip.whip.Responses.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.Availability;
import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.Visit;
import io.github.jvbwhip.core.threads.Await;
import io.github.jvbwhip.http.problems.ProblemType;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** POSTs to rooms that live on other bridges. */
class ApproachTest {
  /** It can be read, and is refused by whoever looks at it. */
  private static final String NOTHING_OFFERED = "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n";

  private WhipServer whip;

  private void start(String config) throws Exception {
    whip = new WhipServer(config);
  }

  @AfterEach
  void stop() throws Exception {
    whip.close();
  }

  @Test
  void section_4_5_redirects_to_where_the_room_is_once_and_before_the_offer_is_looked_at()
      throws Exception {
    start("");
    BridgeException elsewhere =
        BridgeException.elsewhere(
            "It is there.", Duration.ofSeconds(5), Optional.of("https://b.example.org/whip"));
    whip.bridge().answerNextApproach(CompletableFuture.failedFuture(elsewhere));
    HttpResponse<String> response = whip.post("/whip/room/cam", NOTHING_OFFERED);
    assertThat(response.statusCode()).isEqualTo(307);
    assertThat(header(response, "Location"))
        .isEqualTo("https://b.example.org/whip/room/cam?redirected=1");

    CompletableFuture<Void> near = new CompletableFuture<>();
    whip.bridge().answerNextApproach(near);
    near.complete(null);
    assertThat(whip.post("/whip/room/cam?redirected=1", Samples.rfcOffer()).statusCode())
        .isEqualTo(201);
    assertThat(whip.bridge().visits()).extracting(Visit::sent).containsExactly(false, true);
  }

  @Test
  void section_4_5_redirects_who_cannot_be_taken_to_another_server_once() throws Exception {
    start("max-sessions = 1");
    whip.bridge().setOtherServer("https://b.example.org");
    whip.bridge().setAvailability(Availability.draining(Optional.empty()));
    HttpResponse<String> response = whip.post("/whip/room/cam?token=x", Samples.rfcOffer());
    assertThat(response.statusCode()).isEqualTo(307);
    assertThat(header(response, "Location"))
        .isEqualTo("https://b.example.org/whip/room/cam?token=x&redirected=1");
    assertProblem(
        whip.post("/whip/room/cam?redirected=1", Samples.rfcOffer()), ProblemType.DRAINING);

    whip.bridge().setAvailability(Availability.ACCEPTING);
    assertThat(whip.post("/whip/room/cam", Samples.rfcOffer()).statusCode()).isEqualTo(201);
    assertThat(whip.post("/whip/room/other", Samples.rfcOffer()).statusCode()).isEqualTo(307);
    assertProblem(
        whip.post("/whip/room/other?redirected=1", Samples.rfcOffer()),
        ProblemType.TOO_MANY_SESSIONS);
    assertThat(whip.bridge().visits()).extracting(Visit::sent).containsExactly(false, true);
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
