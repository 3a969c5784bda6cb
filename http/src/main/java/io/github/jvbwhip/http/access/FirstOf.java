package io.github.jvbwhip.http.access;

import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import io.github.jvbwhip.http.problems.Problems;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Lets in whom the first one lets in, else whom the next one does. Where nobody does, the refusal
 * that knows most is the answer: that somebody could not be asked, then that the credentials are
 * good for something else, then what is wrong with them, then that they are not good. Thread-safe.
 */
public final class FirstOf implements Authorizer {
  private final List<Authorizer> authorizers;

  public FirstOf(List<Authorizer> authorizers) {
    this.authorizers = List.copyOf(authorizers);
  }

  @Override
  public CompletableFuture<Principal> authorize(AccessRequest request) {
    return ask(0, request, null);
  }

  private CompletableFuture<Principal> ask(
      int index, AccessRequest request, @Nullable Throwable refusal) {
    if (index == authorizers.size()) {
      return CompletableFuture.failedFuture(refusal == null ? Refusals.nobody() : refusal);
    }
    return authorizers
        .get(index)
        .authorize(request)
        .handle(
            (principal, failure) ->
                failure == null
                    ? CompletableFuture.completedFuture(principal)
                    : ask(index + 1, request, telling(refusal, Problems.cause(failure))))
        .thenCompose(next -> next);
  }

  private static Throwable telling(@Nullable Throwable first, Throwable second) {
    return first == null || weight(second) > weight(first) ? second : first;
  }

  private static int weight(Throwable refusal) {
    if (!(refusal instanceof ProblemException problem)) {
      return 5;
    } else if (problem.type() == ProblemType.FORBIDDEN) {
      return 3;
    } else if (problem.type() != ProblemType.UNAUTHORIZED) {
      return 4;
    }
    String challenge = problem.headers().getOrDefault("WWW-Authenticate", "");
    return challenge.contains("error_description") ? 2 : challenge.contains("error") ? 1 : 0;
  }
}
