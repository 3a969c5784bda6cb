package io.github.jvbwhip.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BannerTest {
  private static final Banner.Access ACCESS = new Banner.Access("off", "off");

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, localhost",
    "0.0.0.0, localhost",
    "::, localhost",
    "127.0.0.2, 127.0.0.2",
    "::1, [::1]",
    "localhost, localhost"
  })
  void addresses_are_those_where_http_listens(String host, String shown) {
    assertThat(new Banner("embedded", host, 8080, ACCESS, true, Optional.empty()).text().lines())
        .contains("Pages:   http://" + shown + ":8080/")
        .noneMatch(line -> line.startsWith("Private:"));
  }

  @Test
  void without_pages_none_are_told() {
    assertThat(new Banner("jvb", "127.0.0.1", 8080, ACCESS, false, Optional.empty()).text())
        .contains("Server:  http://localhost:8080/", "http://localhost:8080/whip/ROOM/STREAM")
        .doesNotContain("Pages", "browser");
  }

  @Test
  void a_bridges_own_server_is_told() {
    URI root = URI.create("http://127.0.0.1:15000/");
    assertThat(new Banner("jvb", "127.0.0.1", 8080, ACCESS, true, Optional.of(root)).text())
        .contains("Private: http://127.0.0.1:15000/ of the bridge");
  }
}
