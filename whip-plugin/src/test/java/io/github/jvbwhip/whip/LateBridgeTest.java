package io.github.jvbwhip.whip;

import static io.github.jvbwhip.whip.Responses.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.session.Session;
import io.github.jvbwhip.core.session.SessionEndReason;
import io.github.jvbwhip.core.threads.Await;
import io.github.jvbwhip.http.problems.ProblemType;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A bridge that takes its time to open an endpoint. */
@Timeout(60)
class LateBridgeTest {
  private static final int THREADS = 10;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private WhipServer whip;

  private void start(String changes) throws Exception {
    whip = new WhipServer(changes, THREADS);
    whip.bridge().holdOpenings();
  }

  @AfterEach
  void stop() throws Exception {
    whip.close();
  }

  private CompletableFuture<HttpResponse<String>> post(String path) {
    HttpRequest request =
        whip.http()
            .request(path)
            .header("Content-Type", "application/sdp")
            .POST(HttpRequest.BodyPublishers.ofString(Samples.rfcOffer()))
            .build();
    return client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
  }

  private void awaitOpenings(int count) {
    Await.until(count + " openings wait", whip.bridge()::heldOpenings, held -> held >= count);
  }

  private void assertThatNothingStays() {
    whip.bridge().releaseOpenings();
    Await.until("no endpoint stays", whip.bridge()::endpoints, List::isEmpty);
    assertThat(whip.plugin().sessions().size()).isZero();
  }

  @Test
  void is_given_up_after_the_request_timeout_and_keeps_nothing() throws Exception {
    start("request-timeout = 300 ms");
    assertProblem(post("/whip/room").get(10, TimeUnit.SECONDS), ProblemType.BUSY);
    assertThatNothingStays();

    assertThat(post("/whip/room").get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(201);
  }

  @Test
  void holds_no_thread() throws Exception {
    start("request-timeout = 30 s");
    List<CompletableFuture<HttpResponse<String>>> posts = new ArrayList<>();
    for (int i = 0; i < 3 * THREADS; i++) {
      posts.add(post("/whip/room" + i));
    }
    awaitOpenings(posts.size());
    assertThat(whip.http().send("OPTIONS", "/whip/room", "").statusCode()).isEqualTo(200);

    whip.bridge().releaseOpenings();
    for (CompletableFuture<HttpResponse<String>> post : posts) {
      assertThat(post.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(201);
    }
  }

  @Test
  void is_given_up_when_the_server_shuts_down() throws Exception {
    start("request-timeout = 30 s");
    CompletableFuture<HttpResponse<String>> post = post("/whip/room");
    awaitOpenings(1);
    whip.plugin().close();

    assertProblem(post.get(10, TimeUnit.SECONDS), ProblemType.DRAINING);
    assertThatNothingStays();
  }

  @Test
  void is_given_up_when_another_publisher_takes_over() throws Exception {
    start("request-timeout = 30 s");
    CompletableFuture<HttpResponse<String>> first = post("/whip/room");
    awaitOpenings(1);
    Session<?> opening = whip.plugin().sessions().sessions().get(0);
    CompletableFuture<HttpResponse<String>> second = post("/whip/room");

    assertProblem(first.get(10, TimeUnit.SECONDS), ProblemType.STREAM_IN_USE);
    assertThat(opening.end().orElseThrow().reason()).isEqualTo(SessionEndReason.REPLACED);
    assertThat(second).as("the bridge still has the name").isNotDone();
    whip.bridge().releaseOpenings();
    assertThat(second.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(201);
    assertThat(whip.bridge().ingests()).hasSize(1);
  }

  @Test
  void gives_the_stream_to_the_newest_of_those_who_wait_to_take_it_over() throws Exception {
    start("request-timeout = 30 s");
    CompletableFuture<HttpResponse<String>> first = post("/whip/room");
    awaitOpenings(1);
    CompletableFuture<HttpResponse<String>> second = post("/whip/room");
    assertProblem(first.get(10, TimeUnit.SECONDS), ProblemType.STREAM_IN_USE);
    CompletableFuture<HttpResponse<String>> third = post("/whip/room");

    assertProblem(second.get(10, TimeUnit.SECONDS), ProblemType.STREAM_IN_USE);
    assertThat(third).as("the bridge still has the name").isNotDone();
    whip.bridge().releaseOpenings();
    assertThat(third.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(201);
    assertThat(whip.bridge().ingests()).hasSize(1);
  }

  @Test
  void keeps_who_takes_over_no_longer_than_the_request_timeout() throws Exception {
    start("request-timeout = 1 s");
    CompletableFuture<HttpResponse<String>> first = post("/whip/room");
    awaitOpenings(1);
    CompletableFuture<HttpResponse<String>> second = post("/whip/room");

    assertProblem(first.get(10, TimeUnit.SECONDS), ProblemType.STREAM_IN_USE);
    assertProblem(second.get(10, TimeUnit.SECONDS), ProblemType.BUSY);
    assertThatNothingStays();
    assertThat(post("/whip/room").get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(201);
  }

  @Test
  void is_answered_when_there_is_no_thread_to_be_had() throws Exception {
    start("request-timeout = 30 s");
    CompletableFuture<HttpResponse<String>> post = post("/whip/room");
    awaitOpenings(1);
    whip.stopExecutor();

    whip.bridge().releaseOpenings();
    assertThat(post.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(201);
  }
}
