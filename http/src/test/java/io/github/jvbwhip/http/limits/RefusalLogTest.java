package io.github.jvbwhip.http.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.session.ManualClock;
import io.github.jvbwhip.http.HttpConfigs;
import io.github.jvbwhip.http.TestRuntime;
import io.github.jvbwhip.http.TestServer;
import io.github.jvbwhip.http.access.Action;
import io.github.jvbwhip.http.composition.Mount;
import io.github.jvbwhip.http.exchange.Call;
import io.github.jvbwhip.http.exchange.Reply;
import io.github.jvbwhip.http.resources.Access;
import io.github.jvbwhip.http.resources.Operation;
import io.github.jvbwhip.http.resources.Resource;
import io.github.jvbwhip.http.runtime.ServerRuntime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class RefusalLogTest {
  private final ManualClock clock = new ManualClock();
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final RefusalLog log = new RefusalLog(clock, lines::add);

  @Test
  void once_a_minute_for_a_network() {
    log.refused(401, "192.0.2.7", "POST", "/whip/hall");
    log.refused(429, "192.0.2.7", "POST", "/whip/hall");
    log.refused(429, "2001:db8::1", "GET", "/operator/rooms");
    log.refused(429, "2001:db8::2", "GET", "/operator/rooms");
    clock.advance(Duration.ofSeconds(59));
    log.refused(401, "192.0.2.7", "POST", "/whip/hall");
    assertThat(lines)
        .containsExactly(
            "Refused 192.0.2.7: 401 to POST /whip/hall",
            "Refused 2001:db8::1: 429 to GET /operator/rooms");
    clock.advance(Duration.ofSeconds(1));
    log.refused(401, "192.0.2.7", "POST", "/whip/hall");
    assertThat(lines).hasSize(3);
  }

  @Test
  void other_statuses_are_none_and_paths_are_short() {
    log.refused(403, "192.0.2.7", "POST", "/whip/hall");
    log.refused(201, "192.0.2.7", "POST", "/whip/hall");
    assertThat(lines).isEmpty();
    log.refused(401, "192.0.2.7", "POST", "/" + "x".repeat(5000));
    assertThat(lines.get(0)).hasSizeLessThan(400);
  }

  private record Anything(Access access) implements Resource {
    @Override
    public List<Operation> operations() {
      return List.of(Operation.of("GET"));
    }

    @Override
    public CompletableFuture<Reply> handle(Call call) {
      return Reply.of(204).atOnce();
    }
  }

  @Test
  void the_server_tells_it_without_secrets() throws Exception {
    try (TestRuntime runtime = new TestRuntime()) {
      ServerRuntime told =
          runtime.runtime(BodyBudget.ofHeap(), new RefusalLog(runtime.clock(), lines::add));
      try (TestServer server =
          new TestServer(
              List.of(
                  Mount.at(
                      "/api/*",
                      HttpConfigs.servlet(
                          segments ->
                              Optional.of(
                                  new Anything(
                                      segments.contains("sessions")
                                          ? Access.bySecret(Action.WATCH)
                                          : Access.to(
                                              Action.WATCH, Optional.empty(), Optional.empty()))),
                          "strict = true, auth.tokens = [ good ], rate-limit { requests-per-second = 1, burst = 1 }",
                          told,
                          null))))) {
        String[] wrong = {"Authorization", "Bearer s3cret"};
        assertThat(server.send("GET", "/api/room?token=s3cret", "", wrong).statusCode())
            .isEqualTo(401);
        runtime.clock().advance(Duration.ofMinutes(2));
        assertThat(server.send("GET", "/api/sessions/s3cret", "", wrong).statusCode())
            .isEqualTo(401);
        runtime.clock().advance(Duration.ofMinutes(2));
        assertThat(server.send("GET", "/api/room", "", "Authorization", "Bearer good").statusCode())
            .isEqualTo(204);
        assertThat(server.send("GET", "/api/room", "").statusCode()).isEqualTo(429);
      }
    }
    assertThat(lines)
        .containsExactly(
            "Refused 127.0.0.1: 401 to GET /api/room",
            "Refused 127.0.0.1: 401 to GET /api/...",
            "Refused 127.0.0.1: 429 to GET /api/room");
  }
}
