package io.github.jvbwhip.cluster;

import io.github.jvbwhip.core.bridge.FakeBridge;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.metrics.ClusterMetrics;
import io.github.jvbwhip.core.threads.TestThreads;
import io.github.jvbwhip.http.TestServer;
import io.github.jvbwhip.http.composition.Mount;
import io.github.jvbwhip.http.runtime.PostListener;
import io.github.jvbwhip.http.runtime.ServerRuntime;
import io.github.jvbwhip.http.runtime.SessionListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Members in one process that ask each other over HTTP, with times that are a fraction of usual.
 */
final class RealCluster implements AutoCloseable {
  static final Duration LINGER = Duration.ofMillis(300);
  static final Duration DEAD_AFTER = Duration.ofMillis(1500);

  private final FakeRelays.Wires wires = new FakeRelays.Wires();
  private final Set<Set<String>> cut = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService threads =
      Executors.newScheduledThreadPool(2, TestThreads.daemons());
  private final ServerRuntime runtime =
      new ServerRuntime(
          Clock.systemUTC(),
          new SecureRandom(),
          threads,
          threads,
          PostListener.NONE,
          SessionListener.NONE);
  private final List<TestServer> servers = new ArrayList<>();
  private final List<Door> doors = new ArrayList<>();
  private final List<AutoCloseable> bridgeThreads = new ArrayList<>();
  final List<String> urls = new ArrayList<>();
  final List<Peer> members = new CopyOnWriteArrayList<>();

  /** Servers for so many; members are started one by one. */
  RealCluster(int number) throws Exception {
    for (int i = 0; i < number; i++) {
      Door door = new Door();
      TestServer server = new TestServer(List.of(Mount.at("/cluster/*", door)), 20);
      door.name = "http://127.0.0.1:" + server.port();
      doors.add(door);
      servers.add(server);
      urls.add(door.name);
    }
  }

  /** A member and its bridge. */
  record Peer(String name, FakeBridge bridge, FakeRelays relays, Cluster cluster) {}

  /** Where a member is asked: nothing is there yet, or it does not hear some others. */
  private final class Door extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private volatile String name = "";
    private transient volatile HttpServlet behind;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws ServletException, IOException {
      HttpServlet there = behind;
      String from = String.valueOf(request.getHeader("Cluster-From"));
      if (there == null || cut.contains(Set.of(from + " to", name))) {
        response.sendError(503);
      } else {
        there.service(request, response);
      }
    }
  }

  /** Starts the member at that place, in the place of one that was there. */
  Peer start(int place, int maxLinks, List<String> known, Optional<DnsWatch.Lookup> lookup) {
    String name = urls.get(place);
    var bridgeThread = Executors.newSingleThreadExecutor(TestThreads.daemons());
    bridgeThreads.add(bridgeThread::shutdownNow);
    FakeBridge bridge = new FakeBridge();
    FakeRelays relays = new FakeRelays(name, wires, bridgeThread, System::nanoTime);
    ClusterConfig config =
        new ClusterConfig(
            true,
            name,
            known,
            Optional.empty(),
            Duration.ofMillis(50),
            "a secret of more than 32 characters",
            ClusterConfig.Publish.HOME,
            maxLinks,
            0,
            LINGER,
            Duration.ofMillis(100),
            DEAD_AFTER,
            Duration.ofSeconds(5));
    Cluster cluster =
        Cluster.start(config, bridge, relays, room -> false, runtime, ClusterMetrics.NONE, lookup);
    doors.get(place).behind = cluster.mount().servlet();
    Peer peer = new Peer(name, bridge, relays, cluster);
    members.add(peer);
    return peer;
  }

  /** Starts all of them, each of which knows those before it, and itself. */
  void startAll(int maxLinks) {
    for (int i = 0; i < urls.size(); i++) {
      start(i, maxLinks, urls.subList(0, i + 1), Optional.empty());
    }
  }

  Peer member(String name) {
    return members.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  /** The home of a room, and the others. */
  List<Peer> inOrder(RoomName room) {
    return members.stream()
        .sorted((a, b) -> Homes.isBefore(room, a.name(), b.name()) ? -1 : 1)
        .toList();
  }

  /** From now on nobody hears it, nor it anybody: as if its machine was switched off. */
  void cutOff(Peer peer, boolean now) {
    for (String other : urls) {
      if (!other.equals(peer.name())) {
        wires.cut(peer.name(), other, now);
        for (Set<String> pair :
            List.of(Set.of(peer.name() + " to", other), Set.of(other + " to", peer.name()))) {
          if (now) {
            cut.add(pair);
          } else {
            cut.remove(pair);
          }
        }
      }
    }
  }

  List<List<String>> edges(RoomName room) {
    return wires.edges(room);
  }

  long sides() {
    return wires.sides();
  }

  @Override
  public void close() throws Exception {
    for (Peer peer : members) {
      peer.cluster().close();
    }
    for (TestServer server : servers) {
      server.close();
    }
    for (AutoCloseable thread : bridgeThreads) {
      thread.close();
    }
    threads.shutdownNow();
  }
}
