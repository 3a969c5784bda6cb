package io.github.jvbwhip.cluster;

import io.github.jvbwhip.cluster.wire.Calls;
import io.github.jvbwhip.cluster.wire.Hello;
import io.github.jvbwhip.cluster.wire.MemberRouter;
import io.github.jvbwhip.cluster.wire.MemberServlet;
import io.github.jvbwhip.cluster.wire.PeerClient;
import io.github.jvbwhip.cluster.wire.Signer;
import io.github.jvbwhip.core.bridge.Bridge;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.metrics.ClusterMetrics;
import io.github.jvbwhip.core.relay.ClusterView;
import io.github.jvbwhip.core.relay.RelayBridge;
import io.github.jvbwhip.core.text.RandomHex;
import io.github.jvbwhip.core.threads.Waits;
import io.github.jvbwhip.http.composition.Mount;
import io.github.jvbwhip.http.runtime.ServerRuntime;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** This bridge as a member of a cluster. Thread-safe. */
public final class Cluster implements AutoCloseable {
  private static final String MAPPING = "/cluster/*";
  private static final int INCARNATION_BYTES = 16;

  /** How long others may take to hear that this one leaves. */
  private static final Duration LEAVE = Duration.ofMillis(500);

  private final LoopThread loop;
  private final ClusterNode node;
  private final Optional<DnsWatch> dns;
  private final Bridge bridge;
  private final Mount mount;

  private Cluster(
      ClusterConfig config,
      Bridge bridge,
      RelayBridge relays,
      Predicate<RoomName> meetings,
      ServerRuntime runtime,
      ClusterMetrics metrics,
      Optional<DnsWatch.Lookup> lookup) {
    Hello self = new Hello(config.self(), RandomHex.of(INCARNATION_BYTES, runtime.random()));
    Signer signer = new Signer(config.secret());
    Calls calls =
        new PeerClient(
            config.self(),
            signer,
            runtime.clock(),
            runtime.random(),
            config.deadAfter().dividedBy(2),
            config.joinTimeout());
    this.loop = new LoopThread();
    TreeParts with =
        new TreeParts(
            config, self, loop, calls, relays, meetings, new Reconnects(), runtime.random());
    this.node = new ClusterNode(with, bridge::availability, metrics, lookup.isPresent());
    this.bridge = new ClusteredBridge(bridge, node);
    this.mount =
        Mount.at(
            MAPPING,
            new MemberServlet(
                new MemberRouter(self, signer, runtime.clock(), node.answers()),
                MemberHttp.config(MemberRouter.BODY_LIMIT, config.joinTimeout()),
                runtime));
    node.start();
    this.dns =
        lookup.map(
            look ->
                DnsWatch.start(
                    look, config.dnsInterval(), urls -> loop.execute(() -> node.found(urls))));
  }

  /**
   * Looks for the other members, and goes on doing so until it is closed. Waits for nothing.
   *
   * @param config {@linkplain ClusterConfig#enabled enabled}
   * @param bridge what the plugins would use without a cluster; outlives it
   * @param relays the same bridge
   * @param meetings the rooms that somebody else manages, whose publishers stay where they come;
   *     thread-safe
   * @param runtime of the plugins
   */
  public static Cluster start(
      ClusterConfig config,
      Bridge bridge,
      RelayBridge relays,
      Predicate<RoomName> meetings,
      ServerRuntime runtime,
      ClusterMetrics metrics) {
    Optional<DnsWatch.Lookup> lookup =
        config.dns().map(name -> new DnsLookup(name, Optional.empty())::find);
    return start(config, bridge, relays, meetings, runtime, metrics, lookup);
  }

  /** The same, where members are looked up in that way. */
  static Cluster start(
      ClusterConfig config,
      Bridge bridge,
      RelayBridge relays,
      Predicate<RoomName> meetings,
      ServerRuntime runtime,
      ClusterMetrics metrics,
      Optional<DnsWatch.Lookup> lookup) {
    return new Cluster(config, bridge, relays, meetings, runtime, metrics, lookup);
  }

  /** What the plugins use instead. Closing it closes the bridge, and not the cluster. */
  public Bridge bridge() {
    return bridge;
  }

  /** What the other members ask: to be mounted where they reach the plugin. */
  public Mount mount() {
    return mount;
  }

  /** How it is now, or was a {@code heartbeat-interval} ago at most. */
  public ClusterView view() {
    return node.view();
  }

  /**
   * Takes leave of the other members and ends all links: to be called when the plugins are closed,
   * and before the bridge is. Takes half a second at most. Idempotent.
   */
  @Override
  public void close() {
    dns.ifPresent(DnsWatch::close);
    CompletableFuture<Void> left =
        CompletableFuture.completedFuture(null).thenComposeAsync(any -> node.close(), loop);
    Waits.within(LEAVE, left);
    loop.close();
  }
}
