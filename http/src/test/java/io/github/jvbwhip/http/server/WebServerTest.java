package io.github.jvbwhip.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.threads.TestThreads;
import io.github.jvbwhip.http.HttpConfigs;
import io.github.jvbwhip.http.TestRuntime;
import io.github.jvbwhip.http.access.Action;
import io.github.jvbwhip.http.composition.Mount;
import io.github.jvbwhip.http.config.FrameAncestors;
import io.github.jvbwhip.http.config.Network;
import io.github.jvbwhip.http.exchange.Call;
import io.github.jvbwhip.http.exchange.Reply;
import io.github.jvbwhip.http.pages.PagesServlet;
import io.github.jvbwhip.http.resources.Access;
import io.github.jvbwhip.http.resources.Operation;
import io.github.jvbwhip.http.resources.Resource;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The product's own server, with clients that no library would be. */
@Timeout(60)
class WebServerTest {
  private static final byte SETTINGS = 4;
  private static final int MAX_CONCURRENT_STREAMS = 3;
  private static final int INITIAL_WINDOW_SIZE = 4;
  private static final Duration NEVER = Duration.ofSeconds(60);
  private static final String GET = "GET /api/x HTTP/1.1\r\nHost: h\r\n";
  private static final String POST =
      "POST /api/x HTTP/1.1\r\nHost: h\r\nContent-Type: text/plain\r\n";

  private final TestRuntime runtime = new TestRuntime();
  private final List<Socket> clients = new ArrayList<>();
  private WebServer server;

  private static final class Echo implements Resource {
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
      if (call.query().isPresent()) {
        return Reply.of(200)
            .withStream(
                "text/plain",
                context -> {
                  throw new IOException("test");
                })
            .atOnce();
      }
      return Reply.of(200).withBody("text/plain", "got " + call.text()).atOnce();
    }
  }

  private void start(ConnectionLimits limits, List<Network> trusted) throws Exception {
    server =
        WebServer.start(
            new WebServerConfig(
                "127.0.0.1", OptionalInt.of(0), Optional.empty(), true, false, false, limits),
            trusted,
            List.of(
                Mount.at(
                    "/api/*",
                    HttpConfigs.servlet(
                        segments -> Optional.of(new Echo()), "", runtime.runtime(), null)),
                new Mount(new PagesServlet(FrameAncestors.ALL, false), PagesServlet.MAPPINGS)));
  }

  private void start() throws Exception {
    start(new ConnectionLimits(1000, 1000, NEVER), List.of());
  }

  @AfterEach
  void stop() throws Exception {
    for (Socket client : clients) {
      client.close();
    }
    server.close();
    runtime.close();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port().orElseThrow());
    socket.setSoTimeout(10_000);
    clients.add(socket);
    return socket;
  }

  private Socket connectFrom(String address) throws IOException {
    Socket socket =
        new Socket(
            InetAddress.getLoopbackAddress(),
            server.port().orElseThrow(),
            InetAddress.getByName(address),
            0);
    socket.setSoTimeout(10_000);
    clients.add(socket);
    return socket;
  }

  private static void write(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  /** All that comes until the server closes. */
  private String raw(String text) throws IOException {
    Socket socket = connect();
    write(socket, text);
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private boolean answers(Socket socket) throws IOException {
    try {
      write(socket, GET + "\r\n");
      return socket.getInputStream().read() == 'H';
    } catch (IOException e) {
      return false; // Reset.
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET /nothing HTTP/1.1, 404, not-found",
    "TRACE /nothing HTTP/1.1, 404, not-found",
    "TRACE /api/x HTTP/1.1, 405, method-not-allowed",
    "TRACE / HTTP/1.1, 405, method-not-allowed",
    "PATCH /watch HTTP/1.1, 405, method-not-allowed",
    "GET /%zz HTTP/1.1, 400, malformed-request",
    "GET /a/..%2fb HTTP/1.1, 400, malformed-request",
    "G(T / HTTP/1.1, 400, malformed-request",
    "GET / HTTP/7.3, 505, about:blank",
  })
  void what_the_container_refuses_is_a_problem_document(String line, int status, String type)
      throws Exception {
    start();
    String response = raw(line + "\r\nHost: h\r\nX-Secret: s3cret\r\nConnection: close\r\n\r\n");

    assertThat(response)
        .startsWith("HTTP/1.1 " + status + " ")
        .containsIgnoringCase("\r\nContent-Type: application/problem+json\r\n")
        .contains("\"status\":" + status, type)
        .doesNotContain("s3cret", "<html", "jetty");
  }

  @Test
  void a_head_that_is_too_large_is_a_problem_document_too() throws Exception {
    start();
    assertThat(raw(GET + "X: " + "x".repeat(20_000) + "\r\n\r\n"))
        .startsWith("HTTP/1.1 431 ")
        .contains("\"status\":431", "about:blank");
  }

  @ParameterizedTest
  @ValueSource(strings = {"zz\r\n", "5\r\nhelloworld\r\n", "-1\r\n", "0x5\r\nhello\r\n0\r\n\r\n"})
  void malformed_chunks_are_a_malformed_request(String body) throws Exception {
    start();
    assertThat(raw(POST + "Transfer-Encoding: chunked\r\n\r\n" + body))
        .startsWith("HTTP/1.1 400 ")
        .contains(":error:malformed-request")
        .doesNotContain("got ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST /api/x HTTP/1.1 | gzip, chunked | 501",
        "GET /watch HTTP/1.1  | gzip, chunked | 501",
        "POST /api/x HTTP/1.1 | gzip          | 400",
        "POST /api/x HTTP/1.0 | chunked       | 400",
        "GET /watch HTTP/1.0  | chunked       | 400",
      })
  void other_transfer_codings_than_chunked_are_refused(String line, String coding, int status)
      throws Exception {
    start();
    assertThat(
            raw(
                line
                    + "\r\nHost: h\r\nContent-Type: text/plain\r\nConnection: keep-alive\r\n"
                    + "Transfer-Encoding: %s\r\n\r\n1\r\nx\r\n0\r\n\r\n".formatted(coding)))
        .startsWith("HTTP/1.1 " + status + " ")
        .containsIgnoringCase("\r\nConnection: close\r\n")
        .containsIgnoringCase("\r\nContent-Type: application/problem+json\r\n")
        .contains("\"status\":" + status, "Transfer-Encoding");
  }

  @Test
  void chunked_is_taken_in_any_case() throws Exception {
    start();
    assertThat(
            raw(
                POST
                    + "Connection: close\r\nTransfer-Encoding: Chunked\r\n\r\n"
                    + "1\r\nx\r\n0\r\n\r\n"))
        .startsWith("HTTP/1.1 200 ")
        .contains("got x");
  }

  @Test
  void an_answer_that_cannot_be_written_does_not_look_like_one() throws Exception {
    start();
    assertThat(raw("GET /api/x?broken HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 500 ")
        .doesNotContain("text/plain");
  }

  @Test
  void nobody_upgrades_to_clear_http_2() throws Exception {
    start();
    String response =
        raw(
            GET
                + "Connection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\n"
                + "HTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n");

    assertThat(response).startsWith("HTTP/1.1 200 ").contains("got ");
  }

  @Test
  void whoever_begins_with_clear_http_2_gets_it() throws Exception {
    start();
    Socket client = connect();
    write(client, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    client.getOutputStream().write(new byte[] {0, 0, 0, SETTINGS, 0, 0, 0, 0, 0});
    client.getOutputStream().flush();

    assertThat(client.getInputStream().readNBytes(4)[3]).isEqualTo(SETTINGS);
  }

  @Test
  void a_connection_of_http_2_has_so_many_streams_and_so_much_memory() throws Exception {
    start();
    Socket client = connect();
    write(client, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    client.getOutputStream().write(new byte[] {0, 0, 0, SETTINGS, 0, 0, 0, 0, 0});
    client.getOutputStream().flush();

    DataInputStream in = new DataInputStream(client.getInputStream());
    int length = in.readInt() >>> 8;
    in.skipNBytes(5);
    Map<Integer, Integer> settings = new HashMap<>();
    for (int i = 0; i < length; i += 6) {
      settings.put((int) in.readShort(), in.readInt());
    }
    assertThat(settings)
        .containsEntry(MAX_CONCURRENT_STREAMS, 128)
        .containsEntry(INITIAL_WINDOW_SIZE, 128 << 10);
  }

  @ParameterizedTest
  @CsvSource({"/publish, true", "/, true", "/watch, true", "/embed/room, false"})
  void pages_but_the_embedded_player_are_in_no_frame(String page, boolean alone) throws Exception {
    start();
    String response = raw("GET " + page + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");

    assertThat(response.contains("frame-ancestors 'none'")).isEqualTo(alone);
  }

  @Test
  void one_address_has_so_many_connections_and_gets_more_when_it_closes_some() throws Exception {
    start(new ConnectionLimits(1000, 3, NEVER), List.of());
    for (int i = 0; i < 3; i++) {
      assertThat(answers(connect())).isTrue();
    }
    assertThat(answers(connect())).isFalse();

    clients.get(0).close();
    awaitAnswer();
  }

  @Test
  void all_together_have_so_many_connections() throws Exception {
    start(new ConnectionLimits(2, 1000, NEVER), List.of(Network.of("127.0.0.0/8").orElseThrow()));
    assertThat(answers(connect())).isTrue();
    assertThat(answers(connect())).isTrue();
    assertThat(answers(connect())).isFalse();

    clients.get(0).close();
    awaitAnswer();
  }

  @Test
  void a_trusted_proxy_has_any_number() throws Exception {
    start(new ConnectionLimits(1000, 1, NEVER), List.of(Network.of("127.0.0.0/8").orElseThrow()));
    assertThat(answers(connect())).isTrue();
    assertThat(answers(connect())).isTrue();
  }

  /** The server sees a moment later that a connection is closed. */
  private void awaitAnswer() throws IOException {
    boolean answered = false;
    while (!answered) { // Until the test's time is over.
      answered = answers(connect());
    }
  }

  @Test
  void a_head_that_trickles_in_ends_with_its_time() throws Exception {
    start(new ConnectionLimits(1000, 1000, Duration.ofMillis(300)), List.of());
    Socket slow = connect();
    assertThat(answers(slow)).isTrue();
    byte[] buffer = new byte[1024];
    assertThat(slow.getInputStream().read(buffer)).isPositive();

    assertThat(trickle(slow, GET + "X-Long: ")).isTrue();
    assertThat(trickle(connect(), GET + "X-Long: ")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GET / HT", GET + "X-Long: ", "PRI * HTTP/2.0\r\n\r\n"})
  void who_falls_silent_before_a_request_is_whole_is_not_waited_for(String begun) throws Exception {
    start(new ConnectionLimits(1000, 1000, Duration.ofMillis(300)), List.of());
    Socket silent = connect();
    write(silent, begun);

    silent.setSoTimeout(20_000);
    assertThat(silent.getInputStream().readAllBytes()).isNotNull(); // Until it is closed.
  }

  /** Which of them has waited longest the server knows: answers come before it has seen that. */
  @Test
  void when_there_are_as_many_as_are_taken_one_that_waits_gives_way() throws Exception {
    start(new ConnectionLimits(2, 1000, NEVER), List.of());
    Socket first = connectFrom("127.0.0.1");
    assertThat(answers(first)).isTrue();
    Socket second = connectFrom("127.0.0.2");
    assertThat(answers(second)).isTrue();

    assertThat(answers(connectFrom("127.0.0.3"))).isTrue();
    CompletableFuture.anyOf(closing(first), closing(second)).get(20, TimeUnit.SECONDS);
  }

  private static CompletableFuture<Void> closing(Socket socket) throws IOException {
    socket.setSoTimeout(0);
    CompletableFuture<Void> closed = new CompletableFuture<>();
    TestThreads.daemons()
        .newThread(
            () -> {
              try {
                assertThat(socket.getInputStream().readAllBytes()).isNotNull(); // Until then.
                closed.complete(null);
              } catch (IOException e) {
                closed.complete(null);
              }
            })
        .start();
    return closed;
  }

  /** Sends a byte every now and then; whether the server ends that. */
  private static boolean trickle(Socket socket, String beginning) throws IOException {
    write(socket, beginning);
    socket.setSoTimeout(20);
    for (int i = 0; i < 500; i++) {
      try {
        write(socket, "x");
        if (socket.getInputStream().read() < 0) {
          return true;
        }
      } catch (java.net.SocketTimeoutException e) {
        continue;
      } catch (IOException e) {
        return true;
      }
    }
    return false;
  }
}
