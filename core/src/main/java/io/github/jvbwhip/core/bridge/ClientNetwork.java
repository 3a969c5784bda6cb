package io.github.jvbwhip.core.bridge;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * What one client has of the Internet, for limits: an IPv4 address, or a /64 of IPv6 (RFC 9725 §5).
 *
 * @param name the same for all addresses of one network
 */
public record ClientNetwork(String name) {
  private static final int IPV6_PREFIX_BYTES = 8;

  /**
   * The network of an address.
   *
   * @param address its 4 or 16 bytes
   */
  public static ClientNetwork of(byte[] address) {
    return new ClientNetwork(
        HexFormat.of()
            .formatHex(
                address.length > IPV6_PREFIX_BYTES
                    ? Arrays.copyOf(address, IPV6_PREFIX_BYTES)
                    : address));
  }
}
