package io.github.jvbwhip.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.http.access.Action;
import io.github.jvbwhip.http.composition.Mount;
import io.github.jvbwhip.http.exchange.Call;
import io.github.jvbwhip.http.exchange.Reply;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import io.github.jvbwhip.http.resources.Access;
import io.github.jvbwhip.http.resources.Operation;
import io.github.jvbwhip.http.resources.Resource;
import io.github.jvbwhip.http.resources.Router;
import io.github.jvbwhip.http.runtime.PostListener;
import io.github.jvbwhip.http.runtime.ServerRuntime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is told of POSTs to endpoints, whoever answers them, and of nothing else. */
class PostListenerTest {
  private record Heard(PostListener.Protocol protocol, String outcome, long nanos) {}

  /** Answers with the status that it is sent. */
  private record Endpoint(boolean opensSessions) implements Resource {
    @Override
    public Access access() {
      return Access.to(Action.WATCH, Optional.empty(), Optional.empty());
    }

    @Override
    public List<Operation> operations() {
      return List.of(Operation.of("GET"), Operation.taking("POST", List.of("text/plain")));
    }

    @Override
    public CompletableFuture<Reply> handle(Call call) throws ProblemException {
      if (call.method().equals("GET")) {
        return Reply.of(204).atOnce();
      }
      if (call.text().equals("busy")) {
        throw new ProblemException(ProblemType.BUSY, "Later.");
      }
      return Reply.of(Integer.parseInt(call.text())).atOnce();
    }
  }

  private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
  private final TestRuntime runtime = new TestRuntime();
  private TestServer server;

  private void start(String requestTimeout) throws Exception {
    ServerRuntime basic = runtime.runtime();
    ServerRuntime listening =
        new ServerRuntime(
            basic.clock(),
            basic.random(),
            basic.executor(),
            basic.scheduler(),
            (protocol, outcome, nanos) -> heard.add(new Heard(protocol, outcome, nanos)),
            basic.sessions());
    Router router =
        segments ->
            switch (String.join("/", segments)) {
              case "room" -> Optional.of(new Endpoint(true));
              case "other" -> Optional.of(new Endpoint(false));
              default -> Optional.empty();
            };
    server =
        new TestServer(
            List.of(
                Mount.at(
                    "/whip/*",
                    HttpConfigs.servlet(
                        router,
                        "auth.tokens = [ good ], body-limit = 1 KiB, request-timeout = "
                            + requestTimeout,
                        listening,
                        PostListener.Protocol.WHIP))));
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
    runtime.close();
  }

  private void post(String path, String body, String type, String token) throws Exception {
    server.send("POST", path, body, "Content-Type", type, "Authorization", "Bearer " + token);
  }

  private void assertHeard(String outcome) throws Exception {
    Heard next = heard.poll(20, TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    assertThat(next.protocol()).isEqualTo(PostListener.Protocol.WHIP);
    assertThat(next.outcome()).isEqualTo(outcome);
    assertThat(next.nanos()).isPositive();
  }

  @Test
  void what_the_resource_answers_is_told() throws Exception {
    start("20 s");
    post("/whip/room", "201", "text/plain", "good");
    assertHeard("created");
    post("/whip/room", "406", "text/plain", "good");
    assertHeard("counter-offer");
    post("/whip/room", "307", "text/plain", "good");
    assertHeard("redirected");
    post("/whip/room", "busy", "text/plain", "good");
    assertHeard("busy");
    post("/whip/room", "no number", "text/plain", "good");
    assertHeard("internal");
  }

  @Test
  void what_is_refused_before_it_gets_there_is_told() throws Exception {
    start("20 s");
    post("/whip/room", "201", "text/plain", "bad");
    assertHeard("unauthorized");
    post("/whip/room", "201", "text/html", "good");
    assertHeard("unsupported-media-type");
    post("/whip/room", "x".repeat(2000), "text/plain", "good");
    assertHeard("body-too-large");
    post("/whip/no/such/path", "201", "text/plain", "good");
    assertHeard("not-found");
  }

  @Test
  void what_does_not_arrive_in_time_is_told() throws Exception {
    start("200 ms");
    server.raw(
        "POST /whip/room HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer good\r\n"
            + "Content-Type: text/plain\r\nContent-Length: 10\r\n\r\n2");
    assertHeard("request-timeout");
  }

  @Test
  void other_requests_are_not() throws Exception {
    start("20 s");
    server.send("GET", "/whip/room", "", "Authorization", "Bearer good");
    server.send("OPTIONS", "/whip/room", "");
    server.send("DELETE", "/whip/room", "");
    post("/whip/other", "201", "text/plain", "good");
    post("/whip/room", "201", "text/plain", "good");

    assertHeard("created");
    assertThat(heard).isEmpty();
  }
}
