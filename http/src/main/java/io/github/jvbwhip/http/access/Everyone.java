package io.github.jvbwhip.http.access;

import java.util.concurrent.CompletableFuture;

/** Lets everyone in. Immutable. */
public final class Everyone implements Authorizer {
  @Override
  public CompletableFuture<Principal> authorize(AccessRequest request) {
    return CompletableFuture.completedFuture(Principal.ANONYMOUS);
  }
}
