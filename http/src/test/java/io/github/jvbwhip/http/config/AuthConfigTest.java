package io.github.jvbwhip.http.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvbwhip.http.HttpConfigs;
import io.github.jvbwhip.http.config.AuthConfig.Mode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthConfigTest {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";

  private static AuthConfig read(String auth) throws InvalidConfigException {
    return HttpConfigs.with("auth { " + auth + " }").auth();
  }

  @Test
  void what_is_configured_counts_where_no_mode_is_named() throws Exception {
    assertThat(read("").modes()).containsExactly(Mode.NONE);
    assertThat(read("").said()).isFalse();
    assertThat(read("tokens = [ t ]").modes()).containsExactly(Mode.TOKEN);
    assertThat(read("jwt.secret = " + SECRET).modes()).containsExactly(Mode.JWT);
    assertThat(read("webhook.url = \"http://a/\"").modes()).containsExactly(Mode.WEBHOOK);
  }

  @Test
  void several_modes_count_in_the_order_that_is_said() throws Exception {
    AuthConfig auth = read("mode = [ jwt, token, none ], tokens = [ t ], jwt.secret = " + SECRET);
    assertThat(auth.modes()).containsExactly(Mode.JWT, Mode.TOKEN, Mode.NONE);
    assertThat(auth.isOpen()).isTrue();
    assertThat(auth.words()).isEqualTo("JWT needed or token needed or everyone else");
    assertThat(read("mode = none").said()).isTrue();
    assertThat(read("mode = none").words()).isEqualTo("open to everyone");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mode = sesame | test.auth.mode has to be one of none, token, jwt, webhook",
        "mode = token | test.auth.mode has to be a list without token, which is not configured",
        "mode = none, tokens = [ t ] | test.auth.mode has to be a list with token, which is",
        "mode = [ none, token ], tokens = [ t ] | test.auth.mode has to be a list with none as the last",
        "mode = [ token, token ], tokens = [ t ] | test.auth.mode has to be a list in which nothing",
        "tokens = [ t ], webhook.url = \"http://a/\" | test.auth.mode has to be a list of token, webhook",
        "tokens = [ \"\" ] | test.auth.tokens has to be a list of tokens that are not empty",
        "tokens = [ { streams = [ a ] } ] | test.auth.tokens[0].token is missing",
        "tokens = [ [ a ] ] | test.auth.tokens has to be a list of texts and objects",
        "tokens = [ { token = t, streams = [ \"a/b/c\" ] } ] | test.auth.tokens[0].streams has to be",
        "tokens = [ { token = t, stream = a } ] | test.auth.tokens[0].stream is not a known key",
        "jwt.secret = short | test.auth.jwt.secret has to be a text of at least 32 bytes",
        "jwt { public-key = a, jwks-url = \"http://a/\" } | test.auth.jwt.secret has to be the only one",
        "jwt.jwks-url = \"ftp://a/\" | test.auth.jwt.jwks-url has to be empty, or a URL",
        "jwt.algorithms = [ none ] | test.auth.jwt.algorithms has to be a list of HS256",
        "jwt.issuers = [ a ] | test.auth.jwt.secret has to be the key of the tokens",
        "webhook.secret = a | test.auth.webhook.url has to be the URL of the webhook",
        "tokens = [ t ], end-with-token = true | test.auth.end-with-token has to be false where",
        "jwt.issuer = a | test.auth.jwt.issuer is not a known key",
        "webhook.timeout = 0 | test.auth.webhook.timeout has to be a duration longer than zero",
        "password = a | test.auth.password is not a known key"
      })
  void what_makes_no_sense_is_named(String auth, String message) {
    assertThatThrownBy(() -> read(auth))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void everything_can_be_set() throws Exception {
    AuthConfig auth =
        read(
            """
            mode = [ jwt, webhook ], query-token = true, end-with-token = true
            jwt {
              key-server = "https://keys.example.org/", algorithms = [ RS256 ], issuers = [ i ]
              audiences = [ a ], subject = s, skew = 5 s
            }
            webhook {
              url = "https://app.example.org/may", timeout = 1 s, cache = 9 s
              headers = [ Origin ], secret = hush
            }
            """);
    assertThat(auth.query()).isTrue();
    assertThat(auth.endsWithToken()).isTrue();
    JwtConfig jwt = auth.jwt().orElseThrow();
    assertThat(jwt.keys()).isInstanceOf(JwtConfig.Keys.KeyServer.class);
    assertThat(jwt.algorithms()).isEqualTo(Set.of("RS256"));
    assertThat(jwt.issuers()).isEqualTo(List.of("i"));
    assertThat(jwt.audiences()).isEqualTo(List.of("a"));
    assertThat(jwt.subject()).hasValue("s");
    assertThat(jwt.skew()).isEqualTo(Duration.ofSeconds(5));
    WebhookConfig webhook = auth.webhook().orElseThrow();
    assertThat(webhook.timeout()).isEqualTo(Duration.ofSeconds(1));
    assertThat(webhook.cache()).isEqualTo(Duration.ofSeconds(9));
    assertThat(webhook.headers()).containsExactly("Origin");
    assertThat(webhook.secret()).hasValue("hush");
  }

  @Test
  void secrets_are_not_printed() throws Exception {
    AuthConfig auth =
        read(
            "mode = [ token, jwt, webhook ], tokens = [ quiet ], jwt.secret = "
                + SECRET
                + ", webhook { url = \"http://a/\", secret = hush }");
    assertThat(auth + " " + auth.tokens() + auth.jwt() + auth.webhook())
        .doesNotContain("quiet", SECRET, "hush");
  }
}
