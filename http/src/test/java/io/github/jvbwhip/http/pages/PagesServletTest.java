package io.github.jvbwhip.http.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.http.TestServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagesServletTest {
  private final Server server = TestServer.newServer(20);
  private final HttpClient client = HttpClient.newHttpClient();
  private URI base;

  @BeforeEach
  void start() throws Exception {
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/");
    ServletHolder holder = new ServletHolder(new PagesServlet());
    PagesServlet.MAPPINGS.forEach(mapping -> context.addServlet(holder, mapping));
    server.setHandler(context);
    server.start();
    base = URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/");
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  private HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "publish", "watch"})
  void everything_that_a_page_loads_or_imports_is_served(String page) throws Exception {
    HttpResponse<String> response = get(page);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type")).hasValue("text/html;charset=utf-8");

    Matcher assets = Pattern.compile("(?:src|href)=\"(assets/[^\"]+)\"").matcher(response.body());
    assertThat(assets.results().toList()).hasSize(3);
    assets.reset();
    while (assets.find()) {
      HttpResponse<String> asset = get(assets.group(1));
      assertThat(asset.statusCode()).as(assets.group(1)).isEqualTo(200);
      Matcher imports = Pattern.compile("from '\\./([^']+)'").matcher(asset.body());
      while (imports.find()) {
        assertThat(get("assets/" + imports.group(1)).statusCode())
            .as(imports.group(1))
            .isEqualTo(200);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"'', Rooms", "publish, Publish", "watch, Watch"})
  void a_page_is_complete_and_the_menu_marks_it(String page, String title) throws Exception {
    String body = get(page).body();
    assertThat(body)
        .contains("<title>" + title + "</title>", "<h1>" + title + "</h1>")
        .containsOnlyOnce("aria-current=\"page\">" + title + "</a>")
        .containsOnlyOnce("aria-current")
        .doesNotContain("{{")
        .endsWith("</html>\n");
  }

  @Test
  void a_known_entity_tag_saves_the_body() throws Exception {
    String tag = get("watch").headers().firstValue("etag").orElseThrow();
    HttpResponse<String> second = get("watch", "If-None-Match", tag);
    assertThat(second.statusCode()).isEqualTo(304);
    assertThat(second.body()).isEmpty();
  }

  @Test
  void scripts_of_others_are_refused_by_policy() throws Exception {
    assertThat(get("").headers().firstValue("content-security-policy").orElse(""))
        .startsWith("default-src 'self'")
        .doesNotContain("unsafe");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRACE", "PUT", "PATCH", "DELETE", "BREW"})
  void other_methods_are_refused_and_not_echoed(String method) throws Exception {
    HttpResponse<String> response = send(method, "watch");
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("allow")).hasValue("GET, HEAD, OPTIONS");
    assertProblem(response, "method-not-allowed");
    assertThat(response.body()).doesNotContain("s3cret");
  }

  @Test
  void options_names_the_methods() throws Exception {
    HttpResponse<String> response = send("OPTIONS", "watch");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("allow")).hasValue("GET, HEAD, OPTIONS");
  }

  private HttpResponse<String> send(String method, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve(path))
            .header("X-Secret", "s3cret")
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private static void assertProblem(HttpResponse<String> response, String type) {
    assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
    assertThat(response.body()).contains(":error:" + type + "\"");
  }

  @Test
  void a_page_that_is_not_there_is_a_problem_document() throws Exception {
    HttpResponse<String> response = get("assets/none.js");
    assertThat(response.statusCode()).isEqualTo(404);
    assertProblem(response, "not-found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"assets/none.js", "assets/", "assets/../index.html", "assets/%2e%2e/x"})
  void what_is_not_there_is_not_found(String path) throws Exception {
    assertThat(get(path).statusCode()).isIn(400, 404);
  }
}
