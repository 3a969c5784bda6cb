package io.github.jvbwhip.http.pages;

import static io.github.jvbwhip.http.pages.PagesServer.header;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageEncodingsTest {
  private static final String MODULE = "elements/v1/uplot.js";

  private final PagesServer server = new PagesServer();

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"watch", "embed/room", "assets/style.css", "assets/icon.svg", MODULE})
  void what_is_compressed_is_the_same(String path) throws Exception {
    HttpResponse<byte[]> compressed = server.getCompressed(path);
    HttpResponse<String> plain = server.get(path);

    assertThat(header(compressed, "content-encoding")).isEqualTo("gzip");
    assertThat(header(plain, "content-encoding")).isEmpty();
    assertThat(PagesServer.text(compressed.body())).isEqualTo(plain.body());
    assertThat(header(compressed, "content-length"))
        .isEqualTo(String.valueOf(compressed.body().length));
    assertThat(header(compressed, "content-type")).isEqualTo(header(plain, "content-type"));
    assertThat(header(compressed, "etag"))
        .matches("\"[^\"]+\"")
        .isNotEqualTo(header(plain, "etag"));
    assertThat(List.of(header(compressed, "vary"), header(plain, "vary")))
        .containsOnly("Accept-Encoding");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip | gzip",
        "gzip, deflate, br, zstd | gzip",
        "GZIP | gzip",
        "x-gzip | gzip",
        "* | gzip",
        "br;q=1.0, gzip;q=0.8, *;q=0.1 | gzip",
        "gzip;q=0.5, identity;q=0.5 | gzip",
        "identity;q=0, gzip;q=0.001 | gzip",
        "br ; q=0.9 , gzip ; Q=0.3 | gzip",
        "gzip;q=0 | ''",
        "gzip;q=0.000, * | ''",
        "*;q=0 | ''",
        "br | ''",
        "identity | ''",
        "gzip;q=0.4, identity;q=0.5 | ''",
        "gzip;q=2 | ''",
        "gzip;q=-1 | ''",
        "gzip;level=9 | ''",
        "notgzip | ''",
        "'' | ''",
      })
  void gzip_is_for_those_who_take_it(String accepted, String encoding) throws Exception {
    HttpResponse<String> response = server.send("HEAD", MODULE, "Accept-Encoding", accepted);
    assertThat(header(response, "content-encoding")).isEqualTo(encoding);
  }

  @Test
  void several_fields_are_one_list() throws Exception {
    HttpResponse<String> response =
        server.send("HEAD", MODULE, "Accept-Encoding", "br", "Accept-Encoding", "gzip");
    assertThat(header(response, "content-encoding")).isEqualTo("gzip");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s",
        "W/%s",
        "*",
        " * ",
        "\"other\", %s",
        "W/\"other\",W/%s , \"more\"",
        "\"\", %s",
        "\"a, b\", %s",
      })
  void a_known_entity_tag_saves_the_body(String tags) throws Exception {
    HttpResponse<String> first = server.get("watch");
    String value = tags.formatted(header(first, "etag"));
    for (String method : List.of("GET", "HEAD")) {
      HttpResponse<String> second = server.send(method, "watch", "If-None-Match", value);
      assertThat(second.statusCode()).as(method).isEqualTo(304);
      assertThat(second.body()).isEmpty();
      for (String name : List.of("etag", "vary", "cache-control", "content-security-policy")) {
        assertThat(header(second, name)).as(name).isNotEmpty().isEqualTo(header(first, name));
      }
    }
  }

  @Test
  void a_known_entity_tag_may_stand_in_a_second_field() throws Exception {
    String tag = header(server.get("watch"), "etag");
    assertThat(server.get("watch", "If-None-Match", "\"other\"", "If-None-Match", tag).statusCode())
        .isEqualTo(304);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"other\"", "W/\"other\", \"more\"", "\"*\"", "unquoted", "\"", "", ","})
  void other_tags_and_what_is_malformed_save_nothing(String tags) throws Exception {
    HttpResponse<String> response = server.get("watch", "If-None-Match", tags);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).endsWith("</html>\n");
  }

  @Test
  void each_encoding_has_a_tag_of_its_own() throws Exception {
    String plain = header(server.get(MODULE), "etag");
    String compressed = header(server.getCompressed(MODULE), "etag");

    assertThat(status("gzip", compressed)).isEqualTo(304);
    assertThat(status("identity", plain)).isEqualTo(304);
    assertThat(status("gzip", plain)).isEqualTo(200);
    assertThat(status("identity", compressed)).isEqualTo(200);
    assertThat(status("gzip", plain + ", " + compressed)).isEqualTo(304);
  }

  private int status(String encoding, String tags) throws Exception {
    return server
        .send("HEAD", MODULE, "Accept-Encoding", encoding, "If-None-Match", tags)
        .statusCode();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "embed/room/stream", "assets/page.js", MODULE})
  void head_tells_what_get_would(String path) throws Exception {
    HttpResponse<String> head = server.send("HEAD", path);
    HttpResponse<String> get = server.get(path);
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(header(head, "content-length"))
        .isEqualTo(String.valueOf(get.body().getBytes(StandardCharsets.UTF_8).length));
    for (String name : get.headers().map().keySet()) {
      if (!name.equals("date")) {
        assertThat(header(head, name)).as(name).isEqualTo(header(get, name));
      }
    }
  }

  @Test
  void head_tells_the_length_of_what_is_compressed() throws Exception {
    HttpResponse<String> head = server.send("HEAD", MODULE, "Accept-Encoding", "gzip");
    assertThat(header(head, "content-length"))
        .isEqualTo(String.valueOf(server.getCompressed(MODULE).body().length));
    assertThat(head.body()).isEmpty();
  }

  @Test
  void head_of_what_is_not_there_is_not_found() throws Exception {
    HttpResponse<String> response = server.send("HEAD", "embed/room/");
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).isEmpty();
  }
}
