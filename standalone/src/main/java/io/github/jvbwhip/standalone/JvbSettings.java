package io.github.jvbwhip.standalone;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.github.jvbwhip.http.server.WebServerConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The configuration of a Jitsi Videobridge of this product's own.
 *
 * @param config all of it, without the bridge's defaults
 * @param port of the plugin's HTTP
 * @param privateServer the root of the bridge's private HTTP server
 * @param overridden what the given file says and this product says otherwise, sorted
 */
record JvbSettings(Config config, int port, URI privateServer, List<String> overridden) {
  private static final String OWN_HTTP = StandaloneConfig.PATH + ".http.";
  private static final String HTTP = "videobridge.whip.http-server.";
  private static final List<String> LIMITS =
      List.of("connection-limit", "connection-limit-per-address", "head-timeout");

  /**
   * Takes free ports where any is right.
   *
   * @param own what {@code standalone} says
   * @param config the whole configuration, with the defaults of this product
   * @param file what was given with {@code --config}
   */
  static JvbSettings of(StandaloneConfig own, Config config, Config file) throws IOException {
    int port = chosen(own.http().port().orElse(0));
    int privatePort = UnusedPort.find();
    Map<String, Object> keys =
        new TreeMap<>(
            Map.ofEntries(
                Map.entry("videobridge.sctp.enabled", false),
                Map.entry("videobridge.apis.xmpp-client.configs", Map.of()),
                Map.entry("videobridge.http-servers.private.host", "127.0.0.1"),
                Map.entry("videobridge.http-servers.private.port", privatePort),
                Map.entry("videobridge.http-servers.public.port", -1),
                Map.entry("videobridge.health.require-valid-address", false),
                Map.entry("videobridge.ice.udp.port", chosen(own.udpPort())),
                Map.entry("videobridge.whip.http-server.host", own.http().host()),
                Map.entry("videobridge.whip.http-server.port", port),
                Map.entry(
                    "videobridge.whip.http-server.proxy-protocol", own.http().proxyProtocol()),
                Map.entry("ice4j.harvest.allowed-addresses", texts(own.bind())),
                Map.entry("ice4j.harvest.mapping.aws.enabled", false),
                Map.entry("ice4j.harvest.mapping.stun.addresses", List.of()),
                Map.entry("ice4j.harvest.mapping.static-mappings", mappings(own))));
    keys.putAll(tls(own));
    for (String limit : LIMITS) {
      if (file.hasPath(OWN_HTTP + limit)) {
        keys.put(HTTP + limit, file.getValue(OWN_HTTP + limit).unwrapped());
      }
    }
    Config all =
        ConfigFactory.parseMap(keys)
            .withFallback(config.withOnlyPath("videobridge"))
            // Their defaults are the bridge's, which may be of another version.
            .withFallback(file.withoutPath("videobridge").withoutPath(StandaloneConfig.PATH));
    return new JvbSettings(
        all,
        port,
        URI.create("http://127.0.0.1:" + privatePort + "/"),
        keys.keySet().stream().filter(file::hasPath).toList());
  }

  private static Map<String, Object> tls(StandaloneConfig own) throws IOException {
    if (own.http().tls().isEmpty()) {
      return Map.of();
    }
    WebServerConfig.Tls tls = own.http().tls().get();
    return Map.of(
        "videobridge.whip.http-server.tls-port",
        chosen(tls.port()),
        "videobridge.whip.http-server.key-store-path",
        tls.keyStorePath(),
        "videobridge.whip.http-server.key-store-password",
        tls.keyStorePassword());
  }

  /** Each advertised address as another face of each local one. */
  private static List<Map<String, Object>> mappings(StandaloneConfig own) throws IOException {
    List<InetAddress> locals = own.bind().isEmpty() ? localAddresses() : own.bind();
    List<Map<String, Object>> mappings = new ArrayList<>();
    for (InetAddress advertised : own.advertise()) {
      for (InetAddress local : locals) {
        if (local.getAddress().length == advertised.getAddress().length) {
          mappings.add(
              Map.of(
                  "local-address",
                  local.getHostAddress(),
                  "public-address",
                  advertised.getHostAddress(),
                  "name",
                  local.getHostAddress() + " as " + advertised.getHostAddress()));
        }
      }
    }
    return mappings;
  }

  /** Those that media uses where none are named. */
  static List<InetAddress> localAddresses() throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
        .toList();
  }

  private static List<String> texts(List<InetAddress> addresses) {
    return addresses.stream().map(InetAddress::getHostAddress).toList();
  }

  private static int chosen(int port) throws IOException {
    return port == 0 ? UnusedPort.find() : port;
  }
}
