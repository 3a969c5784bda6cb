package io.github.jvbwhip.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** {@code Authorization}, as anybody may write it (RFC 6750, RFC 7617). */
class CredentialsTest {
  private static final String[] PARTS = {
    "Bearer", "bearer ", "BASIC ", "Basic", " ", "\t", "=", "==", "dXNlcg", "OnB3", ":", ",", "a",
    "\u00e9", "-_~+/"
  };

  private static Credentials read(String authorization, boolean lenient) {
    return Credentials.read(Optional.of(authorization), Optional.empty(), lenient);
  }

  @Test
  void a_bearer_token_may_have_blanks_around_it_and_any_case_before_it() {
    assertThat(read("  bEaReR   abc  ", false).bearer()).contains("abc");
    assertThat(read("Bearer ", false)).isEqualTo(Credentials.NONE);
    assertThat(read("Bearerabc", false)).isEqualTo(Credentials.NONE);
  }

  @Test
  void a_bare_token_is_one_where_that_is_allowed() {
    assertThat(read("abc", true).bearer()).contains("abc");
    assertThat(read("abc", false)).isEqualTo(Credentials.NONE);
    assertThat(read("Basic abc", true).bearer()).isEmpty();
  }

  @Test
  void a_password_may_have_colons() {
    String pair =
        Base64.getEncoder().encodeToString("us\u00e9r:a:b".getBytes(StandardCharsets.UTF_8));
    assertThat(read("Basic " + pair, false).basic())
        .contains(new Credentials.Basic("us\u00e9r", "a:b"));
    assertThat(read("Basic dXNlcg==", false)).isEqualTo(Credentials.NONE);
    assertThat(read("Basic !", false)).isEqualTo(Credentials.NONE);
  }

  @Test
  void random_values_are_one_kind_of_credentials_or_none_and_are_not_printed() {
    Random random = new Random(1);
    int found = 0;
    for (int i = 0; i < 50_000; i++) {
      StringBuilder value = new StringBuilder();
      for (int k = random.nextInt(6); k > 0; k--) {
        value.append(PARTS[random.nextInt(PARTS.length)]);
      }
      Credentials credentials = read(value.toString(), random.nextBoolean());
      assertThat(credentials.bearer().isPresent() && credentials.basic().isPresent()).isFalse();
      credentials.bearer().ifPresent(token -> assertThat(value.toString()).contains(token));
      assertThat(credentials.toString()).isEqualTo("Credentials[]");
      found += credentials.equals(Credentials.NONE) ? 0 : 1;
    }
    assertThat(found).isBetween(5_000, 45_000);
  }
}
