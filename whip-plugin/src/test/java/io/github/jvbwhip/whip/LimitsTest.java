package io.github.jvbwhip.whip;

import static io.github.jvbwhip.whip.Responses.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.FakeBridge;
import io.github.jvbwhip.core.bridge.IngestEndpoint;
import io.github.jvbwhip.core.bridge.LayerInfo;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.PublisherLimits;
import io.github.jvbwhip.core.bridge.Resolution;
import io.github.jvbwhip.core.session.Session;
import io.github.jvbwhip.core.session.SessionEnd;
import io.github.jvbwhip.core.session.SessionEndReason;
import io.github.jvbwhip.core.session.SessionState;
import io.github.jvbwhip.http.TestRuntime;
import io.github.jvbwhip.http.TestServer;
import io.github.jvbwhip.http.access.Principal;
import io.github.jvbwhip.http.problems.ProblemType;
import io.github.jvbwhip.whip.WhipServer.Published;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a publisher may have at most, and what becomes of one that takes more. */
class LimitsTest {
  private static final String LIMITS = "max-bitrate = 1000000, max-resolution = 1280x720";

  private static Session<IngestEndpoint> session(WhipServer whip) {
    return whip.plugin().sessions().sessions().get(0);
  }

  private static CompletableFuture<SessionEnd> end(Session<IngestEndpoint> session) {
    CompletableFuture<SessionEnd> end = new CompletableFuture<>();
    session.onEnd(end::complete);
    return end;
  }

  private static void connect(WhipServer whip) throws Exception {
    whip.ingest().connectPeer();
    session(whip).submit(() -> true).get(10, TimeUnit.SECONDS);
    assertThat(session(whip).state()).isEqualTo(SessionState.CONNECTED);
  }

  @Test
  void the_answer_and_the_bridge_are_told_them() throws Exception {
    try (WhipServer whip = new WhipServer(LIMITS)) {
      Published published = whip.publish("/whip/room", Samples.offer("chromium-whip"));
      assertThat(published.response().body())
          .contains("\r\nb=AS:872\r\nb=TIAS:872000\r\n")
          .contains("max-fs=3600");
      assertThat(whip.ingest().request().limits())
          .isEqualTo(
              new PublisherLimits(
                  OptionalLong.of(1_000_000), Optional.of(new Resolution(1280, 720))));
    }
  }

  @ParameterizedTest
  @CsvSource({"400000, 400000", "4000000, 1000000"})
  void the_smaller_one_of_the_servers_and_the_callers_counts(long callers, long counts)
      throws Exception {
    Principal caller =
        new Principal(
            "a",
            "a",
            Map.of(),
            new Principal.Limits(OptionalInt.empty(), Optional.empty(), OptionalLong.of(callers)));
    try (TestRuntime runtime = new TestRuntime();
        FakeBridge bridge = new FakeBridge();
        WhipPlugin plugin =
            new WhipPlugin(
                bridge,
                WhipServer.config(LIMITS),
                request -> CompletableFuture.completedFuture(caller),
                runtime.runtime());
        TestServer server = new TestServer(plugin.mounts())) {
      HttpResponse<String> response =
          server.send("POST", "/whip/room", Samples.rfcOffer(), "Content-Type", "application/sdp");
      assertThat(response.statusCode()).isEqualTo(201);
      assertThat(bridge.ingests().get(0).request().limits().maxBitrate()).hasValue(counts);
    }
  }

  @Test
  void a_publisher_that_goes_on_to_send_far_more_is_ended_and_told_why() throws Exception {
    try (WhipServer whip = new WhipServer(LIMITS)) {
      Published published = whip.publish();
      CompletableFuture<SessionEnd> end = end(session(whip));
      LimitWatch watch = new LimitWatch(whip.bridge(), whip.plugin().sessions(), whip.clock());
      for (int i = 0; i < 30; i++) {
        whip.ingest().setBytesReceived(i * 1_000_000L);
        watch.look();
        whip.clock().advance(Duration.ofSeconds(1));
      }
      assertThat(end).as("only connected publishers are looked at").isNotDone();

      connect(whip);
      for (int i = 0; i <= 10; i++) {
        assertThat(end).isNotDone();
        whip.ingest().setBytesReceived(i * 200_000L);
        watch.look();
        whip.clock().advance(Duration.ofSeconds(1));
      }

      assertThat(end.get(10, TimeUnit.SECONDS).reason())
          .isEqualTo(SessionEndReason.BITRATE_EXCEEDED);
      assertThat(
              assertProblem(
                  whip.http().send("GET", published.location(), ""), ProblemType.SESSION_ENDED))
          .startsWith("It sent more bits per second than it may.");
    }
  }

  @ParameterizedTest
  @CsvSource({"1280, 720, 1, false", "720, 1280, 1, false", "1920, 1080, 1, true"})
  void a_publisher_of_larger_pictures_is_ended(int width, int height, long bitrate, boolean ended)
      throws Exception {
    try (WhipServer whip = new WhipServer(LIMITS)) {
      whip.publish("/whip/room", Samples.offer("chromium-whip"));
      CompletableFuture<SessionEnd> end = end(session(whip));
      connect(whip);
      whip.ingest().startMedia(MediaKind.VIDEO);
      whip.ingest()
          .setLayers(List.of(layer(320, 180, 1), layer(width, height, bitrate), layer(4000, 1, 0)));
      LimitWatch watch = new LimitWatch(whip.bridge(), whip.plugin().sessions(), whip.clock());
      for (int i = 0; i <= 10; i++) {
        assertThat(end).isNotDone();
        watch.look();
        whip.clock().advance(Duration.ofSeconds(1));
      }
      if (ended) {
        assertThat(end.get(10, TimeUnit.SECONDS).reason())
            .isEqualTo(SessionEndReason.RESOLUTION_EXCEEDED);
      } else {
        assertThat(session(whip).end()).isEmpty();
      }
    }
  }

  private static LayerInfo layer(int width, int height, long bitrate) {
    return new LayerInfo(
        Optional.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        bitrate,
        OptionalLong.empty(),
        OptionalInt.of(width),
        OptionalInt.of(height));
  }

  @Test
  void a_session_lasts_no_longer_than_it_may() throws Exception {
    try (WhipServer whip = new WhipServer("max-session-time = 4 s")) {
      Published published = whip.publish();
      assertThat(end(session(whip)).get(10, TimeUnit.SECONDS).reason())
          .isEqualTo(SessionEndReason.LONGEST_REACHED);
      assertThat(
              assertProblem(
                  whip.http().send("GET", published.location(), ""), ProblemType.SESSION_ENDED))
          .startsWith("It has lasted as long as a session may.");
    }
  }

  @Test
  void an_address_has_no_more_sessions_than_it_may() throws Exception {
    try (WhipServer whip = new WhipServer("max-sessions-per-address = 2")) {
      Published first = whip.publish("/whip/a", Samples.rfcOffer());
      whip.publish("/whip/b", Samples.rfcOffer());
      HttpResponse<String> third = whip.post("/whip/c", Samples.rfcOffer());
      assertThat(assertProblem(third, ProblemType.TOO_MANY_REQUESTS)).contains("as many sessions");
      assertThat(third.headers().firstValue("Retry-After")).isPresent();

      whip.publish("/whip/b", Samples.rfcOffer()); // Who comes back takes its own place.
      whip.delete(first.location());
      whip.publish("/whip/c", Samples.rfcOffer());
    }
  }

  @Test
  void a_room_gets_no_more_sessions_at_a_time_than_it_may() throws Exception {
    String rate = "rate-limit.room { requests-per-second = 1, burst = 2 }";
    try (WhipServer whip = new WhipServer(rate)) {
      whip.publish("/whip/room/a", Samples.rfcOffer());
      whip.publish("/whip/room/b", Samples.rfcOffer());
      HttpResponse<String> third = whip.post("/whip/room/c", Samples.rfcOffer());
      assertThat(assertProblem(third, ProblemType.TOO_MANY_REQUESTS)).contains("room");
      assertThat(third.headers().firstValue("Retry-After")).contains("1");
      whip.publish("/whip/other", Samples.rfcOffer());

      whip.clock().advance(Duration.ofSeconds(1));
      whip.publish("/whip/room/c", Samples.rfcOffer());
    }
  }

  @Test
  void offers_that_are_no_good_do_not_use_up_what_others_may() throws Exception {
    try (WhipServer whip =
        new WhipServer("rate-limit.room { requests-per-second = 1, burst = 1 }")) {
      for (int i = 0; i < 5; i++) {
        assertThat(whip.post("/whip/room", "rubbish").statusCode()).isEqualTo(400);
      }
      whip.publish("/whip/room", Samples.rfcOffer());
    }
  }

  @Test
  void who_may_not_publish_does_not_use_up_what_others_may() throws Exception {
    String rate = "rate-limit.room { requests-per-second = 1, burst = 1 }, auth.tokens = [ t ]";
    try (WhipServer whip = new WhipServer(rate)) {
      for (int i = 0; i < 5; i++) {
        assertThat(whip.post("/whip/room", Samples.rfcOffer()).statusCode()).isEqualTo(401);
      }
      assertThat(
              whip.post("/whip/room", Samples.rfcOffer(), "Authorization", "Bearer t").statusCode())
          .isEqualTo(201);
    }
  }
}
