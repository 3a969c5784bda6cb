package io.github.jvbwhip.http.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TokenAuthorizerTest {
  private final Authorizer authorizer =
      new TokenAuthorizer(
          Map.of(Action.PUBLISH, List.of("one", "two")), Map.of(Action.WATCH, List.of()));

  private CompletableFuture<Principal> ask(Action action, Credentials credentials) {
    return authorizer.authorize(
        new AccessRequest(
            action, "POST", Optional.empty(), Optional.empty(), "192.0.2.1", credentials));
  }

  private static Credentials header(String value) {
    return Credentials.read(Optional.of(value), Optional.empty(), false);
  }

  private void assertRefused(Action action, Credentials credentials) {
    assertThatThrownBy(() -> ask(action, credentials).join())
        .cause()
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.type()).isEqualTo(ProblemType.UNAUTHORIZED));
  }

  @Test
  void tells_callers_apart_by_their_tokens_and_names_none() {
    Principal one = ask(Action.PUBLISH, header("Bearer one")).join();
    Principal two = ask(Action.PUBLISH, header("bearer two")).join();

    assertThat(ask(Action.PUBLISH, header("Bearer one")).join()).isEqualTo(one);
    assertThat(one.identity()).isNotEqualTo(two.identity()).doesNotContain("one");
    assertThat(one.name()).startsWith("token-").doesNotContain("one");
    assertThat(one.limits()).isEqualTo(Principal.Limits.NONE);
  }

  @Test
  void refuses_what_is_not_in_the_list_of_that_action() {
    assertRefused(Action.PUBLISH, header("Bearer three"));
    assertRefused(Action.PUBLISH, Credentials.NONE);
    assertRefused(Action.PUBLISH, header("Basic b25lOm9uZQ=="));
    assertRefused(Action.PUBLISH, Credentials.read(Optional.empty(), Optional.of("one"), true));
  }

  @Test
  void lets_everybody_do_what_has_an_empty_list_and_nobody_what_has_none() {
    assertThat(ask(Action.WATCH, Credentials.NONE).join()).isEqualTo(Principal.ANONYMOUS);
    assertRefused(Action.SEND_SCTE35, header("Bearer one"));
  }
}
