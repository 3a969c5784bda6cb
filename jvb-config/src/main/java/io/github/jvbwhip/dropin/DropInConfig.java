package io.github.jvbwhip.dropin;

import com.typesafe.config.Config;
import io.github.jvbwhip.cluster.ClusterConfig;
import io.github.jvbwhip.http.config.HttpConfig;
import io.github.jvbwhip.http.config.InvalidConfigException;
import io.github.jvbwhip.http.config.Section;
import io.github.jvbwhip.http.config.StrayKeys;
import io.github.jvbwhip.http.server.ConnectionLimits;
import io.github.jvbwhip.http.server.WebServerConfig;
import io.github.jvbwhip.operator.OperatorConfig;
import io.github.jvbwhip.whep.WhepConfig;
import io.github.jvbwhip.whip.WhipConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jetty.util.Jetty;

/**
 * The configuration of both plugins on a bridge.
 *
 * @param server the HTTP server of their own, where they get one
 * @param pages whether the pages are served
 * @param stressLimit the stress level from which on no new sessions are taken; 0 for never
 * @param foreignConferences whether conferences that others have created can be entered
 * @param meetings where publishers are participants of a Jitsi Meet's rooms
 * @param cluster the other bridges that this one shares its rooms with
 * @param operator what whoever runs the bridge sees and does
 * @param drainTimeout how long sessions go on while the bridge drains; zero for as long as they
 *     like
 */
record DropInConfig(
    WhipConfig whip,
    WhepConfig whep,
    Optional<WebServerConfig> server,
    boolean pages,
    double stressLimit,
    boolean foreignConferences,
    Optional<MeetingConfig> meetings,
    ClusterConfig cluster,
    OperatorConfig operator,
    Duration drainTimeout) {

  private static final String FOREIGN = "foreign-conferences";

  /** The jar brings HTTP/2 for this Jetty, which is the bridge's own. */
  private static final String JETTY = "12.0.";

  /**
   * Reads all of it.
   *
   * @throws InvalidConfigException with one line that names the key that is wrong
   */
  static DropInConfig read(Config config) throws InvalidConfigException {
    StrayKeys.refuseNearMisses(config);
    WhipConfig whip =
        WhipConfig.read(
            config,
            Set.of(
                "http-server",
                "pages",
                "stress-limit",
                "drain-timeout",
                FOREIGN,
                "jitsi",
                "cluster"));
    WhepConfig whep = WhepConfig.read(config, Set.of());
    Section own = new Section(config.getConfig(WhipConfig.PATH), WhipConfig.PATH);
    Optional<MeetingConfig> meetings = meetings(own, whip, whep);
    Optional<WebServerConfig> server = server(own.section("http-server"));
    if (server.isPresent()) {
      server.get().checkProxies(WhipConfig.PATH + ".http-server", whip.http().trustedProxies());
    }
    boolean foreign = foreignConferences(own, whip, whep, meetings);
    ClusterConfig cluster = cluster(config, own);
    if (foreign && cluster.enabled() && meetings.isEmpty()) {
      // Which of the rooms are others' is not known on the members that would be linked to them.
      throw own.wrong(
          FOREIGN,
          "false while " + ClusterConfig.PATH + ".enabled is true, but for jitsi.enabled = true");
    }
    return new DropInConfig(
        whip,
        whep,
        server,
        own.flag("pages"),
        stressLimit(own),
        foreign,
        meetings,
        cluster,
        OperatorConfig.read(config),
        own.duration("drain-timeout"));
  }

  /** The bridge itself says nothing of what is missing before the first link, if at all. */
  private static ClusterConfig cluster(Config config, Section own) throws InvalidConfigException {
    ClusterConfig cluster = ClusterConfig.read(config);
    if (cluster.enabled() && !hasRelays(config)) {
      throw own.section("cluster")
          .wrong("enabled", "false while videobridge.relay has no enabled = true and no relay-id");
    }
    boolean channel =
        isOn(config, "videobridge.sctp.enabled") || isOn(config, "videobridge.websockets.enabled");
    if (cluster.enabled() && !channel) {
      throw own.section("cluster")
          .wrong(
              "enabled",
              "false while both videobridge.sctp.enabled and videobridge.websockets.enabled are");
    }
    return cluster;
  }

  /** By the older names of the section, too. */
  private static boolean hasRelays(Config config) {
    return Stream.of("videobridge.relay", "videobridge.octo")
            .anyMatch(section -> isOn(config, section + ".enabled"))
        && Stream.of("videobridge.relay", "videobridge.octo")
            .anyMatch(section -> config.hasPath(section + ".relay-id"));
  }

  private static boolean isOn(Config config, String path) {
    return config.hasPath(path) && config.getBoolean(path);
  }

  /** Whoever knows the name of a meeting must not be able to send into it for that alone. */
  private static Optional<MeetingConfig> meetings(Section own, WhipConfig whip, WhepConfig whep)
      throws InvalidConfigException {
    Section jitsi = own.section("jitsi");
    Optional<MeetingConfig> meetings = MeetingConfig.read(jitsi);
    boolean open = meetings.isPresent() && !meetings.get().asksTokens() && isOpenToAll(whip.http());
    if (open) {
      throw jitsi.wrong("enabled", "false while " + WhipConfig.PATH + ".auth lets everyone in");
    }
    if (meetings.isPresent() && meetings.get().asksTokens()) {
      refuseUnasked(own, whip.http());
    }
    if (meetings.isPresent() && meetings.get().watch().enabled()) {
      refuseUnasked(own, whep.http());
    }
    return meetings;
  }

  /** What is configured and never asked would protect nothing. */
  private static void refuseUnasked(Section own, HttpConfig protocol)
      throws InvalidConfigException {
    if (protocol.auth().jwt().isPresent() || protocol.auth().webhook().isPresent()) {
      throw own.wrong(
          "jitsi",
          "without a jwt and a webhook in the protocol's auth, where meetings ask for tokens");
    }
  }

  /** Whoever knows the name of a meeting must not get into it for that alone. */
  private static boolean foreignConferences(
      Section own, WhipConfig whip, WhepConfig whep, Optional<MeetingConfig> meetings)
      throws InvalidConfigException {
    boolean open = own.flag(FOREIGN);
    if (open && meetings.isPresent() && meetings.get().watch().enabled()) {
      throw own.wrong(FOREIGN, "false while " + WhipConfig.PATH + ".jitsi.watch.enabled is true");
    }
    boolean asksTokens = meetings.isPresent() && meetings.get().asksTokens();
    if (open && !asksTokens && isOpenToAll(whip.http())) {
      throw own.wrong(FOREIGN, "false while " + WhipConfig.PATH + ".auth lets everyone in");
    }
    if (open && isOpenToAll(whep.http())) {
      throw own.wrong(FOREIGN, "false while " + WhepConfig.PATH + ".auth lets everyone in");
    }
    return open;
  }

  /** Who may publish, in words. */
  String whipAccess() {
    boolean signIn = meetings.isPresent() && meetings.get().asksTokens();
    return signIn && whip.http().enabled() ? "token of the meeting needed" : whip.http().access();
  }

  /** Who may watch, in words. */
  String whepAccess() {
    boolean asked = meetings.isPresent() && meetings.get().watch().enabled();
    return asked && whep.http().enabled()
        ? "token of the " + (meetings.get().asksTokens() ? "meeting" : "room") + " needed"
        : whep.http().access();
  }

  private static boolean isOpenToAll(HttpConfig http) {
    return http.enabled() && http.auth().isOpen();
  }

  private static double stressLimit(Section own) throws InvalidConfigException {
    return own.number("stress-limit", 0) / 100.0;
  }

  private static Optional<WebServerConfig> server(Section section) throws InvalidConfigException {
    OptionalInt port = port(section, "port");
    OptionalInt tlsPort = port(section, "tls-port");
    Optional<String> keyStore = section.text("key-store-path");
    if (tlsPort.isPresent() && keyStore.isEmpty()) {
      throw section.wrong("key-store-path", "the path of a key store, for tls-port");
    }
    WebServerConfig.Tls tls =
        new WebServerConfig.Tls(
            tlsPort.orElse(0),
            keyStore.orElse(""),
            section.text("key-store-password").orElse(""),
            section.texts("tls-protocols"),
            section.texts("tls-cipher-suites"),
            section.flag("need-client-auth"));
    WebServerConfig config =
        new WebServerConfig(
            section.text("host").orElse("0.0.0.0"),
            port,
            tlsPort.isPresent() ? Optional.of(tls) : Optional.empty(),
            Jetty.VERSION.startsWith(JETTY),
            section.flag("send-server-version"),
            section.flag("proxy-protocol"),
            ConnectionLimits.read(section));
    section.done();
    return port.isPresent() || tlsPort.isPresent() ? Optional.of(config) : Optional.empty();
  }

  private static OptionalInt port(Section server, String key) throws InvalidConfigException {
    int port = server.number(key, -1);
    if (port > 65535) {
      throw server.wrong(key, "a port number, or -1 for none");
    }
    return port > 0 ? OptionalInt.of(port) : OptionalInt.empty();
  }
}
