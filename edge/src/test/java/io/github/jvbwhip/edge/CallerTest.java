package io.github.jvbwhip.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.edge.EdgeClient.Caller;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallerTest {
  @ParameterizedTest
  @CsvSource({
    "https://a.example/whep/hall, https://a.example/session, true",
    "https://a.example/whep/hall, https://b.example/session, true",
    "https://a.example/whep/hall, http://a.example/session, false",
    "HTTPS://a.example/whep/hall, http://a.example/session, false",
    "http://a.example/whep/hall, http://a.example/session, true",
    "http://a.example/whep/hall, https://a.example/session, true",
  })
  void a_token_for_tls_goes_nowhere_without(URI endpoint, URI url, boolean sent) {
    Caller caller = Caller.of(endpoint, Optional.of("secret"), List.of("edge-1"));
    HttpRequest.Builder request = HttpRequest.newBuilder(url);
    caller.authorize(request, url);
    assertThat(request.build().headers().firstValue("Authorization"))
        .isEqualTo(sent ? Optional.of("Bearer secret") : Optional.empty());
    assertThat(caller.toString()).doesNotContain("secret");
  }
}
