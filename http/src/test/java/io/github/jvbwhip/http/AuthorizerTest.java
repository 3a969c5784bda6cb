package io.github.jvbwhip.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.threads.Await;
import io.github.jvbwhip.http.access.AccessRequest;
import io.github.jvbwhip.http.access.Action;
import io.github.jvbwhip.http.access.Authorizer;
import io.github.jvbwhip.http.access.Credentials;
import io.github.jvbwhip.http.access.Principal;
import io.github.jvbwhip.http.composition.Mount;
import io.github.jvbwhip.http.exchange.Call;
import io.github.jvbwhip.http.exchange.Reply;
import io.github.jvbwhip.http.resources.Access;
import io.github.jvbwhip.http.resources.Operation;
import io.github.jvbwhip.http.resources.Resource;
import io.github.jvbwhip.http.resources.SignallingServlet;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an authorizer is asked, and that it may take its time. */
@Timeout(60)
class AuthorizerTest {
  private static final int THREADS = 10;

  /** Says who it takes the caller for. */
  private static final class Mirror implements Resource {
    @Override
    public Access access() {
      return Access.to(
          Action.PUBLISH, Optional.of(new RoomName("r")), Optional.of(new StreamName("s")));
    }

    @Override
    public List<Operation> operations() {
      return List.of(Operation.of("GET"), Operation.taking("POST", List.of("text/plain")));
    }

    @Override
    public CompletableFuture<Reply> handle(Call call) {
      return Reply.of(200)
          .withBody("text/plain", call.principal().name() + " " + call.text())
          .atOnce();
    }
  }

  private record Asked(AccessRequest request, CompletableFuture<Principal> answer) {}

  private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();
  private final TestRuntime runtime = new TestRuntime();
  private TestServer server;

  private void start(String changes, Authorizer authorizer) throws Exception {
    SignallingServlet servlet =
        new SignallingServlet(
            segments -> Optional.of(new Mirror()),
            HttpConfigs.with(changes),
            authorizer,
            runtime.runtime());
    server = new TestServer(List.of(Mount.at("/api/*", servlet)), THREADS);
  }

  private CompletableFuture<Principal> hold(AccessRequest request) {
    Asked question = new Asked(request, new CompletableFuture<>());
    asked.add(question);
    return question.answer();
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
    runtime.close();
  }

  @Test
  void is_asked_with_action_room_stream_address_and_all_credentials() throws Exception {
    start("auth.query-token = true", this::hold);
    CompletableFuture<HttpResponse<String>> response =
        HttpClient.newHttpClient()
            .sendAsync(
                server
                    .request("/api/x?access_token=q%20t")
                    .header("Authorization", "Basic dXNlcjpwYXNzOndvcmQ=")
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    Asked question = next();
    question.answer().complete(new Principal("id", "somebody"));

    assertThat(response.get(10, TimeUnit.SECONDS).body()).isEqualTo("somebody ");
    AccessRequest request = question.request();
    assertThat(request.action()).isEqualTo(Action.PUBLISH);
    assertThat(request.room()).contains(new RoomName("r"));
    assertThat(request.stream()).contains(new StreamName("s"));
    assertThat(request.address()).isEqualTo("127.0.0.1");
    assertThat(request.credentials().query()).contains("q t");
    assertThat(request.credentials().basic()).contains(new Credentials.Basic("user", "pass:word"));
    assertThat(request.credentials().bearer()).isEmpty();
    assertThat(request.toString()).doesNotContain("q t").doesNotContain("word");
  }

  @Test
  void a_token_in_the_query_is_none_unless_that_is_wanted() throws Exception {
    start("", this::hold);
    var unused =
        HttpClient.newHttpClient()
            .sendAsync(
                server.request("/api/x?access_token=t").build(),
                HttpResponse.BodyHandlers.ofString());
    Asked question = next();
    question.answer().complete(new Principal("id", "somebody"));
    assertThat(question.request().credentials().token()).isEmpty();
  }

  private Asked next() {
    return Await.until("it is asked", asked::poll, Objects::nonNull);
  }

  @Test
  void holds_no_thread_while_it_thinks_and_the_body_is_read_after_it() throws Exception {
    start("request-timeout = 30 s", this::hold);
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
    List<Asked> questions = new ArrayList<>();
    for (int i = 0; i < 2 * THREADS; i++) {
      responses.add(
          client.sendAsync(
              server
                  .request("/api/x")
                  .header("Content-Type", "text/plain")
                  .POST(HttpRequest.BodyPublishers.ofString("body " + i))
                  .build(),
              HttpResponse.BodyHandlers.ofString()));
      questions.add(next());
    }
    questions.forEach(question -> question.answer().complete(new Principal("id", "slowly")));
    for (int i = 0; i < responses.size(); i++) {
      assertThat(responses.get(i).get(10, TimeUnit.SECONDS).body()).isEqualTo("slowly body " + i);
    }
  }

  @Test
  void is_waited_for_no_longer_than_configured() throws Exception {
    start("request-timeout = 300 ms", this::hold);
    assertThat(server.send("GET", "/api/x", "").statusCode()).isEqualTo(503);
    assertThat(next().answer()).isCompletedExceptionally();
  }

  @Test
  void that_fails_lets_nobody_in() throws Exception {
    start(
        "",
        request -> {
          throw new NoClassDefFoundError("half an installation");
        });
    assertThat(server.send("GET", "/api/x", "").statusCode()).isEqualTo(500);
  }
}
