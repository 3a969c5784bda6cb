package io.github.jvbwhip.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.http.access.Action;
import io.github.jvbwhip.http.composition.Mount;
import io.github.jvbwhip.http.config.FrameAncestors;
import io.github.jvbwhip.http.exchange.Call;
import io.github.jvbwhip.http.exchange.Reply;
import io.github.jvbwhip.http.pages.PagesServlet;
import io.github.jvbwhip.http.resources.Access;
import io.github.jvbwhip.http.resources.Operation;
import io.github.jvbwhip.http.resources.Resource;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that do not read what they asked for cost nobody else anything. */
@Timeout(60)
class SlowClientTest {
  /** Below the time after which Jetty itself gives a client up. */
  private static final Duration SOON = Duration.ofSeconds(10);

  private static final int THREADS = 10;

  /** Says much, or takes a body. */
  private static final class Talker implements Resource {
    /** More than the kernel's buffers on both sides hold. */
    private static final byte[] LONG = new byte[24 << 20];

    @Override
    public Access access() {
      return Access.to(Action.WATCH, Optional.empty(), Optional.empty());
    }

    @Override
    public List<Operation> operations() {
      return List.of(Operation.of("GET"), Operation.taking("POST", List.of("text/plain")));
    }

    @Override
    public CompletableFuture<Reply> handle(Call call) {
      return Reply.of(200)
          .withBody(
              "text/plain",
              call.query().isPresent() ? LONG : "hello".getBytes(StandardCharsets.UTF_8))
          .atOnce();
    }
  }

  private final TestRuntime runtime = new TestRuntime();
  private final List<AutoCloseable> clients = new ArrayList<>();
  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    server =
        new TestServer(
            List.of(
                Mount.at(
                    "/api/*",
                    HttpConfigs.servlet(
                        segments -> Optional.of(new Talker()),
                        "request-timeout = 300 ms",
                        runtime.runtime(),
                        null)),
                new Mount(new PagesServlet(FrameAncestors.ALL, false), PagesServlet.MAPPINGS)),
            THREADS);
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable client : clients) {
      client.close();
    }
    server.close();
    runtime.close();
  }

  private Http2Connection http2() throws IOException {
    Http2Connection connection = new Http2Connection(server.connect());
    clients.add(connection);
    return connection;
  }

  /** A client of HTTP/1.1 that asks for much, and reads no more than that an answer comes. */
  private void askOnly() throws IOException {
    Socket socket = new Socket();
    clients.add(socket);
    socket.setReceiveBufferSize(4096);
    socket.connect(new InetSocketAddress("127.0.0.1", server.port()));
    socket
        .getOutputStream()
        .write("GET /api/x?long HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    assertThat(socket.getInputStream().read()).isEqualTo('H');
  }

  @Test
  void a_closed_window_does_not_stop_the_deadlines_of_others() throws Exception {
    Http2Connection closed = http2();
    int late = closed.request("POST", "/api/x", false, "content-type", "text/plain");
    closed.awaitHead(late);

    Instant start = Instant.now();
    String response =
        server.raw(
            "POST /api/x HTTP/1.1\r\nHost: h\r\n"
                + "Content-Type: text/plain\r\nContent-Length: 10\r\n\r\n1");

    assertThat(response).startsWith("HTTP/1.1 408");
    assertThat(Duration.between(start, Instant.now())).isLessThan(SOON);
  }

  @Test
  void a_closed_window_holds_no_thread() throws Exception {
    Http2Connection closed = http2();
    for (int i = 0; i < 2 * THREADS; i++) {
      closed.request("GET", i % 2 == 0 ? "/api/x" : "/publish", true);
    }
    assertThatOthersAreServed();
  }

  @Test
  void a_reader_that_stops_holds_no_thread() throws Exception {
    for (int i = 0; i < 2 * THREADS; i++) {
      askOnly();
    }
    assertThatOthersAreServed();
  }

  private void assertThatOthersAreServed() throws Exception {
    for (int i = 0; i < 20; i++) {
      HttpResponse<String> response = server.send("GET", "/api/x", "");
      assertThat(response.body()).isEqualTo("hello");
    }
  }

  @Test
  void a_window_that_opens_late_gets_the_whole_response() throws Exception {
    Http2Connection client = http2();
    int asked = client.request("GET", "/api/x", true);
    int late = client.request("POST", "/api/x", false, "content-type", "text/plain");
    client.awaitHead(late);

    client.openWindows(asked);
    assertThat(client.body(asked)).isEqualTo("hello");
    client.openWindows(late);
    assertThat(client.body(late)).contains("request-timeout");
  }
}
