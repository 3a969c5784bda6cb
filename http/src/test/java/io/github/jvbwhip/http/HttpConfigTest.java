package io.github.jvbwhip.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvbwhip.core.sdp.SdpLimits;
import io.github.jvbwhip.core.sdp.SdpReader;
import io.github.jvbwhip.http.config.HttpConfig;
import io.github.jvbwhip.http.config.HttpConfig.LocationStyle;
import io.github.jvbwhip.http.config.IceServer;
import io.github.jvbwhip.http.config.InvalidConfigException;
import io.github.jvbwhip.http.config.Network;
import io.github.jvbwhip.http.config.RateLimitConfig;
import io.github.jvbwhip.http.config.RateLimitConfig.Rate;
import io.github.jvbwhip.http.config.RedirectConfig;
import io.github.jvbwhip.http.config.StreamPattern;
import io.github.jvbwhip.http.config.TokenGrant;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpConfigTest {
  @Test
  void reads_every_key() throws Exception {
    HttpConfig config =
        HttpConfigs.with(
            """
            enabled = false
            strict = true
            location = absolute
            public-url = "https://example.org/media/"
            body-limit = 10 KiB
            sdp-limits { line-length = 1, sections = 2, section-lines = 3, candidates = 4 }
            request-timeout = 3 seconds
            max-sessions = 7
            max-sessions-per-room = 5
            max-connecting-per-address = 4
            max-sessions-per-address = 3
            max-session-time = 8 hours
            tombstone-time = 1 minute
            cors { allowed-origins = [ "https://a.example" ] }
            ice-servers = [
              { urls = [ "stun:stun.example.org" ] }
              { urls = [ "turn:t.example.org?transport=udp" ], username = u, credential = p }
              { urls = [ "turns:t.example.org" ], secret = s, time-to-live = 1 hour }
            ]
            ice-servers-on-options = false
            redirect { when = overloaded, targets = [ "https://b.example.org/whip" ] }
            auth { tokens = [ "one" ] }
            rate-limit {
              requests-per-second = 9, burst = 8, room { requests-per-second = 7, burst = 6 }
            }
            trusted-proxies = [ "127.0.0.1", "2001:db8::/32" ]
            """);

    assertThat(config.enabled()).isFalse();
    assertThat(config.strict()).isTrue();
    assertThat(config.location()).isEqualTo(LocationStyle.ABSOLUTE);
    assertThat(config.publicUrl()).contains("https://example.org/media");
    assertThat(config.bodyLimit()).isEqualTo(10240);
    assertThat(config.sdpLimits()).isEqualTo(new SdpLimits(10240, 1, 2, 3, 4));
    assertThat(config.sdpReader()).isEqualTo(new SdpReader(true, config.sdpLimits()));
    assertThat(config.requestTimeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(config.limits().maxSessions()).isEqualTo(7);
    assertThat(config.limits().maxSessionsPerRoom()).isEqualTo(5);
    assertThat(config.limits().maxConnecting()).isEqualTo(4);
    assertThat(config.limits().maxPerNetwork()).isEqualTo(3);
    assertThat(config.maxSessionTime()).isEqualTo(Duration.ofHours(8));
    assertThat(config.limits().tombstoneTime()).isEqualTo(Duration.ofMinutes(1));
    assertThat(config.cors().allowedOrigins()).containsExactly("https://a.example");
    assertThat(config.iceServers())
        .containsExactly(
            new IceServer(List.of("stun:stun.example.org"), Optional.empty()),
            new IceServer(
                List.of("turn:t.example.org?transport=udp"),
                Optional.of(new IceServer.Credentials.Fixed("u", "p"))),
            new IceServer(
                List.of("turns:t.example.org"),
                Optional.of(new IceServer.Credentials.Timed("s", Duration.ofHours(1)))));
    assertThat(config.iceServersOnOptions()).isFalse();
    assertThat(config.redirect().when()).isEqualTo(RedirectConfig.When.OVERLOADED);
    assertThat(config.redirect().targets()).containsExactly("https://b.example.org/whip");
    assertThat(config.auth().tokens())
        .containsExactly(new TokenGrant("one", List.of(StreamPattern.ALL), Optional.empty()));
    assertThat(config.rateLimit()).isEqualTo(new RateLimitConfig(new Rate(9, 8), new Rate(7, 6)));
    assertThat(config.trustedProxies())
        .containsExactly(
            Network.of("127.0.0.1/32").orElseThrow(), Network.of("2001:db8::/32").orElseThrow());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          strcit = true                              | test.strcit is not a known key
          cors.allowed = []                          | test.cors.allowed is not a known key
          cors = 3                                   | test.cors has to be an object
          strict = perhaps                           | test.strict has to be true or false
          location = sideways                        | test.location has to be one of relative, absolute
          public-url = "media.example.org"           | test.public-url has to be empty, or
          public-url = "https://a.example/?a=b"      | test.public-url has to be empty, or
          public-url = "https://u@a.example/path"    | test.public-url has to be empty, or
          body-limit = many                          | test.body-limit has to be a size such as 64 KiB
          body-limit = 0                             | test.body-limit has to be a size between
          sdp-limits.sections = 0                    | test.sdp-limits.sections has to be a number, at
          sdp-limits.formats = 3                     | test.sdp-limits.formats is not a known key
          request-timeout = 0                        | test.request-timeout has to be a duration longer
          request-timeout = -3 s                     | test.request-timeout has to be a duration that is
          max-sessions = 0                           | test.max-sessions has to be a number, at least 1
          max-sessions = 0.5                         | test.max-sessions has to be a whole number
          max-sessions = 99999999999                 | test.max-sessions has to be a whole number
          max-sessions = x                           | test.max-sessions has to be a number
          max-sessions = null                        | test.max-sessions is missing
          auth.tokens = [ " " ]                      | test.auth.tokens has to be a list of tokens
          ice-servers = [ { urls = [] } ]            | test.ice-servers[0].urls has to be a list of stun:
          ice-servers = [ { urls = [ "http://x" ] } ] | test.ice-servers[0].urls has to be a list of
          ice-servers = [ { urls = [ "turn:x" ] } ]  | test.ice-servers[0].urls has to be stun: only
          redirect.when = always                     | test.redirect.targets has to be a list with at
          redirect { when = always, targets = [ "x" ] } | test.redirect.targets has to be a list of http
          trusted-proxies = [ "proxy.example.org" ]  | test.trusted-proxies has to be a list of IP
          trusted-proxies = [ "10.0.0.0/33" ]        | test.trusted-proxies has to be a list of IP
          trusted-proxies = [ "10.1" ]               | test.trusted-proxies has to be a list of IP
          rate-limit.burst = 0                       | test.rate-limit.burst has to be a number, at
          """)
  void says_in_one_line_what_is_wrong(String changes, String start) {
    assertThatThrownBy(() -> HttpConfigs.with(changes))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageStartingWith(start)
        .hasMessageNotContaining("\n");
  }

  @Test
  void never_shows_a_secret() throws Exception {
    HttpConfig config =
        HttpConfigs.with(
            """
            auth.tokens = [ "swordfish" ]
            ice-servers = [
              { urls = [ "turn:a" ], secret = swordfish }
              { urls = [ "turn:a" ], username = u, credential = swordfish }
            ]
            """);

    assertThat(config.toString()).doesNotContain("swordfish");
    assertThat(config.iceServers().toString()).doesNotContain("swordfish");
  }
}
