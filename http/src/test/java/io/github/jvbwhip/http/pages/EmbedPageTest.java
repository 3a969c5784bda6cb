package io.github.jvbwhip.http.pages;

import static io.github.jvbwhip.http.pages.PagesServer.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.http.config.FrameAncestors;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmbedPageTest {
  private static final String LONGEST = "a".repeat(128);

  private final PagesServer server = new PagesServer();

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private HttpResponse<String> get(String path) throws Exception {
    return server.get(path);
  }

  @ParameterizedTest
  @CsvSource({
    "embed/room, ../",
    "embed/Room-1.2_3~4, ../",
    "embed/r%6Fom, ../",
    "embed/room?muted&autoplay&controls, ../",
    "embed/room/stream, ../../",
    "embed/room/sessions, ../../",
  })
  void it_is_there_for_each_name_and_finds_the_root(String path, String root) throws Exception {
    HttpResponse<String> response = get(path);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "content-type")).isEqualTo("text/html;charset=utf-8");
    assertThat(response.body())
        .contains("src=\"" + root + "assets/embed.js\"")
        .doesNotContain("{{")
        .doesNotContain("\"" + "../" + root)
        .endsWith("</html>\n");
  }

  @Test
  void names_have_up_to_128_characters() throws Exception {
    assertThat(get("embed/" + LONGEST).statusCode()).isEqualTo(200);
    assertThat(get("embed/" + LONGEST + "/" + LONGEST).statusCode()).isEqualTo(200);
    assertThat(get("embed/" + LONGEST + "a").statusCode()).isEqualTo(404);
    assertThat(get("embed/room/" + LONGEST + "a").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "embed",
        "embed/",
        "embed/room/", // What is relative to it would be somewhere else.
        "embed/room/stream/",
        "embed/room/stream/more",
        "embed/a%20b",
        "embed/a+b",
        "embed/%C3%A4",
        "embed/room;a=b",
        "embed/room/a:b",
        "embed/sessions",
        "embed.html",
      })
  void other_paths_are_not_found(String path) throws Exception {
    assertThat(get(path).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/embed//", "/embed//stream", "/embed/room//stream"})
  void an_empty_name_is_refused(String path) throws Exception {
    assertThat(get(path).statusCode()).isIn(400, 404); // By the container, as malformed.
  }

  @Test
  void everybody_may_have_it_in_a_frame_by_default() throws Exception {
    assertThat(header(get("embed/room"), "content-security-policy"))
        .endsWith("; frame-ancestors *");
  }

  @Test
  void those_who_may_have_it_in_a_frame_are_configured() throws Exception {
    FrameAncestors some = new FrameAncestors(List.of("self", "https://*.example.org:8443"));
    try (PagesServer other = new PagesServer(some)) {
      for (String path : List.of("embed/room", "embed/room/stream")) {
        assertThat(header(other.get(path), "content-security-policy"))
            .endsWith("; frame-ancestors 'self' https://*.example.org:8443");
      }
      assertThat(header(other.get("watch"), "content-security-policy"))
          .endsWith("; frame-ancestors 'none'");
    }
  }

  @Test
  void its_policy_is_otherwise_that_of_the_other_pages() throws Exception {
    String embed = header(get("embed/room"), "content-security-policy");
    String watch = header(get("watch"), "content-security-policy");
    assertThat(embed.replace("frame-ancestors *", "frame-ancestors 'none'")).isEqualTo(watch);
  }
}
