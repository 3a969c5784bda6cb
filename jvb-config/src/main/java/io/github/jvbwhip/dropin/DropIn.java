package io.github.jvbwhip.dropin;

import io.github.jvbwhip.cluster.Cluster;
import io.github.jvbwhip.core.bridge.Bridge;
import io.github.jvbwhip.core.metrics.SessionMeters;
import io.github.jvbwhip.core.metrics.SessionMetrics;
import io.github.jvbwhip.http.access.Authorizer;
import io.github.jvbwhip.http.access.ByAction;
import io.github.jvbwhip.http.composition.Authorizers;
import io.github.jvbwhip.http.composition.Composition;
import io.github.jvbwhip.http.composition.Mount;
import io.github.jvbwhip.http.config.InvalidConfigException;
import io.github.jvbwhip.http.pages.PagesServlet;
import io.github.jvbwhip.http.runtime.PostListener;
import io.github.jvbwhip.http.server.Rehearsal;
import io.github.jvbwhip.http.server.WebServer;
import io.github.jvbwhip.jvb.JvbBridge;
import io.github.jvbwhip.jvb.Watching;
import io.github.jvbwhip.jvb.host.Meetings;
import io.github.jvbwhip.jvb.videobridge.JvbMetrics;
import io.github.jvbwhip.jvb.videobridge.VideobridgeHost;
import io.github.jvbwhip.operator.Operator;
import io.github.jvbwhip.whep.WhepPlugin;
import io.github.jvbwhip.whip.WhipPlugin;
import io.github.jvbwhip.xmpp.XmppMeetings;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.util.component.LifeCycle;
import org.jitsi.videobridge.Videobridge;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the plugins together: the bridge's port, both protocols, the pages. */
final class DropIn {
  private static final Logger LOG = LoggerFactory.getLogger(DropIn.class);

  private DropIn() {}

  /**
   * Starts what the configuration says.
   *
   * @param shared the context of the bridge's private HTTP server; with that server the plugins
   *     stop
   * @throws Exception when something cannot start; nothing is left running then
   */
  static void start(Videobridge videobridge, DropInConfig config, ServletContextHandler shared)
      throws Exception {
    SessionMeters meters = JvbMetrics.meters();
    meters.limit(SessionMetrics.Kind.WHIP, config.whip().http().limits().maxSessions());
    meters.limit(SessionMetrics.Kind.WHEP, config.whep().http().limits().maxSessions());
    Composition composition = new Composition("jvb-whip", PostListener.of(meters));
    try {
      run(composition, videobridge, config, shared);
    } catch (Exception | LinkageError e) {
      composition.close();
      throw e;
    }
    // Before the server cuts its connections: players are to hear that they should reconnect.
    shared
        .getServer()
        .addEventListener(
            new LifeCycle.Listener() {
              @Override
              public void lifeCycleStopping(LifeCycle stopping) {
                composition.close();
              }
            });
  }

  private static void run(
      Composition composition,
      Videobridge videobridge,
      DropInConfig config,
      ServletContextHandler shared)
      throws Exception {
    VideobridgeHost host =
        new VideobridgeHost(
            videobridge,
            config.stressLimit(),
            config.foreignConferences(),
            config.whep().firstPicture());
    Optional<XmppMeetings> meetings =
        config
            .meetings()
            .map(of -> composition.add(new XmppMeetings(of.settings(), of.watch().audience())));
    Watching watching = config.meetings().map(of -> of.watch().watching()).orElse(Watching.CLOSED);
    JvbBridge here =
        composition.add(new JvbBridge(host, meetings.map(Meetings.class::cast), watching));
    Optional<Cluster> cluster = cluster(composition, config, here);
    Bridge bridge = cluster.<Bridge>map(Cluster::bridge).orElse(here);
    Operator operator = new Operator(config.operator(), bridge, composition);
    Authorizer authorizer =
        operator.before(
            authorizer(
                config,
                bridge,
                composition,
                (room, token) -> meetings.orElseThrow().signIn(room, token)));
    if (config.whip().http().enabled()) {
      composition.addPlugin(
          new WhipPlugin(bridge, config.whip(), authorizer, operator.runtime(), operator.names()));
    }
    Optional<WhepPlugin> players = Optional.empty();
    if (config.whep().http().enabled()) {
      players = Optional.of(new WhepPlugin(bridge, config.whep(), authorizer, operator.runtime()));
      composition.addPlugin(players.get());
    }
    var unused =
        operator.serve(
            composition,
            bridge,
            config.whip().http(),
            authorizer,
            players.map(plugin -> plugin::scte35),
            cluster.map(of -> of::view));
    if (!config.drainTimeout().isZero()) {
      var alsoUnused = composition.watchDrain(bridge, config.drainTimeout());
    }
    if (config.pages()) {
      composition.mount(
          new Mount(
              new PagesServlet(config.whep().frameAncestors(), config.operator().enabled()),
              PagesServlet.MAPPINGS));
    }
    // JVB's private server, too, listens after this. In a meeting nobody rehearses.
    try (JvbBridge alone = new JvbBridge(host)) {
      Rehearsal.hold(
          composition.runtime(),
          (everybody, silent) ->
              List.of(
                  new WhipPlugin(alone, config.whip(), everybody, silent),
                  new WhepPlugin(alone, config.whep(), everybody, silent)));
    }
    if (config.server().isPresent()) {
      composition.addServer(
          WebServer.start(
              config.server().get(), config.whip().http().trustedProxies(), composition.mounts()));
    } else {
      WebServer.mount(composition.mounts(), shared);
    }
    LOG.info(
        "WHIP: {}; WHEP: {}; on {}; the bridge is {}",
        config.whipAccess(),
        config.whepAccess(),
        config.server().isPresent() ? "its own connector" : "the bridge's private HTTP server",
        bridge.name());
  }

  private static Optional<Cluster> cluster(
      Composition composition, DropInConfig config, JvbBridge bridge) {
    if (!config.cluster().enabled()) {
      return Optional.empty();
    }
    boolean meetings = config.meetings().isPresent();
    Cluster cluster =
        composition.add(
            Cluster.start(
                config.cluster().within(config.whep().http().limits().maxSessions()),
                bridge,
                bridge,
                room -> meetings,
                composition.runtime(),
                JvbMetrics.meters().cluster()));
    composition.mount(cluster.mount());
    return Optional.of(cluster);
  }

  /** Who may do what. */
  static Authorizer authorizer(
      DropInConfig config, Bridge bridge, Composition composition, MeetingTokens.Server server)
      throws InvalidConfigException {
    Authorizer tokens =
        new ByAction(
            config
                .whip()
                .authorizers(Authorizers.of(config.whip().http().auth(), bridge, composition)),
            config
                .whep()
                .authorizers(Authorizers.of(config.whep().http().auth(), bridge, composition)));
    return authorizer(config, tokens, server);
  }

  /** Who may do what; {@code tokens} decides where no meeting does. */
  static Authorizer authorizer(
      DropInConfig config, Authorizer tokens, MeetingTokens.Server server) {
    if (config.meetings().isEmpty()) {
      return tokens;
    }
    MeetingConfig meetings = config.meetings().get();
    boolean watching = meetings.watch().enabled();
    if (meetings.asksTokens()) {
      return new MeetingTokens(
          watching, server, meetings.settings().names()::hidesBreakout, tokens);
    }
    return watching ? new WatchTokens(meetings.watch(), tokens) : tokens;
  }
}
