package io.github.jvbwhip.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class FirstOfTest {
  private static final Principal SECOND = new Principal("second", "second");

  private static Authorizer refusing(ProblemException refusal) {
    return request -> CompletableFuture.failedFuture(refusal);
  }

  private static CompletableFuture<Principal> ask(Authorizer... authorizers) {
    return new FirstOf(List.of(authorizers))
        .authorize(Requests.withToken(Action.WATCH, "room", "t"));
  }

  @Test
  void the_first_who_lets_in_decides() {
    Authorizer never =
        request -> {
          throw new AssertionError("is not asked");
        };
    Authorizer second = request -> CompletableFuture.completedFuture(SECOND);
    assertThat(ask(new Everyone(), never).join()).isEqualTo(Principal.ANONYMOUS);
    assertThat(ask(refusing(Refusals.invalid("no")), second, never).join()).isEqualTo(SECOND);
  }

  @Test
  void the_refusal_that_knows_most_is_told() {
    Authorizer missing = refusing(Refusals.missing());
    Authorizer invalid = refusing(Refusals.invalid("no"));
    Authorizer forbidden = refusing(Refusals.forbidden());
    Authorizer away =
        refusing(
            ProblemException.retryable(ProblemType.BUSY, "", Optional.of(Duration.ofSeconds(1))));
    Refused.asMissing(ask(missing, missing));
    Refused.asInvalid(ask(invalid, missing));
    Authorizer expired = refusing(Refusals.known("The token has expired."));
    Refused.asKnown(ask(invalid, expired, invalid, missing), "The token has expired.");
    Refused.asForbidden(ask(invalid, expired, forbidden, missing));
    Refused.asUnknown(ask(forbidden, away, invalid));
    Refused.asMissing(ask());
  }
}
