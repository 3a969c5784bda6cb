package io.github.jvbwhip.http.resources;

import io.github.jvbwhip.http.exchange.Call;
import io.github.jvbwhip.http.exchange.Header;
import io.github.jvbwhip.http.exchange.Reply;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.Problems;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What a URL stands for. Stateless or thread-safe. */
public interface Resource {

  /** Who may call. */
  Access access();

  /** Whether a POST to it is to open a session. */
  default boolean opensSessions() {
    return false;
  }

  /** What it can do; OPTIONS always works, and HEAD wherever GET does. */
  List<Operation> operations();

  /**
   * Serves a call whose method, caller and media type were checked, and whose body was read. Does
   * not block.
   *
   * @return completes exceptionally with what {@link Problems#of(Throwable)} knows when the answer
   *     is an error; is completed exceptionally by the caller when the request time-out is over,
   *     and then nobody learns what comes of it
   * @throws ProblemException when the answer is an error at once
   */
  CompletableFuture<Reply> handle(Call call) throws ProblemException;

  /**
   * Header fields for the answer to OPTIONS, beside {@code Allow}, {@code Accept-Post}, {@code
   * Accept-Patch} and CORS.
   *
   * @param call with the caller's principal, where the credentials were good
   */
  default List<Header> optionsHeaders(Call call) {
    return List.of();
  }
}
