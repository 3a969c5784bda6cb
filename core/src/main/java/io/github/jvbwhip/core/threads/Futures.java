package io.github.jvbwhip.core.threads;

import java.util.concurrent.CompletableFuture;

/** Joins what is waited for to what is done. Stateless. */
public final class Futures {
  private Futures() {}

  /** What comes of the work comes of the other one, too. */
  public static <T> void pass(CompletableFuture<? extends T> work, CompletableFuture<T> to) {
    var unused =
        work.whenComplete(
            (result, failure) -> {
              if (failure == null) {
                to.complete(result);
              } else {
                to.completeExceptionally(failure);
              }
            });
  }

  /** Where what is waited for fails, or is given up, so is the work. */
  public static void giveUpWith(CompletableFuture<?> waitedFor, CompletableFuture<?> work) {
    var unused =
        waitedFor.whenComplete(
            (result, failure) -> {
              if (failure != null) {
                work.completeExceptionally(failure);
              }
            });
  }
}
