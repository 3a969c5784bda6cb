package io.github.jvbwhip.whip;

import static io.github.jvbwhip.whip.Responses.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.FakeIngest;
import io.github.jvbwhip.core.session.SessionState;
import io.github.jvbwhip.core.threads.Await;
import io.github.jvbwhip.http.problems.ProblemType;
import io.github.jvbwhip.whip.WhipServer.Published;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens to a stream that has a publisher when another one comes. */
class ConflictTest {
  private WhipServer whip;

  @AfterEach
  void stop() throws Exception {
    whip.close();
  }

  @Test
  void replaces_the_publisher_by_default_so_that_a_crashed_one_is_back_at_once() throws Exception {
    whip = new WhipServer("");
    Published first = whip.publish();
    FakeIngest former = whip.ingest();

    Published second = whip.publish();

    assertThat(former.isClosed()).isTrue();
    assertThat(whip.ingest()).isNotSameAs(former);
    assertThat(second.location()).isNotEqualTo(first.location());
    assertThat(
            assertProblem(whip.http().send("GET", first.location(), ""), ProblemType.SESSION_ENDED))
        .contains("took over");
  }

  @Test
  void a_replaced_publisher_that_deletes_late_does_not_end_its_successor() throws Exception {
    whip = new WhipServer("");
    Published first = whip.publish();
    whip.publish();

    assertThat(whip.delete(first.location()).statusCode()).isEqualTo(200);
    assertThat(whip.ingest().isLive()).isTrue();
  }

  /** A stranger; it has no token, since nobody is asked for one. */
  @Test
  void does_not_replace_a_live_publisher_for_somebody_else() throws Exception {
    whip = new WhipServer("");
    whip.publish();
    FakeIngest live = connected();

    HttpResponse<String> refused = postWhileSending(live);

    assertProblem(refused, ProblemType.STREAM_IN_USE);
    assertThat(refused.headers().firstValue("Retry-After")).contains("2");
    assertProblem(
        postWhileSending(live, "Link", link("/whip/sessions/" + "A".repeat(32))),
        ProblemType.STREAM_IN_USE);
    assertThat(live.isLive()).isTrue();
  }

  @Test
  void replaces_a_live_publisher_for_who_knows_the_url_of_its_session() throws Exception {
    whip = new WhipServer("");
    Published first = whip.publish();
    FakeIngest live = connected();

    whip.publish(
        "/whip/room",
        Samples.rfcOffer(),
        "Link",
        "<https://example.org/>; rel=help, " + link(first.location()));

    assertThat(live.isClosed()).isTrue();
  }

  @Test
  void does_not_take_the_session_of_another_stream_for_a_proof() throws Exception {
    whip = new WhipServer("");
    whip.publish();
    FakeIngest live = connected();
    Published other = whip.publish("/whip/room/other", Samples.rfcOffer());

    assertProblem(
        postWhileSending(live, "Link", link(other.location())), ProblemType.STREAM_IN_USE);
  }

  /** While it connects it is no live one, but whoever replaced it then would need no proof. */
  @Test
  void does_not_replace_for_somebody_else_who_has_proven_and_is_connecting() throws Exception {
    whip = new WhipServer("");
    Published first = whip.publish();
    connected();
    whip.publish("/whip/room", Samples.rfcOffer(), "Link", link(first.location()));
    FakeIngest back = whip.ingest();

    assertProblem(whip.post("/whip/room", Samples.rfcOffer()), ProblemType.STREAM_IN_USE);
    assertThat(back.isLive()).isTrue();
    // Its answer may have got lost: then it knows the former URL alone.
    whip.publish("/whip/room", Samples.rfcOffer(), "Link", link(first.location()));
    assertThat(back.isClosed()).isTrue();
  }

  /** Who asks all the time would have every stream, since to connect takes a while. */
  @Test
  void does_not_replace_a_publisher_that_connects_for_somebody_elsewhere() throws Exception {
    whip = new WhipServer("trusted-proxies = [ \"127.0.0.0/8\", \"::1\" ]");
    whip.publish("/whip/room", Samples.rfcOffer(), "X-Forwarded-For", "198.51.100.1");
    FakeIngest connecting = whip.ingest();

    HttpResponse<String> refused =
        whip.post("/whip/room", Samples.rfcOffer(), "X-Forwarded-For", "203.0.113.1");
    assertProblem(refused, ProblemType.STREAM_IN_USE);
    assertThat(refused.headers().firstValue("Retry-After")).contains("2");
    assertThat(connecting.isLive()).isTrue();

    whip.publish("/whip/room", Samples.rfcOffer(), "X-Forwarded-For", "198.51.100.1");
    assertThat(connecting.isClosed()).isTrue();
    FakeIngest never = whip.ingest();
    whip.clock().advance(Duration.ofSeconds(10));
    whip.publish("/whip/room", Samples.rfcOffer(), "X-Forwarded-For", "203.0.113.1");
    assertThat(never.isClosed()).isTrue();
  }

  @Test
  void nobody_keeps_others_away_by_beginning_to_connect_again_and_again() throws Exception {
    whip = new WhipServer("trusted-proxies = [ \"127.0.0.0/8\", \"::1\" ]");
    for (int second = 0; second < 10; second++) {
      if (second % 4 == 0) {
        whip.publish("/whip/room", Samples.rfcOffer(), "X-Forwarded-For", "198.51.100.1");
      }
      HttpResponse<String> refused =
          whip.post("/whip/room", Samples.rfcOffer(), "X-Forwarded-For", "203.0.113.1");
      assertProblem(refused, ProblemType.STREAM_IN_USE);
      whip.clock().advance(Duration.ofSeconds(1));
    }
    whip.publish("/whip/room", Samples.rfcOffer(), "X-Forwarded-For", "203.0.113.1");

    HttpResponse<String> late =
        whip.post("/whip/room", Samples.rfcOffer(), "X-Forwarded-For", "198.51.100.1");
    assertProblem(late, ProblemType.STREAM_IN_USE);
  }

  @Test
  void replaces_a_publisher_of_which_nothing_comes_any_more_for_everybody() throws Exception {
    whip = new WhipServer("");
    whip.publish();
    FakeIngest silent = connected();

    whip.publish();

    assertThat(silent.isClosed()).isTrue();
  }

  @Test
  void replaces_for_everybody_when_configured_so() throws Exception {
    whip = new WhipServer("replace = anyone");
    whip.publish();
    FakeIngest live = connected();

    assertThat(postWhileSending(live).statusCode()).isEqualTo(201);
    assertThat(live.isClosed()).isTrue();
  }

  @Test
  void asks_nothing_more_of_who_has_the_same_token() throws Exception {
    whip = new WhipServer("auth.tokens = [ \"one\" ]");
    whip.publish("/whip/room", Samples.rfcOffer(), "Authorization", "Bearer one");
    FakeIngest live = connected();

    assertThat(postWhileSending(live, "Authorization", "Bearer one").statusCode()).isEqualTo(201);
  }

  private FakeIngest connected() {
    FakeIngest ingest = whip.ingest();
    ingest.connectPeer();
    Await.until(
        "connected",
        () -> whip.plugin().sessions().sessions().get(0).state() == SessionState.CONNECTED);
    return ingest;
  }

  /** What is answered to a POST while that publisher sends. */
  private HttpResponse<String> postWhileSending(FakeIngest live, String... headers)
      throws Exception {
    CompletableFuture<HttpResponse<String>> post =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return whip.post("/whip/room", Samples.rfcOffer(), headers);
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });
    AtomicLong packets = new AtomicLong();
    Await.until(
        "an answer",
        () -> {
          live.setPacketsReceived(packets.incrementAndGet());
          return post.isDone();
        });
    return post.join();
  }

  private static String link(String session) {
    return "<" + session + ">; rel=\"predecessor-version\"";
  }

  @Test
  void rejects_when_configured_so() throws Exception {
    whip = new WhipServer("on-conflict = reject");
    whip.publish();
    FakeIngest former = whip.ingest();

    assertProblem(whip.post("/whip/room", Samples.rfcOffer()), ProblemType.STREAM_IN_USE);
    assertThat(former.isLive()).isTrue();
    assertThat(whip.post("/whip/room/other", Samples.rfcOffer()).statusCode()).isEqualTo(201);
  }

  @Test
  void replaces_only_for_the_same_token() throws Exception {
    whip = new WhipServer("auth.tokens = [ \"one\", \"two\" ]");
    whip.publish("/whip/room", Samples.rfcOffer(), "Authorization", "Bearer one");
    FakeIngest former = whip.ingest();

    assertProblem(
        whip.post("/whip/room", Samples.rfcOffer(), "Authorization", "Bearer two"),
        ProblemType.STREAM_IN_USE);
    assertThat(former.isLive()).isTrue();
    whip.publish("/whip/room", Samples.rfcOffer(), "Authorization", "Bearer one");
    assertThat(former.isClosed()).isTrue();
  }

  /** The names in the log are parts of the tokens' digests, and these two have the same one. */
  @Test
  void does_not_take_a_token_for_another_whose_name_is_alike() throws Exception {
    whip = new WhipServer("auth.tokens = [ \"token-6170\", \"token-44637\" ]");
    whip.publish("/whip/room", Samples.rfcOffer(), "Authorization", "Bearer token-6170");
    FakeIngest former = whip.ingest();

    assertProblem(
        whip.post("/whip/room", Samples.rfcOffer(), "Authorization", "Bearer token-44637"),
        ProblemType.STREAM_IN_USE);
    assertThat(former.isLive()).isTrue();
  }

  @Test
  void a_bad_offer_does_not_disturb_the_live_publisher() throws Exception {
    whip = new WhipServer("");
    whip.publish();
    FakeIngest live = whip.ingest();

    assertProblem(whip.post("/whip/room", "garbage"), ProblemType.MALFORMED_SDP);
    assertThat(live.isLive()).isTrue();
  }

  @Test
  void a_replacement_needs_no_free_place() throws Exception {
    whip = new WhipServer("max-sessions = 1");
    whip.publish();
    assertThat(whip.post("/whip/room", Samples.rfcOffer()).statusCode()).isEqualTo(201);
  }

  @Test
  void publishers_that_come_at_once_leave_exactly_one() throws Exception {
    whip = new WhipServer("");
    List<CompletableFuture<Integer>> posts = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      posts.add(CompletableFuture.supplyAsync(this::post));
    }
    List<Integer> statuses = posts.stream().map(CompletableFuture::join).toList();

    assertThat(statuses).contains(201).isSubsetOf(201, 409);
    assertThat(whip.bridge().ingests()).hasSize(1);
    assertThat(whip.plugin().sessions().size()).isEqualTo(1);
  }

  private int post() {
    try {
      return whip.post("/whip/room", Samples.rfcOffer()).statusCode();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
