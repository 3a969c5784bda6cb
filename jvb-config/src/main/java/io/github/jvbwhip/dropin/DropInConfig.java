package io.github.jvbwhip.dropin;

import com.typesafe.config.Config;
import io.github.jvbwhip.http.config.InvalidConfigException;
import io.github.jvbwhip.http.config.Section;
import io.github.jvbwhip.whep.WhepConfig;
import io.github.jvbwhip.whip.WhipConfig;
import java.util.Set;

/**
 * The configuration of both plugins on a bridge.
 *
 * @param ownConnector whether they get an HTTP server of their own
 * @param pages whether the pages are served
 * @param stressLimit the stress level from which on no new sessions are taken; 0 for never
 */
record DropInConfig(
    WhipConfig whip, WhepConfig whep, boolean ownConnector, boolean pages, double stressLimit) {
  static final String HTTP_SERVER = WhipConfig.PATH + ".http-server";
  private static final Set<String> SERVER_KEYS =
      Set.of(
          "host",
          "key-store-path",
          "key-store-password",
          "need-client-auth",
          "tls-protocols",
          "tls-cipher-suites",
          "send-server-version");

  /**
   * Reads all of it.
   *
   * @throws InvalidConfigException with one line that names the key that is wrong
   */
  static DropInConfig read(Config config) throws InvalidConfigException {
    WhipConfig whip = WhipConfig.read(config, Set.of("http-server", "pages", "stress-limit"));
    WhepConfig whep = WhepConfig.read(config, Set.of());
    Section own = new Section(config.getConfig(WhipConfig.PATH), WhipConfig.PATH);
    Section server = own.section("http-server");
    SERVER_KEYS.forEach(server::foreign);
    boolean connector = port(server, "port") | port(server, "tls-port");
    server.done();
    return new DropInConfig(whip, whep, connector, own.flag("pages"), stressLimit(own));
  }

  private static double stressLimit(Section own) throws InvalidConfigException {
    return own.number("stress-limit", 0) / 100.0;
  }

  private static boolean port(Section server, String key) throws InvalidConfigException {
    int port = server.number(key, -1);
    if (port > 65535) {
      throw server.wrong(key, "a port number, or -1 for none");
    }
    return port > 0;
  }
}
