package io.github.jvbwhip.core.bridge;

/** A publisher's endpoint. */
public interface IngestEndpoint extends BridgeEndpoint {

  /**
   * Frees the endpoint as {@link #close} does, for the same publisher which has come back and asks
   * for another one at once: where people see it, they need not see it go.
   */
  default void giveWay() {
    close();
  }
}
