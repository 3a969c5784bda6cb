package io.github.jvbwhip.core.bridge;

/** Hears of one endpoint's life. Called on bridge threads; implementations only enqueue. */
public interface EndpointListener {

  /** ICE and DTLS are up: media can flow. At most once, and not after {@link #ended}. */
  void connected();

  /**
   * The endpoint ended by itself (not by {@link BridgeEndpoint#close}); at most once. The bridge
   * has freed it.
   *
   * @param detail what a person who runs the server wants to know; no secrets
   */
  void ended(EndReason reason, String detail);
}
