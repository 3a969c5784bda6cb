package io.github.jvbwhip.http.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Says how a request has to be refused. */
public final class Refused {
  private Refused() {}

  /** 401 with a challenge that names no error: nothing was sent (RFC 6750 §3.1). */
  public static void asMissing(CompletableFuture<Principal> answer) {
    check(answer, ProblemType.UNAUTHORIZED, "Bearer");
  }

  /** 401: what was sent is no good. */
  public static void asInvalid(CompletableFuture<Principal> answer) {
    check(answer, ProblemType.UNAUTHORIZED, "Bearer error=\"invalid_token\"");
  }

  /** 401 that says what is wrong with what was sent (RFC 6750 §3). */
  public static void asKnown(CompletableFuture<Principal> answer, String detail) {
    check(
        answer,
        ProblemType.UNAUTHORIZED,
        "Bearer error=\"invalid_token\", error_description=\"" + detail + "\"");
  }

  /** 403: it is good for something else. */
  public static void asForbidden(CompletableFuture<Principal> answer) {
    check(answer, ProblemType.FORBIDDEN, "Bearer error=\"insufficient_scope\"");
  }

  /** 503: nobody can tell now. */
  public static void asUnknown(CompletableFuture<Principal> answer) {
    assertThatThrownBy(() -> answer.get(20, TimeUnit.SECONDS))
        .cause()
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.type()).isEqualTo(ProblemType.BUSY);
              assertThat(e.headers()).containsKey("Retry-After");
            });
  }

  private static void check(
      CompletableFuture<Principal> answer, ProblemType type, String challenge) {
    assertThatThrownBy(() -> answer.get(20, TimeUnit.SECONDS))
        .cause()
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.type()).as(e.detail()).isEqualTo(type);
              assertThat(e.headers()).containsEntry("WWW-Authenticate", challenge);
            });
  }
}
