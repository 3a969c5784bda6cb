package io.github.jvbwhip.http.pages;

import static io.github.jvbwhip.http.pages.PagesServer.header;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagesServletTest {
  private final PagesServer server = new PagesServer();

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({"'', Rooms", "publish, Publish", "watch, Watch"})
  void a_page_is_complete_and_the_menu_marks_it(String page, String title) throws Exception {
    HttpResponse<String> response = server.get(page);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "content-type")).isEqualTo("text/html;charset=utf-8");
    assertThat(response.body())
        .contains("<title>" + title + "</title>", "<h1>" + title + "</h1>")
        .containsOnlyOnce("aria-current=\"page\">" + title + "</a>")
        .containsOnlyOnce("aria-current")
        .doesNotContain("{{")
        .endsWith("</html>\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "publish", "watch", "embed/room", "assets/icon.svg"})
  void scripts_of_others_are_refused_by_policy(String path) throws Exception {
    HttpResponse<String> response = server.get(path);
    assertThat(header(response, "content-security-policy"))
        .startsWith("default-src 'self'; ")
        .doesNotContain("unsafe");
    assertThat(header(response, "x-content-type-options")).isEqualTo("nosniff");
    assertThat(header(response, "referrer-policy")).isEqualTo("same-origin");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "publish", "watch", "assets/icon.svg", "elements/v1/whep-player.js"})
  void nobody_has_these_in_a_frame(String path) throws Exception {
    assertThat(header(server.get(path), "content-security-policy"))
        .endsWith("; frame-ancestors 'none'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRACE", "PUT", "PATCH", "DELETE", "BREW"})
  void other_methods_are_refused_and_not_echoed(String method) throws Exception {
    HttpResponse<String> response = server.send(method, "watch", "X-Secret", "s3cret");
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(header(response, "allow")).isEqualTo("GET, HEAD, OPTIONS");
    assertProblem(response, "method-not-allowed");
    assertThat(response.body()).doesNotContain("s3cret");
  }

  @Test
  void options_names_the_methods() throws Exception {
    HttpResponse<String> response = server.send("OPTIONS", "watch");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "allow")).isEqualTo("GET, HEAD, OPTIONS");
  }

  private static void assertProblem(HttpResponse<String> response, String type) {
    assertThat(header(response, "content-type")).isEqualTo("application/problem+json");
    assertThat(response.body()).contains(":error:" + type + "\"");
  }

  @Test
  void a_page_that_is_not_there_is_a_problem_document() throws Exception {
    HttpResponse<String> response = server.get("assets/none.js");
    assertThat(response.statusCode()).isEqualTo(404);
    assertProblem(response, "not-found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "assets/none.js",
        "assets/",
        "assets",
        "assets/../index.html",
        "assets/%2e%2e/x",
        "assets/page.js/",
        "elements/",
        "elements/v1/",
        "elements/v1/none.js",
        "elements/v2/whep-player.js",
        "elements/v1/uPlot.min.css",
      })
  void what_is_not_there_is_not_found(String path) throws Exception {
    assertThat(server.get(path).statusCode()).isIn(400, 404);
  }
}
