package io.github.jvbwhip.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.http.access.Action;
import io.github.jvbwhip.http.composition.Mount;
import io.github.jvbwhip.http.exchange.Call;
import io.github.jvbwhip.http.exchange.Reply;
import io.github.jvbwhip.http.resources.Access;
import io.github.jvbwhip.http.resources.Operation;
import io.github.jvbwhip.http.resources.Resource;
import io.github.jvbwhip.http.resources.Router;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is believed of X-Forwarded-For and X-Forwarded-Proto, from a proxy at 127.0.0.1. */
class ProxiesTest {
  private final TestRuntime runtime = new TestRuntime();
  private TestServer server;

  /** Tells the caller's address and the origin that it called. */
  private static final class Mirror implements Resource {
    @Override
    public Access access() {
      return Access.to(Action.WATCH, Optional.empty(), Optional.empty());
    }

    @Override
    public List<Operation> operations() {
      return List.of(Operation.of("GET"));
    }

    @Override
    public CompletableFuture<Reply> handle(Call call) {
      return Reply.of(200)
          .withBody("text/plain", call.remoteAddress() + " " + call.origin() + call.prefix())
          .atOnce();
    }
  }

  private void start(String trusted) throws Exception {
    Router router = segments -> Optional.of(new Mirror());
    server =
        new TestServer(
            List.of(
                Mount.at(
                    "/*",
                    HttpConfigs.servlet(
                        router, "trusted-proxies = [" + trusted + "]", runtime.runtime(), null))));
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
    runtime.close();
  }

  private String address(String forwardedFor) throws Exception {
    return server.send("GET", "/", "", "X-Forwarded-For", forwardedFor).body().split(" ")[0];
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          198.51.100.7                          | 198.51.100.7
          203.0.113.9, 198.51.100.7             | 198.51.100.7
          203.0.113.9 , 198.51.100.7 , 10.0.0.2 | 198.51.100.7
          10.0.0.1, 10.0.0.2                    | 10.0.0.1
          2001:db8::7                           | 2001:db8::7
          [2001:db8::7]                         | 2001:db8::7
          [2001:db8::7]:443                     | 2001:db8::7
          198.51.100.7:1234                     | 198.51.100.7
          unknown                               | 127.0.0.1
          198.51.100.7, x                       | 127.0.0.1
          """)
  void the_last_address_that_is_no_proxys_is_the_clients(String header, String address)
      throws Exception {
    start("\"127.0.0.1\", \"10.0.0.0/8\"");
    assertThat(address(header)).isEqualTo(address);
  }

  @Test
  void several_fields_are_one_list() throws Exception {
    start("\"127.0.0.1\"");
    String body =
        server
            .send(
                "GET", "/", "", "X-Forwarded-For", "203.0.113.9", "X-Forwarded-For", "198.51.100.7")
            .body();
    assertThat(body).startsWith("198.51.100.7 ");
  }

  @ParameterizedTest
  @CsvSource({"''", "'\"198.51.100.1\"'"})
  void nobody_elses_word_is_taken(String trusted) throws Exception {
    start(trusted);
    String body =
        server
            .send(
                "GET",
                "/",
                "",
                "X-Forwarded-For",
                "198.51.100.7",
                "X-Forwarded-Proto",
                "https",
                "X-Forwarded-Prefix",
                "/media")
            .body();
    assertThat(body).isEqualTo("127.0.0.1 http://127.0.0.1:" + server.port());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /media            | /media
          /media/           | /media
          /a/b-c~d          | /a/b-c~d
          /outer, /inner    | /outer/inner
          /                 | ''
          media             | ''
          //evil.example    | ''
          /a/../b           | ''
          /a/.              | ''
          https://a.example | ''
          /a?b              | ''
          /a%2e             | ''
          /a b              | ''
          """)
  void the_prefix_is_a_path_or_none(String said, String prefix) throws Exception {
    start("\"127.0.0.1\"");
    assertThat(server.send("GET", "/", "", "X-Forwarded-Prefix", said).body())
        .isEqualTo("127.0.0.1 http://127.0.0.1:" + server.port() + prefix);
  }

  @Test
  void the_scheme_is_the_clients() throws Exception {
    start("\"127.0.0.1\"");
    String request =
        "GET / HTTP/1.1\r\nHost: live.example.org%s\r\nX-Forwarded-Proto: %s\r\n"
            + "Connection: close\r\n\r\n";
    assertThat(server.raw(request.formatted("", "https"))).endsWith(" https://live.example.org");
    assertThat(server.raw(request.formatted(":8443", "HTTPS")))
        .endsWith(" https://live.example.org:8443");
    assertThat(server.raw(request.formatted("", "gopher"))).endsWith(" http://live.example.org");
  }
}
