package io.github.jvbwhip.cluster;

import io.github.jvbwhip.core.bridge.Bridge;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.metrics.ClusterMetrics;
import io.github.jvbwhip.core.relay.RelayBridge;
import io.github.jvbwhip.http.composition.Mount;
import io.github.jvbwhip.http.runtime.ServerRuntime;
import java.util.List;
import java.util.function.Predicate;

/** This bridge as a member of a cluster. Thread-safe. */
public final class Cluster implements AutoCloseable {
  private final Bridge bridge;
  private final ClusterView view;

  private Cluster(ClusterConfig config, Bridge bridge) {
    this.bridge = bridge;
    this.view = new ClusterView(config.self(), List.of(), List.of());
  }

  /**
   * Looks for the other members, and goes on doing so until it is closed. Waits for nothing.
   *
   * @param config {@linkplain ClusterConfig#enabled enabled}
   * @param bridge what the plugins would use without a cluster; outlives it
   * @param relays the same bridge
   * @param meetings the rooms that somebody else manages, whose publishers stay where they come
   * @param runtime of the plugins
   */
  public static Cluster start(
      ClusterConfig config,
      Bridge bridge,
      RelayBridge relays,
      Predicate<RoomName> meetings,
      ServerRuntime runtime,
      ClusterMetrics metrics) {
    return new Cluster(config, bridge);
  }

  /** What the plugins use instead. Closing it closes the bridge, and not the cluster. */
  public Bridge bridge() {
    return bridge;
  }

  /** What the other members ask: to be mounted where they reach the plugin. */
  public Mount mount() {
    throw new IllegalStateException("not yet");
  }

  /** How it is now, or was a {@code heartbeat-interval} ago at most. */
  public ClusterView view() {
    return view;
  }

  /**
   * Takes leave of the other members and ends all links: to be called when the plugins are closed,
   * and before the bridge is. Takes half a second at most. Idempotent.
   */
  @Override
  public void close() {}
}
