package io.github.jvbwhip.http.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameAncestorsTest {
  private static FrameAncestors read(List<String> sources) throws InvalidConfigException {
    return FrameAncestors.read(
        new Section(ConfigFactory.parseMap(Map.of("frame-ancestors", sources)), "a.embed"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "'self'",
        "https://example.org",
        "https://example.org:8443",
        "http://localhost:3000",
        "http://192.0.2.1",
        "https://*.example.org",
        "HTTPS://Example.ORG",
        "https://xn--bcher-kva.example",
        "capacitor://localhost",
      })
  void those_who_may_are_told_to_browsers(String source) throws Exception {
    assertThat(read(List.of(source)).directive()).isEqualTo("frame-ancestors " + source);
  }

  @Test
  void several_may() throws Exception {
    assertThat(read(List.of("self", "https://a.example", "https://b.example")).directive())
        .isEqualTo("frame-ancestors 'self' https://a.example https://b.example");
  }

  @Test
  void nobody_may_where_the_list_is_empty() throws Exception {
    assertThat(read(List.of())).isEqualTo(FrameAncestors.NONE);
    assertThat(FrameAncestors.NONE.directive()).isEqualTo("frame-ancestors 'none'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "none",
        "'none'",
        "example.org",
        "https:",
        "https://",
        "//example.org",
        "https://example.org/",
        "https://example.org/path",
        "https://example.org?query",
        "https://user@example.org",
        "https://example.org:",
        "https://example.org:*",
        "https://example.org:65536",
        "https://example.org:123456",
        "https://*",
        "https://*.",
        "https://a.*.example.org",
        "https://.example.org",
        "https://example.org.",
        "https://[2001:db8::1]",
        "https://b\u00fccher.example",
        "* https://example.org",
        "https://example.org https://example.net",
        "https://example.org, https://example.net",
        "https://example.org;",
        "*; script-src *",
        "https://example.org\n",
        "https://example.org\r\nX-Header: 1",
        "\t*",
        "'unsafe-inline'",
        "javascript:alert(1)",
      })
  void anything_else_is_an_error_that_names_the_key(String source) {
    assertThatThrownBy(() -> read(List.of("https://good.example", source)))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageStartingWith("a.embed.frame-ancestors has to be a list of *, self, or origins")
        .hasMessageNotContaining("\n");
    assertThatThrownBy(() -> new FrameAncestors(List.of(source)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_list_that_no_header_field_has_room_for_is_an_error() {
    List<String> many = Collections.nCopies(200, "https://example.org");
    List<String> longOne = List.of("https://a" + ".a".repeat(100_000));
    for (List<String> sources : List.of(many, longOne)) {
      assertThatThrownBy(() -> read(sources))
          .isInstanceOf(InvalidConfigException.class)
          .hasMessageStartingWith("a.embed.frame-ancestors has to be a list of no more than 2000");
    }
  }
}
