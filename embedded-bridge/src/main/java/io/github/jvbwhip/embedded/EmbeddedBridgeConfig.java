package io.github.jvbwhip.embedded;

import io.github.jvbwhip.embedded.forward.ForwardingConfig;
import io.github.jvbwhip.embedded.transport.UdpConfig;

/**
 * What can be set about an embedded bridge.
 *
 * @param udp the port that all sessions share, and the addresses
 * @param maxSessions publishers and players together; one more is refused as {@code OVERLOADED}
 */
public record EmbeddedBridgeConfig(UdpConfig udp, ForwardingConfig forwarding, int maxSessions) {
  private static final int DEFAULT_MAX_SESSIONS = 1000;

  public EmbeddedBridgeConfig {
    if (maxSessions < 1) {
      throw new IllegalArgumentException("at least one session: " + maxSessions);
    }
  }

  /**
   * The defaults on a UDP port.
   *
   * @param port 0 for one that is free
   */
  public static EmbeddedBridgeConfig onPort(int port) {
    return new EmbeddedBridgeConfig(
        UdpConfig.onPort(port), ForwardingConfig.DEFAULT, DEFAULT_MAX_SESSIONS);
  }
}
