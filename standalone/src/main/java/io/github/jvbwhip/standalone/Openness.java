package io.github.jvbwhip.standalone;

import io.github.jvbwhip.http.config.HttpConfig;
import io.github.jvbwhip.http.config.InvalidConfigException;
import io.github.jvbwhip.whep.WhepConfig;
import io.github.jvbwhip.whip.WhipConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Whether others are let in whom nobody has asked in: an open ingest is an open relay. */
final class Openness {
  private static final String LOOPBACK = ", or take --host 127.0.0.1.";

  private Openness() {}

  /**
   * Refuses to let everyone in from other machines, unless that was asked for.
   *
   * @param whipDecides whether the configuration of WHIP says who may publish, and not a meeting
   * @param whepDecides likewise of WHEP, and watching
   * @throws InvalidConfigException with one line that says what to do
   */
  static void check(
      StandaloneConfig own,
      WhipConfig whip,
      boolean whipDecides,
      WhepConfig whep,
      boolean whepDecides)
      throws InvalidConfigException {
    if (whipDecides && isOpen(whip.http())) {
      refuse(own, whip, whep, WhipConfig.PATH, "publish");
    }
    if (whepDecides && isOpen(whep.http())) {
      refuse(own, whip, whep, WhepConfig.PATH, "watch");
    }
  }

  private static boolean isOpen(HttpConfig protocol) {
    return protocol.enabled() && protocol.auth().isOpen() && !protocol.auth().said();
  }

  private static void refuse(
      StandaloneConfig own, WhipConfig whip, WhepConfig whep, String path, String verb)
      throws InvalidConfigException {
    String host = own.http().host();
    boolean listens = !isLoopback(host);
    Optional<String> reached =
        listens
            ? Optional.of("HTTP listens on " + host + ", where others can reach it")
            : proxyKey(own, whip.http(), whep.http())
                .map(key -> key + " says that others come through a proxy");
    if (reached.isPresent()) {
      throw new InvalidConfigException(
          reached.get()
              + ": say who may "
              + verb
              + ", by "
              + path
              + ".auth.tokens or .auth.mode (none: everyone, which --open says of both)"
              + (listens ? LOOPBACK : "."));
    }
  }

  /** The key that only makes sense where something on this machine lets others in. */
  private static Optional<String> proxyKey(StandaloneConfig own, HttpConfig whip, HttpConfig whep) {
    return own.http().proxyProtocol()
        ? Optional.of(StandaloneConfig.PATH + ".http.proxy-protocol")
        : proxyKey(WhipConfig.PATH, whip).or(() -> proxyKey(WhepConfig.PATH, whep));
  }

  private static Optional<String> proxyKey(String path, HttpConfig protocol) {
    return protocol.trustedProxies().isEmpty()
        ? protocol.publicUrl().map(url -> path + ".public-url")
        : Optional.of(path + ".trusted-proxies");
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
