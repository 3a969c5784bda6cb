package io.github.jvbwhip.core.bridge;

import java.util.concurrent.CompletableFuture;

/** How a bridge answers an opening. */
public final class Openings {
  private Openings() {}

  /** Allocates an endpoint; may wait for the bridge. */
  @FunctionalInterface
  public interface Allocation<E extends BridgeEndpoint> {
    /**
     * Allocates it.
     *
     * @throws BridgeException when the bridge says no; nothing stays allocated then
     */
    E allocate() throws BridgeException;
  }

  /**
   * Allocates, and completes the opening with what came of it, whatever is thrown. An endpoint that
   * nobody waits for any more is freed; where nobody waits already, nothing is allocated.
   */
  public static <E extends BridgeEndpoint> void settle(
      CompletableFuture<E> opening, Allocation<E> allocation) {
    if (opening.isDone()) {
      return;
    }
    try {
      E endpoint = allocation.allocate();
      if (!opening.complete(endpoint)) {
        endpoint.close();
      }
    } catch (BridgeException | RuntimeException | Error e) {
      opening.completeExceptionally(e);
    }
  }
}
