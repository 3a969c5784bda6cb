package io.github.jvbwhip.http.access;

import java.util.concurrent.CompletableFuture;

/**
 * Decides who may do what (RFC 9725 §4.7). There is one for the whole product, made where it is put
 * together. Thread-safe.
 */
@FunctionalInterface
public interface Authorizer {
  /**
   * Finds out who asks, and whether that one may. Never blocks: who has to ask somebody else
   * completes the future later.
   *
   * @return completes exceptionally with {@link io.github.jvbwhip.http.problems.ProblemException}
   *     when the request may not go on; is completed exceptionally by the caller when the request
   *     time-out is over
   */
  CompletableFuture<Principal> authorize(AccessRequest request);
}
