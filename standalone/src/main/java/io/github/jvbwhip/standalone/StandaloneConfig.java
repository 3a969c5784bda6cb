package io.github.jvbwhip.standalone;

import com.typesafe.config.Config;
import io.github.jvbwhip.core.bridge.IpLiterals;
import io.github.jvbwhip.http.config.InvalidConfigException;
import io.github.jvbwhip.http.config.Network;
import io.github.jvbwhip.http.config.Section;
import io.github.jvbwhip.http.server.ConnectionLimits;
import io.github.jvbwhip.http.server.WebServerConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the key {@code standalone} of the configuration says; {@code reference.conf} explains each
 * key.
 *
 * @param udpPort the port of all media; 0 takes a free one
 * @param tcpPort of media of the embedded bridge; 0 takes a free one, none leaves TCP out
 * @param maxSessions of the embedded bridge, publishers and players together
 * @param maxPublisherBitrate of the embedded bridge, in bits per second; 0 for no limit
 * @param bind the addresses that media uses; empty for all that the machine has
 * @param advertise addresses that clients reach this machine at, besides its own
 * @param drainTimeout how long sessions may go on when the server is to stop
 * @param metricsReaders who may read {@code /metrics}
 */
record StandaloneConfig(
    BridgeChoice bridge,
    WebServerConfig http,
    int udpPort,
    OptionalInt tcpPort,
    int maxSessions,
    int maxPublisherBitrate,
    List<InetAddress> bind,
    List<InetAddress> advertise,
    Duration drainTimeout,
    List<Network> metricsReaders) {

  /** Where the keys stand. */
  static final String PATH = "standalone";

  private static final int MAX_PORT = 65_535;

  /** Which bridge runs. */
  enum BridgeChoice {
    AUTO,
    EMBEDDED,
    JVB
  }

  /**
   * @param config the whole configuration, resolved, {@code reference.conf} included
   * @throws InvalidConfigException with one line that names the key that is wrong
   */
  static StandaloneConfig read(Config config) throws InvalidConfigException {
    Section section =
        new Section(config, "").section(PATH).foreign("origins").foreign("forward").foreign("edge");
    StandaloneConfig result =
        new StandaloneConfig(
            section.choice("bridge", BridgeChoice.class),
            http(section.section("http")),
            port(section, "udp-port"),
            tcpPort(section),
            section.number("max-sessions", 1),
            section.number("max-publisher-bitrate", 0),
            addresses(section, "bind"),
            addresses(section, "advertise"),
            section.duration("drain-timeout"),
            metricsReaders(section.section("metrics")));
    section.done();
    return result;
  }

  private static List<Network> metricsReaders(Section section) throws InvalidConfigException {
    List<Network> readers = section.networks("allow");
    section.done();
    return readers;
  }

  private static WebServerConfig http(Section section) throws InvalidConfigException {
    Section tls = section.section("tls");
    Optional<String> keyStore = tls.text("key-store-path");
    WebServerConfig.Tls withTls =
        new WebServerConfig.Tls(
            port(tls, "port"),
            keyStore.orElse(""),
            tls.text("key-store-password").orElse(""),
            List.of(),
            List.of(),
            false);
    tls.done();
    WebServerConfig result =
        new WebServerConfig(
            section.text("host").orElse("127.0.0.1"),
            OptionalInt.of(port(section, "port")),
            keyStore.map(path -> withTls),
            true,
            false,
            section.flag("proxy-protocol"),
            ConnectionLimits.read(section));
    section.done();
    return result;
  }

  private static int port(Section section, String key) throws InvalidConfigException {
    int port = section.number(key, 0);
    if (port > MAX_PORT) {
      throw section.wrong(key, "a port, 0 to " + MAX_PORT);
    }
    return port;
  }

  private static OptionalInt tcpPort(Section section) throws InvalidConfigException {
    int port = section.number("tcp-port", -1);
    if (port > MAX_PORT) {
      throw section.wrong("tcp-port", "a port, 0 to " + MAX_PORT + ", or -1 for none");
    }
    return port < 0 ? OptionalInt.empty() : OptionalInt.of(port);
  }

  private static List<InetAddress> addresses(Section section, String key)
      throws InvalidConfigException {
    List<InetAddress> result = new ArrayList<>();
    for (String text : section.texts(key)) {
      try {
        // Only literals: a name would be looked up, and could change under a running server.
        if (!IpLiterals.isNoName(text)) {
          throw new UnknownHostException(text);
        }
        result.add(InetAddress.getByName(text));
      } catch (UnknownHostException e) {
        throw section.wrong(key, "a list of IP addresses, which '" + text + "' is none of");
      }
    }
    return result;
  }
}
