package io.github.jvbwhip.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.threads.Await;
import io.github.jvbwhip.http.access.Action;
import io.github.jvbwhip.http.composition.Mount;
import io.github.jvbwhip.http.exchange.Call;
import io.github.jvbwhip.http.exchange.Reply;
import io.github.jvbwhip.http.limits.BodyBudget;
import io.github.jvbwhip.http.limits.RefusalLog;
import io.github.jvbwhip.http.resources.Access;
import io.github.jvbwhip.http.resources.Operation;
import io.github.jvbwhip.http.resources.Resource;
import io.github.jvbwhip.http.runtime.ServerRuntime;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What bodies take of the memory is bounded, however many clients send some. */
@Timeout(60)
class BodyMemoryTest {
  private static final int BUDGET = 64 << 10;
  private static final int LIMIT = 32 << 10;
  private static final int CLIENTS = 30;
  private static final String[] GOOD = {
    "Content-Type", "text/plain", "Authorization", "Bearer good"
  };

  private static final class Length implements Resource {
    @Override
    public Access access() {
      return Access.to(Action.WATCH, Optional.empty(), Optional.empty());
    }

    @Override
    public List<Operation> operations() {
      return List.of(Operation.taking("POST", List.of("text/plain")));
    }

    @Override
    public CompletableFuture<Reply> handle(Call call) {
      return Reply.of(200).withBody("text/plain", "" + call.body().length).atOnce();
    }
  }

  private final TestRuntime runtime = new TestRuntime();
  private final BodyBudget bodies = new BodyBudget(BUDGET);
  private final List<Socket> clients = new ArrayList<>();
  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    ServerRuntime bounded = runtime.runtime(bodies, new RefusalLog(runtime.clock()));
    server =
        new TestServer(
            List.of(mount("/api/*", LIMIT, bounded), mount("/large/*", 3 * BUDGET, bounded)));
  }

  private static Mount mount(String path, int limit, ServerRuntime runtime) throws Exception {
    return Mount.at(
        path,
        HttpConfigs.servlet(
            segments -> Optional.of(new Length()),
            "auth.tokens = [ good ], request-timeout = 50 s, body-limit = " + limit,
            runtime,
            null));
  }

  @AfterEach
  void stop() throws Exception {
    for (Socket client : clients) {
      client.close();
    }
    server.close();
    runtime.close();
  }

  /** Sends all of a large body but its last byte. */
  private Socket unfinished(String token) throws IOException {
    Socket socket = server.connect();
    clients.add(socket);
    String head =
        "POST /api/x HTTP/1.1\r\nHost: h\r\nContent-Type: text/plain\r\nAuthorization: Bearer "
            + token
            + "\r\nContent-Length: "
            + LIMIT
            + "\r\n\r\n";
    write(socket, head + "x".repeat(LIMIT - 1));
    return socket;
  }

  /** Sends so many bodies that all is taken, and then others for which there is no room. */
  private void fill() throws IOException {
    for (int i = 0; i < BUDGET / LIMIT; i++) {
      unfinished("good");
    }
    // Lasts: these wait for their last bytes, and there is nobody else yet.
    Await.until("all is taken", () -> bodies.taken() == BUDGET);
    for (int i = BUDGET / LIMIT; i < CLIENTS; i++) {
      unfinished("good");
    }
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  private static String status(Socket socket) throws IOException {
    return new String(
        socket.getInputStream().readNBytes("HTTP/1.1 200".length()), StandardCharsets.US_ASCII);
  }

  private HttpResponse<String> post(int length, String... headers) throws Exception {
    return server.send("POST", "/api/x", "x".repeat(length), headers);
  }

  @Test
  void unfinished_bodies_stay_within_the_budget_and_give_it_back() throws Exception {
    fill();
    HttpResponse<String> refused = post(100, GOOD);
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).contains("1");
    assertThat(bodies.taken()).isEqualTo(BUDGET);

    for (Socket client : clients) {
      client.close();
    }
    while (post(LIMIT, GOOD).statusCode() != 200) { // The server sees a moment later who is gone.
      assertThat(bodies.taken()).isLessThanOrEqualTo(BUDGET);
    }
    assertThat(post(LIMIT, GOOD).body()).isEqualTo("" + LIMIT);
  }

  @Test
  void what_finds_no_room_is_told_so_when_it_has_been_sent() throws Exception {
    fill();
    for (int i = CLIENTS - 1; i >= 0; i--) {
      write(clients.get(i), "x");
      assertThat(status(clients.get(i)))
          .isEqualTo(i < BUDGET / LIMIT ? "HTTP/1.1 200" : "HTTP/1.1 503");
    }
    assertThat(post(LIMIT, GOOD).body()).isEqualTo("" + LIMIT);
  }

  @Test
  void a_body_alone_may_be_as_large_as_its_limit_whatever_the_budget() throws Exception {
    String large = "x".repeat(3 * BUDGET);
    assertThat(server.send("POST", "/large/x", large, GOOD).body()).isEqualTo("" + 3 * BUDGET);
    assertThat(bodies.taken()).isZero();

    fill();
    assertThat(server.send("POST", "/large/x", large, GOOD).statusCode()).isEqualTo(503);
    assertThat(bodies.taken()).isEqualTo(BUDGET);
  }

  @Test
  void bodies_of_who_is_refused_take_nothing() throws Exception {
    for (int i = 0; i < CLIENTS; i++) {
      unfinished("wrong");
    }
    for (int i = 0; i < CLIENTS; i++) {
      assertThat(bodies.taken()).isZero();
      assertThat(post(LIMIT, GOOD).body()).isEqualTo("" + LIMIT);
    }
    for (Socket client : clients) {
      write(client, "x");
      assertThat(status(client)).isEqualTo("HTTP/1.1 401");
    }
    assertThat(bodies.taken()).isZero();
  }

  @Test
  void a_body_of_the_limit_is_read_whole_and_one_byte_more_is_not() throws Exception {
    assertThat(post(LIMIT, GOOD).body()).isEqualTo("" + LIMIT);
    String chunked =
        "POST /api/x HTTP/1.1\r\nHost: h\r\nContent-Type: text/plain\r\nAuthorization: Bearer good"
            + "\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n";
    assertThat(server.raw(chunked.formatted(LIMIT, "x".repeat(LIMIT)))).endsWith("" + LIMIT);
    assertThat(server.raw(chunked.formatted(LIMIT + 1, "x".repeat(LIMIT + 1))))
        .startsWith("HTTP/1.1 413");
  }
}
