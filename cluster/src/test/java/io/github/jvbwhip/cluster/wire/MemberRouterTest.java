package io.github.jvbwhip.cluster.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvbwhip.core.bridge.Availability;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.http.HttpConfigs;
import io.github.jvbwhip.http.TestRuntime;
import io.github.jvbwhip.http.TestServer;
import io.github.jvbwhip.http.composition.Mount;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What passes between members over HTTP, and what does not. */
class MemberRouterTest {
  private static final String SECRET = "a secret of more than 32 characters";
  private static final String PEER = "https://peer.example";
  private static final String PROCESS = "0123456789abcdef";
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Heartbeat HEARTBEAT =
      new Heartbeat(
          "aa",
          false,
          new Heartbeat.Load(Availability.State.DRAINING, 3, 9),
          new Heartbeat.Known("bb", 4),
          Optional.of(
              new Heartbeat.Claims(5, List.of(new Heartbeat.Claim(new RoomName("r"), true)))),
          List.of("l1", "l2"));

  private final TestRuntime runtime = new TestRuntime();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final Signer signer = new Signer(SECRET);
  private volatile MemberRouter router;
  private final Door door = new Door();
  private TestServer server;
  private String self;
  private int nonces;

  private final Answers answers =
      new Answers() {
        @Override
        public CompletableFuture<Heartbeat> heartbeat(String member, Heartbeat heartbeat) {
          asked.add(member + " " + heartbeat);
          return CompletableFuture.completedFuture(heartbeat);
        }

        @Override
        public CompletableFuture<LinkAnswer> link(String member, LinkRequest request) {
          asked.add(member + " " + request);
          return CompletableFuture.completedFuture(new LinkAnswer.Elsewhere("http://x", true));
        }

        @Override
        public CompletableFuture<SideMessage.Taken> side(String member, SideMessage message) {
          asked.add(member + " " + message);
          return CompletableFuture.completedFuture(new SideMessage.Taken(false));
        }

        @Override
        public CompletableFuture<Void> unlink(String member, Unlink message) {
          asked.add(member + " " + message);
          return CompletableFuture.completedFuture(null);
        }
      };

  @BeforeEach
  void start() throws Exception {
    server = new TestServer(List.of(Mount.at("/cluster/*", door)));
    self = "http://127.0.0.1:" + server.port();
    begin(PROCESS);
  }

  /** There is such a process from now on. */
  private void begin(String incarnation) throws Exception {
    router = new MemberRouter(new Hello(self, incarnation), signer, runtime.clock(), answers);
    door.behind = servlet(router);
  }

  private MemberServlet servlet(MemberRouter to) throws Exception {
    return new MemberServlet(to, HttpConfigs.with("body-limit = 1 MiB"), runtime.runtime());
  }

  /** Where processes follow one another. */
  private static final class Door extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private transient volatile MemberServlet behind;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws ServletException, IOException {
      behind.service((ServletRequest) request, (ServletResponse) response);
    }
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
    runtime.close();
  }

  private PeerClient client(String secret, Clock clock) {
    return new PeerClient(
        PEER,
        new Signer(secret),
        clock,
        new SecureRandom(),
        Duration.ofSeconds(5),
        Duration.ofSeconds(5));
  }

  private String nonce() {
    return "%032x".formatted(++nonces);
  }

  private HttpResponse<String> post(
      String operation,
      String body,
      String to,
      String process,
      long time,
      String nonce,
      String sign)
      throws Exception {
    return server.send(
        "POST", "/cluster/" + operation, body, signed(sign, body, to, process, time, nonce));
  }

  /** The header fields of a request with that body. */
  private String[] signed(
      String operation, String body, String to, String process, long time, String nonce) {
    String digest = Signer.digest(body.getBytes(StandardCharsets.UTF_8));
    return new String[] {
      "Content-Type",
      "application/json",
      "Cluster-Digest",
      digest,
      "Cluster-From",
      PEER,
      "Cluster-To",
      to,
      "Cluster-Process",
      process,
      "Cluster-Time",
      "" + time,
      "Cluster-Nonce",
      nonce,
      "Cluster-Signature",
      signer.ofRequest(operation, digest, PEER, to, process, "" + time, nonce)
    };
  }

  private String[] signed(String operation, String body) {
    return signed(operation, body, self, PROCESS, now(), nonce());
  }

  private HttpResponse<String> post(String operation, String body) throws Exception {
    return post(operation, body, self, PROCESS, now(), nonce(), operation);
  }

  private long now() {
    return runtime.clock().millis();
  }

  private static String unlink() {
    return MessageJson.write(new Unlink("l", "why")).toString();
  }

  @Test
  void all_messages_come_over_as_they_are() {
    PeerClient client = client(SECRET, runtime.clock());
    assertThat(client.hello(self).join()).isEqualTo(new Hello(self, PROCESS));
    assertThat(client.heartbeat(self, HEARTBEAT).join()).isEqualTo(HEARTBEAT);
    LinkRequest request = new LinkRequest(new RoomName("r"), "id", "aa", Messages.TRANSPORT, true);
    assertThat(client.link(self, request).join())
        .isEqualTo(new LinkAnswer.Elsewhere("http://x", true));
    assertThat(client.side(self, Messages.SIDE).join()).isEqualTo(new SideMessage.Taken(false));
    client.unlink(self, new Unlink("id", "why")).join();
    assertThat(asked)
        .containsExactly(
            PEER + " " + HEARTBEAT,
            PEER + " " + request,
            PEER + " " + Messages.SIDE,
            PEER + " " + new Unlink("id", "why"));
  }

  @Test
  void with_another_secret_nothing_passes_and_nothing_is_kept() {
    assertThatThrownBy(() -> client(SECRET + "!", runtime.clock()).hello(self).join())
        .hasMessageContaining("401");
    assertThat(router.remembered()).isZero();
  }

  @Test
  void a_request_passes_once_and_only_in_time() throws Exception {
    String nonce = nonce();
    long time = now();
    assertThat(post("unlink", unlink(), self, PROCESS, time, nonce, "unlink").statusCode())
        .isEqualTo(200);
    HttpResponse<String> again = post("unlink", unlink(), self, PROCESS, time, nonce, "unlink");
    assertRefused(again);
    runtime.clock().advance(Duration.ofSeconds(30));
    assertRefused(post("unlink", unlink(), self, PROCESS, time, nonce, "unlink"));
    runtime.clock().advance(Duration.ofMillis(1));
    assertRefused(post("unlink", unlink(), self, PROCESS, time, nonce, "unlink"));
    assertRefused(post("unlink", unlink(), self, PROCESS, time, nonce(), "unlink"));
    assertRefused(post("unlink", unlink(), self, PROCESS, now() + 30_001, nonce(), "unlink"));
    assertThat(asked).hasSize(1);

    // What cannot pass any more is forgotten.
    assertThat(post("unlink", unlink()).statusCode()).isEqualTo(200);
    assertThat(router.remembered()).isEqualTo(1);
  }

  @Test
  void what_is_meant_for_others_or_was_changed_does_not_pass() throws Exception {
    assertRefused(post("unlink", unlink(), "https://other", PROCESS, now(), nonce(), "unlink"));
    assertRefused(post("unlink", unlink(), self, "aaaa", now(), nonce(), "unlink"));
    assertRefused(post("unlink", unlink(), self, PROCESS, now(), nonce(), "side"));
    assertRefused(
        server.send("POST", "/cluster/unlink", unlink(), "Content-Type", "application/json"));
    assertThat(asked).isEmpty();
    assertThat(router.remembered()).isZero();
  }

  @Test
  void a_body_that_is_not_the_signed_one_is_refused() throws Exception {
    String[] fields = signed("unlink", unlink());
    assertRefused(server.send("POST", "/cluster/unlink", unlink() + " ", fields));
    fields = signed("unlink", unlink());
    fields[3] = Signer.digest((unlink() + " ").getBytes(StandardCharsets.UTF_8));
    assertRefused(server.send("POST", "/cluster/unlink", unlink() + " ", fields));
    assertThat(asked).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "POST,/cluster/unlink,Content-Length: 1000000",
    "POST,/cluster/unlink,Transfer-Encoding: chunked",
    "POST,/cluster/unlink/,Content-Length: 1000000",
    "POST,/cluster/other,Content-Length: 1000000",
    "POST,/cluster/,Content-Length: 1000000",
    "POST,/cluster,Content-Length: 1000000",
    "GET,/cluster/unlink,Content-Length: 1000000",
    "PUT,/cluster/unlink,Transfer-Encoding: chunked"
  })
  void of_what_is_not_signed_no_body_is_waited_for(String method, String path, String field)
      throws Exception {
    String head = method + " " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json";
    // Nothing of the body is ever sent: whoever waits for it, answers nothing in time.
    String answer = server.raw(head + "\r\n" + field + "\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 401 ").contains("Connection: close");
    assertThat(router.remembered()).isZero();
  }

  private static void assertRefused(HttpResponse<String> response) throws Exception {
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(JSON.readTree(response.body()).path("detail").asText())
        .isEqualTo("Only members of the cluster may ask.");
  }

  @Test
  void a_member_that_was_restarted_is_asked_for_its_process_again() throws Exception {
    PeerClient client = client(SECRET, runtime.clock());
    client.heartbeat(self, HEARTBEAT).join();
    begin("ffff");
    assertThatThrownBy(() -> client.heartbeat(self, HEARTBEAT).join())
        .isInstanceOf(CompletionException.class)
        .hasMessageContaining("401");
    assertThat(client.heartbeat(self, HEARTBEAT).join()).isEqualTo(HEARTBEAT);
    assertThat(asked).hasSize(2);
  }

  @Test
  void bodies_are_bounded_and_have_their_type() throws Exception {
    String[] ofText = signed("unlink", unlink());
    ofText[1] = "text/plain";
    assertThat(post("unlink", " ".repeat((1 << 20) + 1)).statusCode()).isEqualTo(413);
    assertThat(server.send("POST", "/cluster/unlink", unlink(), ofText).statusCode())
        .isEqualTo(415);
    assertThat(server.send("GET", "/cluster/unlink", "").statusCode()).isEqualTo(405);
    assertThat(post("view", unlink()).statusCode()).isEqualTo(404);
    assertThat(asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{",
        "{}",
        "{\"version\":2,\"link\":\"l\",\"why\":\"w\"}",
        "{\"version\":1,\"link\":\"l\"}",
        "{\"version\":1,\"link\":1,\"why\":\"w\"}",
        "{\"version\":1,\"link\":null,\"why\":\"w\"}",
        "{\"version\":1.5,\"link\":\"l\",\"why\":\"w\"}",
        "{\"version\":1,\"link\":\"l\",\"why\":\"w\",\"more\":1}"
      })
  void what_is_malformed_is_a_problem(String body) throws Exception {
    HttpResponse<String> response = post("unlink", body);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(JSON.readTree(response.body()).path("type").asText()).endsWith("malformed-request");
    assertThat(asked).isEmpty();
  }

  @Test
  void wherever_a_message_is_spoilt_it_is_a_problem() throws Exception {
    for (ObjectNode message :
        List.of(
            MessageJson.write(HEARTBEAT),
            MessageJson.write(Messages.SIDE),
            MessageJson.write(
                new LinkRequest(new RoomName("r"), "id", "aa", Messages.TRANSPORT, true)))) {
      String operation = message.has("load") ? "heartbeat" : message.has("side") ? "side" : "link";
      for (JsonNode spoilt : Spoilt.all(message)) {
        HttpResponse<String> response = post(operation, spoilt.toString());
        assertThat(response.statusCode()).as(spoilt.toString()).isEqualTo(400);
      }
    }
    assertThat(asked).isEmpty();
  }

  @Test
  void an_answer_that_somebody_else_gives_is_none() throws Exception {
    try (TestServer forger =
        new TestServer(
            List.of(
                Mount.at(
                    "/cluster/*",
                    servlet(
                        new MemberRouter(
                            new Hello("http://forger", PROCESS),
                            new Signer("another secret"),
                            runtime.clock(),
                            answers)))))) {
      String there = "http://127.0.0.1:" + forger.port();
      assertThatThrownBy(
              () ->
                  client("another secret", runtime.clock())
                      .unlink(there, new Unlink("l", "w"))
                      .join())
          .hasMessageContaining("another member is there");
      assertThatThrownBy(() -> client(SECRET, runtime.clock()).hello(there).join())
          .hasMessageContaining("401");
    }
  }

  @Test
  void who_uses_too_many_nonces_is_refused_and_others_are_not() {
    Nonces few = new Nonces(2, 2);
    assertThat(few.use("a", "1", 10, 0)).isTrue();
    assertThat(few.use("a", "2", 5, 0)).isTrue();
    assertThat(few.use("a", "3", 10, 0)).isFalse();
    assertThat(few.use("b", "1", 10, 0)).isTrue();
    assertThat(few.use("c", "1", 10, 0)).isFalse();
    assertThat(few.use("a", "3", 20, 6)).isTrue();
    assertThat(few.use("c", "1", 20, 11)).isTrue();
    assertThat(few.size()).isEqualTo(2);
  }
}
