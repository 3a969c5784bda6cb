package io.github.jvbwhip.http.server;

import io.github.jvbwhip.http.config.InvalidConfigException;
import io.github.jvbwhip.http.config.Network;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where a server listens.
 *
 * @param host the address
 * @param port of clear HTTP; 0 takes a free one, none leaves it out
 * @param tls HTTP over TLS, on a port of its own; none leaves it out
 * @param http2 whether HTTP/2 is spoken beside HTTP/1.1, on the same ports
 * @param sendServerVersion whether responses name the server
 * @param proxyProtocol whether trusted proxies begin each connection with a PROXY header
 * @param limits of connections
 */
public record WebServerConfig(
    String host,
    OptionalInt port,
    Optional<Tls> tls,
    boolean http2,
    boolean sendServerVersion,
    boolean proxyProtocol,
    ConnectionLimits limits) {

  /**
   * Refuses a PROXY header that is taken of nobody: all who send one would be refused.
   *
   * @param section of this server, as the configuration names it
   * @param trustedProxies whose it is taken of
   * @throws InvalidConfigException with one line for a person
   */
  public void checkProxies(String section, List<Network> trustedProxies)
      throws InvalidConfigException {
    if (proxyProtocol && trustedProxies.isEmpty()) {
      throw new InvalidConfigException(
          section
              + ".proxy-protocol needs videobridge.whip.trusted-proxies, which names the proxies"
              + " that speak it.");
    }
  }

  /**
   * HTTP over TLS.
   *
   * @param port 0 takes a free one
   * @param keyStorePath a PKCS12 or JKS key store
   * @param protocols such as {@code TLSv1.3}; empty for Java's
   * @param cipherSuites empty for those of Jetty
   * @param needClientAuth whether clients need certificates
   */
  public record Tls(
      int port,
      String keyStorePath,
      String keyStorePassword,
      List<String> protocols,
      List<String> cipherSuites,
      boolean needClientAuth) {
    public Tls {
      protocols = List.copyOf(protocols);
      cipherSuites = List.copyOf(cipherSuites);
    }

    /** Leaves the password out. */
    @Override
    public String toString() {
      return "Tls[port=" + port + ", keyStorePath=" + keyStorePath + "]";
    }
  }
}
