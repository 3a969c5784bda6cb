package io.github.jvbwhip.cluster;

import io.github.jvbwhip.cluster.wire.Answers;
import io.github.jvbwhip.cluster.wire.Calls;
import io.github.jvbwhip.cluster.wire.Heartbeat;
import io.github.jvbwhip.cluster.wire.Hello;
import io.github.jvbwhip.cluster.wire.LinkAnswer;
import io.github.jvbwhip.cluster.wire.LinkRequest;
import io.github.jvbwhip.cluster.wire.SideMessage;
import io.github.jvbwhip.cluster.wire.Unlink;
import io.github.jvbwhip.core.bridge.Availability;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.metrics.ClusterMetrics;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A cluster on one thread, whose time passes as fast as that can: what is to happen happens in an
 * order that a seed decides. Messages take a while, get lost, and meet processes that are dead.
 */
final class Simulation {
  /** Something that is to happen. */
  private record Event(long at, long number, Runnable task) {}

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
  final Random random;
  final FakeRelays.Wires wires = new FakeRelays.Wires();
  final Map<String, Node> nodes = new LinkedHashMap<>();
  private final Set<Set<String>> cut = new HashSet<>();
  private final Function<String, ClusterConfig> config;
  private final Set<RoomName> watched = new HashSet<>();
  private long now;
  private long number;

  Simulation(long seed, Function<String, ClusterConfig> config) {
    this.random = new Random(seed);
    this.config = config;
  }

  /** The configuration of a member that is found by those names. */
  static ClusterConfig config(String self, List<String> members, int maxLinks) {
    return config(self, members, maxLinks, 0);
  }

  static ClusterConfig config(String self, List<String> members, int maxLinks, int maxPlayers) {
    return new ClusterConfig(
        true,
        self,
        members,
        Optional.empty(),
        Duration.ofSeconds(30),
        "x".repeat(32),
        ClusterConfig.Publish.HERE,
        maxLinks,
        maxPlayers,
        Duration.ofSeconds(30),
        Duration.ofSeconds(1),
        Duration.ofSeconds(4),
        Duration.ofSeconds(3));
  }

  /** A process. */
  final class Node implements Loop {
    final String name;
    final FakeRelays relays;
    final ClusterNode node;
    Availability availability = Availability.ACCEPTING;
    boolean dead;
    private long bridgeBusyUntil;

    Node(String name) {
      this.name = name;
      this.relays = new FakeRelays(name, wires, this::onBridge, () -> now);
      TreeParts with =
          new TreeParts(
              config.apply(name),
              new Hello(name, name + "#" + number),
              this,
              new Messages(this),
              relays,
              room -> room.value().startsWith("meeting"),
              new Reconnects(),
              random);
      this.node = new ClusterNode(with, () -> availability, ClusterMetrics.NONE, false);
      node.start();
    }

    /** A thread of the bridge, which may have much to do, and does it in order. */
    private void onBridge(Runnable task) {
      long when = Math.max(bridgeBusyUntil, now + Duration.ofMillis(random.nextInt(30)).toNanos());
      bridgeBusyUntil = when;
      after(Duration.ofNanos(when - now).toMillis(), task);
    }

    private void after(long millis, Runnable task) {
      at(
          Duration.ofMillis(millis).toNanos(),
          () -> {
            if (!dead) {
              task.run();
            }
          });
    }

    @Override
    public long nanoTime() {
      return now;
    }

    @Override
    public void execute(Runnable task) {
      after(0, task);
    }

    @Override
    public Timer later(Duration time, Runnable task) {
      boolean[] cancelled = {false};
      after(
          time.toMillis(),
          () -> {
            if (!cancelled[0]) {
              task.run();
            }
          });
      return () -> cancelled[0] = true;
    }

    void die() {
      dead = true;
      relays.die();
    }
  }

  private void at(long nanos, Runnable task) {
    events.add(new Event(now + nanos, number++, task));
  }

  /** Starts a process, in the place of one that is dead. */
  Node start(String name) {
    Node node = new Node(name);
    nodes.put(name, node);
    return node;
  }

  Node node(String name) {
    return nodes.get(name);
  }

  /** Cuts two members off from each other, or joins them. */
  void cut(String one, String other, boolean now) {
    wires.cut(one, other, now);
    if (now) {
      cut.add(Set.of(one, other));
    } else {
      cut.remove(Set.of(one, other));
    }
  }

  List<Node> living() {
    return nodes.values().stream().filter(node -> !node.dead).toList();
  }

  /** Looks from now on after each event that this room has no cycle. */
  void guard(RoomName room) {
    watched.add(room);
  }

  /** Lets time pass. */
  void run(Duration time) {
    long end = now + time.toNanos();
    while (!events.isEmpty() && events.peek().at() <= end) {
      Event event = events.remove();
      now = event.at();
      event.task().run();
      watched.forEach(this::checkNoCycle);
    }
    now = end;
  }

  /** Lets time pass until that holds, and says how long that was. */
  Duration runUntil(String what, Duration most, Supplier<Boolean> condition) {
    long begin = now;
    while (!condition.get()) {
      if (now - begin > most.toNanos()) {
        throw new AssertionError("not within " + most + ": " + what);
      }
      run(Duration.ofMillis(10));
    }
    return Duration.ofNanos(now - begin);
  }

  private void checkNoCycle(RoomName room) {
    Map<String, String> parents = new HashMap<>();
    for (List<String> edge : wires.edges(room)) {
      String one = top(parents, edge.get(0));
      String other = top(parents, edge.get(1));
      if (one.equals(other)) {
        throw new AssertionError("a cycle: " + wires.edges(room));
      }
      parents.put(one, other);
    }
  }

  private static String top(Map<String, String> parents, String from) {
    String at = from;
    while (parents.containsKey(at)) {
      at = parents.get(at);
    }
    return at;
  }

  /** Mostly short, now and then long: messages overtake each other. */
  private int latency() {
    return 1 + random.nextInt(random.nextInt(8) == 0 ? 400 : 20);
  }

  /** Asks other processes. */
  private final class Messages implements Calls {
    private final Node from;

    Messages(Node from) {
      this.from = from;
    }

    private <T> CompletableFuture<T> send(
        String to, Function<Answers, CompletableFuture<T>> question) {
      CompletableFuture<T> answer = new CompletableFuture<>();
      from.after(2000, () -> answer.completeExceptionally(new IOException("no answer")));
      from.after(
          latency(),
          () -> {
            Node there = nodes.get(to);
            if (cut.contains(Set.of(from.name, to)) || random.nextInt(200) == 0) {
              return;
            }
            if (there == null || there.dead) {
              answer.completeExceptionally(new IOException("refused"));
              return;
            }
            var unused =
                question
                    .apply(there.node.answers())
                    .whenComplete(
                        (value, failure) -> {
                          if (failure != null) {
                            throw new AssertionError(failure);
                          }
                          if (!cut.contains(Set.of(from.name, to))) {
                            from.after(latency(), () -> answer.complete(value));
                          }
                        });
          });
      return answer;
    }

    @Override
    public CompletableFuture<Hello> hello(String url) {
      return send(url, there -> CompletableFuture.completedFuture(new Hello(url, "any")));
    }

    @Override
    public CompletableFuture<Heartbeat> heartbeat(String member, Heartbeat heartbeat) {
      return send(member, there -> there.heartbeat(from.name, heartbeat));
    }

    @Override
    public CompletableFuture<LinkAnswer> link(String member, LinkRequest request) {
      return send(member, there -> there.link(from.name, request));
    }

    @Override
    public CompletableFuture<SideMessage.Taken> side(String member, SideMessage message) {
      return send(member, there -> there.side(from.name, message));
    }

    @Override
    public CompletableFuture<Void> unlink(String member, Unlink message) {
      return send(member, there -> there.unlink(from.name, message));
    }
  }

  /** Those names, {@code a} first. */
  static List<String> names(int number) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      names.add("http://" + (char) ('a' + i));
    }
    return names;
  }
}
