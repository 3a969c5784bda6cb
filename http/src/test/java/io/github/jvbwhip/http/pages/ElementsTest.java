package io.github.jvbwhip.http.pages;

import static io.github.jvbwhip.http.pages.PagesServer.header;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ElementsTest {
  private static final List<String> SHARING =
      List.of(
          "access-control-allow-origin",
          "cross-origin-resource-policy",
          "timing-allow-origin",
          "access-control-allow-methods",
          "access-control-allow-headers",
          "access-control-max-age");

  private final PagesServer server = new PagesServer();

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void every_file_of_the_folder_is_served_as_what_it_is() throws Exception {
    for (String name : new PageFiles().folder("elements/v1").keySet()) {
      HttpResponse<String> response = server.get("elements/v1/" + name);
      assertThat(response.statusCode()).as(name).isEqualTo(200);
      String type =
          switch (name.substring(name.indexOf('.'))) {
            case ".js" -> "text/javascript;charset=utf-8";
            case ".d.ts" -> "text/plain;charset=utf-8";
            case ".css" -> "text/css;charset=utf-8";
            case ".svg" -> "image/svg+xml";
            default -> "none";
          };
      assertThat(header(response, "content-type")).as(name).isEqualTo(type);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "elements/v1/uplot.js, text/javascript;charset=utf-8, uPlot as default",
    "elements/v1/uplot.css, text/css;charset=utf-8, .uplot"
  })
  void graphs_are_those_of_the_library(String path, String type, String text) throws Exception {
    HttpResponse<String> response = server.get(path);
    assertThat(header(response, "content-type")).isEqualTo(type);
    assertThat(response.body()).contains(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"elements/v1/whep-player.js", "elements/v1/uplot.js", "elements/v1/uplot.css"})
  void pages_of_others_may_import_them(String path) throws Exception {
    HttpResponse<String> response = server.get(path, "Origin", "https://other.example");
    assertThat(header(response, "access-control-allow-origin")).isEqualTo("*");
    assertThat(header(response, "cross-origin-resource-policy")).isEqualTo("cross-origin");
    assertThat(header(response, "timing-allow-origin")).isEqualTo("*");

    HttpResponse<String> known =
        server.get(
            path, "Origin", "https://other.example", "If-None-Match", header(response, "etag"));
    assertThat(known.statusCode()).isEqualTo(304);
    assertThat(header(known, "access-control-allow-origin")).isEqualTo("*");
  }

  @Test
  void browsers_that_ask_beforehand_may_too() throws Exception {
    HttpResponse<String> response =
        server.send(
            "OPTIONS",
            "elements/v1/whep-player.js",
            "Origin",
            "https://other.example",
            "Access-Control-Request-Method",
            "GET",
            "Access-Control-Request-Headers",
            "if-none-match");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "access-control-allow-origin")).isEqualTo("*");
    assertThat(header(response, "access-control-allow-methods")).isEqualTo("GET, HEAD, OPTIONS");
    assertThat(header(response, "access-control-allow-headers")).isEqualTo("*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "publish", "watch", "embed/room", "assets/style.css"})
  void nothing_else_is_shared(String path) throws Exception {
    HttpResponse<String> response = server.send("GET", path, "Origin", "https://other.example");
    assertThat(response.headers().map()).doesNotContainKeys(SHARING.toArray(String[]::new));
  }

  /** A player of theirs that was given such an address is to read that it is wrong. */
  @ParameterizedTest
  @ValueSource(strings = {"publish", "watch", "embed/room", "elements/v1/none.js"})
  void pages_of_others_read_that_an_address_is_no_endpoint(String path) throws Exception {
    String[] asking = {"Origin", "https://other.example", "Access-Control-Request-Method", "POST"};
    HttpResponse<String> preflight = server.send("OPTIONS", path, asking);
    assertThat(preflight.statusCode()).isEqualTo(200);
    assertThat(header(preflight, "access-control-allow-origin")).isEqualTo("*");
    HttpResponse<String> refused = server.send("POST", path, "Origin", "https://other.example");
    assertThat(refused.statusCode()).isEqualTo(405);
    assertThat(header(refused, "access-control-allow-origin")).isEqualTo("*");
  }
}
