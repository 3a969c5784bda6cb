package io.github.jvbwhip.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.jvbwhip.http.access.Action;
import io.github.jvbwhip.http.composition.Mount;
import io.github.jvbwhip.http.exchange.Call;
import io.github.jvbwhip.http.exchange.Exchange;
import io.github.jvbwhip.http.exchange.Header;
import io.github.jvbwhip.http.exchange.Reply;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import io.github.jvbwhip.http.resources.Access;
import io.github.jvbwhip.http.resources.Operation;
import io.github.jvbwhip.http.resources.Resource;
import io.github.jvbwhip.http.resources.Router;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every resource gets for free, over real HTTP. */
class SignallingServletTest {

  /** Says what it was sent. */
  private static final class Echo implements Resource {
    private final Access access;

    Echo(Access access) {
      this.access = access;
    }

    @Override
    public Access access() {
      return access;
    }

    @Override
    public List<Operation> operations() {
      return List.of(
          Operation.of("GET"),
          Operation.taking("POST", List.of("text/x-echo")),
          Operation.of("DELETE"));
    }

    @Override
    public CompletableFuture<Reply> handle(Call call) throws ProblemException {
      if (call.text().equals("break")) {
        throw new IllegalStateException("the inside of the server");
      }
      if (call.method().equals("GET")) {
        return Reply.of(200).withBody("text/plain", "hello").atOnce();
      }
      return Reply.of(201)
          .with("X-Caller", call.principal().name())
          .with("X-Query", call.query().orElse("-"))
          .withBody("text/x-echo", call.body())
          .atOnce();
    }

    @Override
    public List<Header> optionsHeaders(Call call) {
      return List.of(new Header("X-Options-For", call.principal().name()));
    }
  }

  private final TestRuntime runtime = new TestRuntime();
  private TestServer server;

  private void start(String changes) throws Exception {
    Router router =
        segments ->
            switch (String.join("/", segments)) {
              case "echo" ->
                  Optional.of(
                      new Echo(Access.to(Action.WATCH, Optional.empty(), Optional.empty())));
              case "secret" -> Optional.of(new Echo(Access.bySecret(Action.WATCH)));
              default -> Optional.empty();
            };
    server =
        new TestServer(
            List.of(
                Mount.at("/api/*", HttpConfigs.servlet(router, changes, runtime.runtime(), null))));
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
    runtime.close();
  }

  private HttpResponse<String> post(String body, String... headers) throws Exception {
    return server.send("POST", "/api/echo?a=1&b=%2F", body, headers);
  }

  private static void assertProblem(HttpResponse<String> response, ProblemType type)
      throws Exception {
    assertThat(response.statusCode()).isEqualTo(type.status());
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonNode document = JsonMapper.builder().build().readTree(response.body());
    assertThat(document.get("type").asText()).isEqualTo(type.uri());
    assertThat(document.get("title").asText()).isEqualTo(type.title());
    assertThat(document.get("status").asInt()).isEqualTo(type.status());
    assertThat(document.get("detail").asText()).isNotBlank();
  }

  @Test
  void hands_over_body_and_query_and_sends_the_type_without_a_charset() throws Exception {
    start("");
    HttpResponse<String> response = post("caf\u00e9", "Content-Type", "text/x-echo");

    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.body()).isEqualTo("caf\u00e9");
    assertThat(response.headers().firstValue("Content-Type")).contains("text/x-echo");
    assertThat(response.headers().firstValue("X-Query")).contains("a=1&b=%2F");
    assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
  }

  @Test
  void takes_media_types_in_any_case_and_with_parameters() throws Exception {
    start("");
    assertThat(post("x", "Content-Type", "Text/X-Echo; charset=utf-8").statusCode()).isEqualTo(201);
  }

  @Test
  void answers_415_with_what_is_accepted() throws Exception {
    start("");
    HttpResponse<String> response = post("x", "Content-Type", "application/json");

    assertProblem(response, ProblemType.UNSUPPORTED_MEDIA_TYPE);
    assertThat(response.headers().firstValue("Accept-Post")).contains("text/x-echo");
    assertProblem(post("x"), ProblemType.UNSUPPORTED_MEDIA_TYPE);
  }

  @Test
  void answers_head_as_get_without_a_body() throws Exception {
    start("");
    HttpResponse<String> response = server.send("HEAD", "/api/echo", "");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("text/plain");
    assertThat(response.headers().firstValue("Content-Length")).contains("5");
    assertThat(response.body()).isEmpty();
  }

  @Test
  void answers_405_with_allow() throws Exception {
    start("");
    for (String method : List.of("PUT", "PATCH", "TRACE", "BREW")) {
      HttpResponse<String> response = server.send(method, "/api/echo", "");
      assertProblem(response, ProblemType.METHOD_NOT_ALLOWED);
      assertThat(response.headers().firstValue("Allow"))
          .contains("OPTIONS, GET, HEAD, POST, DELETE");
    }
  }

  @Test
  void answers_404_for_unknown_paths() throws Exception {
    start("");
    for (String path : List.of("/api/none", "/api/", "/api", "/api/echo/more")) {
      assertProblem(server.send("GET", path, ""), ProblemType.NOT_FOUND);
    }
    assertThat(server.send("GET", "/api/echo/", "").statusCode()).isEqualTo(200);
  }

  @Test
  void answers_500_with_a_reference_and_nothing_from_inside() throws Exception {
    start("");
    HttpResponse<String> response = post("break", "Content-Type", "text/x-echo");

    assertProblem(response, ProblemType.INTERNAL);
    assertThat(response.body()).doesNotContain("inside of the server").doesNotContain("Exception");
  }

  @Test
  void refuses_a_body_over_the_limit_by_its_length() throws Exception {
    start("body-limit = 10 B");
    HttpResponse<String> refused = post("12345678901", "Content-Type", "text/x-echo");
    assertProblem(refused, ProblemType.BODY_TOO_LARGE);
    assertThat(refused.body()).contains("10 bytes of body-limit");
    assertThat(post("1234567890", "Content-Type", "text/x-echo").statusCode()).isEqualTo(201);
  }

  @Test
  void refuses_a_chunked_body_over_the_limit() throws Exception {
    start("body-limit = 10 B");
    String response =
        server.raw(
            "POST /api/echo HTTP/1.1\r\nHost: x\r\nContent-Type: text/x-echo\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n"
                + "8\r\n12345678\r\n8\r\n12345678\r\n0\r\n\r\n");

    assertThat(response)
        .startsWith("HTTP/1.1 413 ")
        .contains("body-too-large", "10 bytes of body-limit");
  }

  @Test
  void refuses_a_body_without_an_end_as_soon_as_it_is_huge() throws Exception {
    start("body-limit = 10 B");
    String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
    String response =
        server.raw(
            "POST /api/echo HTTP/1.1\r\nHost: x\r\nContent-Type: text/x-echo\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n"
                + chunk.repeat(Exchange.DISCARDED / 0x10000)
                + "1\r\nx\r\n");

    assertThat(response).startsWith("HTTP/1.1 413 ").contains("body-too-large");
  }

  @Test
  void answers_whoever_is_still_sending_a_large_body() throws Exception {
    start("body-limit = 10 B");
    String large = "x".repeat(Exchange.DISCARDED);
    for (int i = 0; i < 20; i++) {
      assertProblem(post(large, "Content-Type", "text/x-echo"), ProblemType.BODY_TOO_LARGE);
      assertProblem(post(large, "Content-Type", "text/x-none"), ProblemType.BODY_TOO_LARGE);
    }
  }

  @Test
  void takes_chunked_bodies() throws Exception {
    start("");
    String response =
        server.raw(
            "POST /api/echo HTTP/1.1\r\nHost: x\r\nContent-Type: text/x-echo\r\n"
                + "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");

    assertThat(response).startsWith("HTTP/1.1 201 ").endsWith("\r\n\r\nabcde");
  }

  @Test
  void keeps_a_connection_for_the_next_request() throws Exception {
    start("");
    String one =
        "POST /api/echo HTTP/1.1\r\nHost: x\r\nContent-Type: text/x-echo\r\n"
            + "Content-Length: 3\r\n";
    String responses = server.raw(one + "\r\nabc" + one + "Connection: close\r\n\r\ndef");

    assertThat(responses.split("HTTP/1.1 201", -1)).hasSize(3);
  }

  @Test
  void lets_a_client_wait_for_100_before_its_body() throws Exception {
    start("");
    try (Socket socket = server.connect()) {
      String head =
          "POST /api/echo HTTP/1.1\r\nHost: x\r\nContent-Type: text/x-echo\r\n"
              + "Expect: 100-continue\r\nContent-Length: 3\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
      byte[] go = socket.getInputStream().readNBytes("HTTP/1.1 100".length());
      assertThat(new String(go, StandardCharsets.UTF_8)).isEqualTo("HTTP/1.1 100");

      socket.getOutputStream().write("abc".getBytes(StandardCharsets.UTF_8));
      StringBuilder rest = new StringBuilder();
      while (rest.indexOf("\r\n\r\nabc") < 0) {
        int next = socket.getInputStream().read();
        assertThat(next).as("the response goes on").isNotNegative();
        rest.append((char) next);
      }
      assertThat(rest).contains("HTTP/1.1 201 ");
    }
  }

  @Test
  void keeps_the_connection_also_after_what_it_refuses() throws Exception {
    start("auth.tokens = [ \"t\" ]");
    String refused =
        "POST /api/echo HTTP/1.1\r\nHost: x\r\nContent-Type: text/x-echo\r\n"
            + "Content-Length: 3\r\n\r\nabc";
    String wrongMethod =
        "PUT /api/echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "3\r\nabc\r\n0\r\n\r\n";
    String good =
        "POST /api/echo HTTP/1.1\r\nHost: x\r\nContent-Type: text/x-echo\r\n"
            + "Authorization: Bearer t\r\nConnection: close\r\nContent-Length: 3\r\n\r\ndef";

    String responses = server.raw(refused + wrongMethod + good);

    assertThat(responses)
        .containsSubsequence("HTTP/1.1 401 ", "HTTP/1.1 405 ", "HTTP/1.1 201 ")
        .endsWith("def");
  }

  @Test
  void refuses_before_the_body_what_it_can() throws Exception {
    start("");
    String response =
        server.raw(
            "POST /api/echo HTTP/1.1\r\nHost: x\r\nContent-Type: text/other\r\n"
                + "Connection: close\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
    assertThat(response).startsWith("HTTP/1.1 415 ");
  }

  @Test
  void serves_clear_http_2() throws Exception {
    start("");
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    HttpResponse<String> upgrade =
        TestServer.send(client, server.request("/api/echo").GET().build());
    HttpResponse<String> post =
        TestServer.send(
            client,
            server
                .request("/api/echo")
                .header("Content-Type", "text/x-echo")
                .POST(HttpRequest.BodyPublishers.ofString("over two"))
                .build());

    assertThat(upgrade.version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(post.version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(post.statusCode()).isEqualTo(201);
    assertThat(post.body()).isEqualTo("over two");
    HttpResponse<String> wrong =
        TestServer.send(
            client,
            server
                .request("/api/echo")
                .header("Content-Type", "text/other")
                .POST(HttpRequest.BodyPublishers.ofString("x"))
                .build());
    assertProblem(wrong, ProblemType.UNSUPPORTED_MEDIA_TYPE);
  }

  @Test
  void bounds_a_slow_body_by_time() throws Exception {
    start("request-timeout = 300 ms");
    try (Socket socket = server.connect()) {
      OutputStream out = socket.getOutputStream();
      String head =
          "POST /api/echo HTTP/1.1\r\nHost: x\r\nContent-Type: text/x-echo\r\n"
              + "Content-Length: 100\r\n\r\nabc";
      out.write(head.getBytes(StandardCharsets.UTF_8));
      out.flush();
      String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(response).startsWith("HTTP/1.1 408 ").contains("request-timeout");
    }
  }

  @Test
  void survives_a_client_that_leaves_in_the_middle() throws Exception {
    start("");
    try (Socket socket = server.connect()) {
      String head =
          "POST /api/echo HTTP/1.1\r\nHost: x\r\nContent-Type: text/x-echo\r\n"
              + "Content-Length: 100\r\n\r\nabc";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
    }
    assertThat(post("x", "Content-Type", "text/x-echo").statusCode()).isEqualTo(201);
  }

  @Test
  void asks_for_a_token_where_tokens_are_configured() throws Exception {
    start("auth.tokens = [ \"one\", \"two\" ]");
    HttpResponse<String> none = post("x", "Content-Type", "text/x-echo");
    assertProblem(none, ProblemType.UNAUTHORIZED);
    assertThat(none.headers().firstValue("WWW-Authenticate")).contains("Bearer");

    HttpResponse<String> wrong =
        post("x", "Content-Type", "text/x-echo", "Authorization", "Bearer three");
    assertProblem(wrong, ProblemType.UNAUTHORIZED);
    assertThat(wrong.headers().firstValue("WWW-Authenticate"))
        .contains("Bearer error=\"invalid_token\"");
    assertThat(wrong.body()).doesNotContain("three");
  }

  @Test
  void takes_the_scheme_in_any_case_and_a_bare_token() throws Exception {
    start("auth.tokens = [ \"one\", \"two\" ]");
    for (String value : List.of("Bearer two", "bearer two", "BEARER  two", "two")) {
      HttpResponse<String> response =
          post("x", "Content-Type", "text/x-echo", "Authorization", value);
      assertThat(response.statusCode()).isEqualTo(201);
      assertThat(response.headers().firstValue("X-Caller").orElseThrow())
          .startsWith("token-")
          .doesNotContain("two");
    }
  }

  @Test
  void wants_the_scheme_when_strict() throws Exception {
    start("strict = true, auth.tokens = [ \"two\" ]");
    assertProblem(
        post("x", "Content-Type", "text/x-echo", "Authorization", "two"), ProblemType.UNAUTHORIZED);
  }

  @Test
  void takes_the_url_itself_for_a_credential_unless_strict() throws Exception {
    start("auth.tokens = [ \"two\" ]");
    assertThat(server.send("DELETE", "/api/secret", "").statusCode()).isEqualTo(201);
    server.close();
    start("strict = true, auth.tokens = [ \"two\" ]");
    assertProblem(server.send("DELETE", "/api/secret", ""), ProblemType.UNAUTHORIZED);
  }

  @Test
  void limits_the_rate_of_one_address() throws Exception {
    start("rate-limit { requests-per-second = 2, burst = 3 }");
    for (int i = 0; i < 3; i++) {
      assertThat(server.send("GET", "/api/echo", "").statusCode()).isEqualTo(200);
    }
    HttpResponse<String> refused = server.send("GET", "/api/echo", "");
    assertProblem(refused, ProblemType.TOO_MANY_REQUESTS);
    assertThat(refused.headers().firstValue("Retry-After")).contains("1");

    runtime.clock().advance(Duration.ofMillis(500));
    assertThat(server.send("GET", "/api/echo", "").statusCode()).isEqualTo(200);
    assertThat(server.send("GET", "/api/echo", "").statusCode()).isEqualTo(429);
  }

  @Test
  void limits_the_rate_of_each_client_behind_a_trusted_proxy() throws Exception {
    start(
        """
        rate-limit { requests-per-second = 1, burst = 1 }
        trusted-proxies = [ "127.0.0.0/8" ]
        """);
    assertThat(statusFor("198.51.100.1")).isEqualTo(200);
    assertThat(statusFor("198.51.100.2")).isEqualTo(200);
    assertThat(statusFor("203.0.113.66, 198.51.100.1")).isEqualTo(429);
    assertThat(statusFor("203.0.113.67, 198.51.100.2, 127.0.0.9")).isEqualTo(429);
  }

  private int statusFor(String forwardedFor) throws Exception {
    return server.send("GET", "/api/echo", "", "X-Forwarded-For", forwardedFor).statusCode();
  }

  @Test
  void answers_options_with_what_the_resource_takes() throws Exception {
    start("");
    HttpResponse<String> response = server.send("OPTIONS", "/api/echo", "");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Allow")).contains("OPTIONS, GET, HEAD, POST, DELETE");
    assertThat(response.headers().firstValue("Accept-Post")).contains("text/x-echo");
    assertThat(response.headers().firstValue("X-Options-For")).contains("anonymous");
    assertThat(response.body()).isEmpty();
  }

  @Test
  void tells_a_preflight_no_more_than_it_asks_and_wants_no_token_for_it() throws Exception {
    start("auth.tokens = [ \"two\" ]");
    HttpResponse<String> preflight =
        server.send(
            "OPTIONS",
            "/api/echo",
            "",
            "Origin",
            "https://page.example",
            "Access-Control-Request-Method",
            "POST",
            "Access-Control-Request-Headers",
            "authorization,content-type,x-own");

    assertThat(preflight.statusCode()).isEqualTo(200);
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Methods").orElseThrow())
        .contains("POST")
        .contains("PATCH")
        .contains("DELETE");
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers").orElseThrow())
        .contains("Authorization")
        .contains("Content-Type")
        .contains("If-Match")
        .contains("x-own");
    assertThat(preflight.headers().firstValue("Access-Control-Max-Age")).isPresent();
    assertThat(preflight.headers().firstValue("X-Options-For")).isEmpty();
    HttpResponse<String> plain = server.send("OPTIONS", "/api/echo", "");
    assertThat(plain.statusCode()).isEqualTo(200);
    assertThat(plain.headers().firstValue("X-Options-For")).isEmpty();
  }

  @Test
  void lets_pages_read_the_headers_of_answers_and_of_errors() throws Exception {
    start("");
    for (String type : List.of("text/x-echo", "application/json")) {
      HttpResponse<String> response =
          post("x", "Content-Type", type, "Origin", "https://page.example");
      assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
      assertThat(response.headers().firstValue("Access-Control-Expose-Headers").orElseThrow())
          .contains("Location", "ETag", "Link", "Retry-After");
    }
  }

  /** Browsers send the request itself only after a preflight that succeeds. */
  @Test
  void lets_pages_read_that_a_path_is_nothing() throws Exception {
    start("");
    String[] page = {"Origin", "https://page.example"};
    String[] asks = {page[0], page[1], "Access-Control-Request-Method", "POST"};
    assertThat(server.send("OPTIONS", "/api/no/such/path", "", asks).statusCode()).isEqualTo(200);
    assertThat(server.send("OPTIONS", "/api/no/such/path", "", page).statusCode()).isEqualTo(404);

    HttpResponse<String> told = server.send("POST", "/api/no/such/path", "", page);
    assertThat(told.statusCode()).isEqualTo(404);
    assertThat(told.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
  }

  @Test
  void names_only_configured_origins() throws Exception {
    start("cors.allowed-origins = [ \"https://good.example\" ]");
    HttpResponse<String> good =
        post("x", "Content-Type", "text/x-echo", "Origin", "https://good.example");
    HttpResponse<String> bad =
        post("x", "Content-Type", "text/x-echo", "Origin", "https://bad.example");

    assertThat(good.headers().firstValue("Access-Control-Allow-Origin"))
        .contains("https://good.example");
    assertThat(good.headers().firstValue("Vary")).contains("Origin");
    assertThat(bad.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    assertThat(bad.headers().firstValue("Vary")).contains("Origin");
  }

  @Test
  void does_not_reflect_what_is_no_header_name() throws Exception {
    start("");
    String response =
        server.raw(
            "OPTIONS /api/echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\nOrigin: https://a\r\n"
                + "Access-Control-Request-Method: POST\r\n"
                + "Access-Control-Request-Headers: a b, <c>, ok\r\n\r\n");

    assertThat(response).contains("ok").doesNotContain("a b").doesNotContain("<c>");
  }

  @Test
  void refuses_broken_http_without_a_trace() throws Exception {
    start("");
    for (String request :
        List.of(
            "GARBAGE\r\n\r\n",
            "POST /api/echo HTTP/1.1\r\n\r\n",
            "POST /api/%zz HTTP/1.1\r\nHost: x\r\n\r\n",
            "POST /api/echo HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
            "POST /api/..%2f..%2fecho HTTP/1.1\r\nHost: x\r\n\r\n")) {
      assertThat(server.raw(request)).startsWith("HTTP/1.1 400 ").doesNotContain("\tat ");
    }
  }
}
