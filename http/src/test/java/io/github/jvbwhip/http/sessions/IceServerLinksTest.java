package io.github.jvbwhip.http.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.session.ManualClock;
import io.github.jvbwhip.http.config.IceServer;
import io.github.jvbwhip.http.config.IceServer.Credentials;
import io.github.jvbwhip.http.exchange.Header;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** RFC 9725 §4.6. */
class IceServerLinksTest {
  private static List<String> links(IceServer... servers) {
    return new IceServerLinks(List.of(servers), new ManualClock())
        .headers("someone").stream().map(Header::value).toList();
  }

  @Test
  void has_one_field_for_each_url() {
    Credentials fixed = new Credentials.Fixed("user", "myPassword");
    IceServer stun = new IceServer(List.of("stun:stun.example.net"), Optional.empty());
    IceServer turn =
        new IceServer(
            List.of("turn:turn.example.net?transport=udp", "turns:turn.example.net?transport=tcp"),
            Optional.of(fixed));

    assertThat(links(stun, turn))
        .containsExactly(
            "<stun:stun.example.net>; rel=\"ice-server\"",
            "<turn:turn.example.net?transport=udp>; rel=\"ice-server\"; username=\"user\";"
                + " credential=\"myPassword\"; credential-type=\"password\"",
            "<turns:turn.example.net?transport=tcp>; rel=\"ice-server\"; username=\"user\";"
                + " credential=\"myPassword\"; credential-type=\"password\"");
  }

  @Test
  void makes_credentials_that_expire() {
    // The clock stands at 2026-01-01T00:00:00Z; the signature is that of an independent HMAC.
    IceServer turn =
        new IceServer(
            List.of("turn:t"), Optional.of(new Credentials.Timed("secret", Duration.ofHours(1))));

    assertThat(links(turn))
        .containsExactly(
            "<turn:t>; rel=\"ice-server\"; username=\"1767229200:someone\";"
                + " credential=\"e1C6pdgHsOah9NBpw2xxRIOrrrw=\"; credential-type=\"password\"");
  }

  @Test
  void quotes_what_would_end_the_text() {
    IceServer turn =
        new IceServer(List.of("turn:t"), Optional.of(new Credentials.Fixed("a\"b\\c", "d\r\ne")));

    assertThat(links(turn))
        .containsExactly(
            "<turn:t>; rel=\"ice-server\"; username=\"a\\\"b\\\\c\"; credential=\"de\";"
                + " credential-type=\"password\"");
  }

  @Test
  void tells_no_credentials_for_stun() {
    IceServer both =
        new IceServer(List.of("stun:s", "turn:t"), Optional.of(new Credentials.Fixed("u", "p")));

    assertThat(links(both).get(0)).isEqualTo("<stun:s>; rel=\"ice-server\"");
  }
}
