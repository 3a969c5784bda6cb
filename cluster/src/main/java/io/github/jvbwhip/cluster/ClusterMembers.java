package io.github.jvbwhip.cluster;

import io.github.jvbwhip.cluster.wire.Calls;
import io.github.jvbwhip.cluster.wire.Heartbeat;
import io.github.jvbwhip.cluster.wire.Hello;
import io.github.jvbwhip.core.bridge.Availability;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.metrics.ClusterMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Which other members there are, and which of them are alive. Confined to the loop. */
final class ClusterMembers {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterMembers.class);

  /** Changes of claims that follow one another so closely are told together. */
  private static final Duration GATHERING = Duration.ofMillis(20);

  /** Hears what becomes of members. */
  interface Listener {
    /** Where rooms live may be different. */
    void changed();

    /** It is dead, has left or is another process: its links are no more. */
    void gone(String member, String why);

    /** Those links it has with this member. */
    void links(String member, Set<String> ids);

    /** Those links this member has with it. */
    List<String> linksWith(String member);
  }

  private final ClusterConfig config;
  private final Hello self;
  private final Loop loop;
  private final Calls calls;
  private final ClusterMetrics metrics;
  private final Supplier<Heartbeat.Load> load;
  private final Listener listener;

  private final Twins twins;
  private final Places places;
  private final Map<String, ClusterMember> members = new TreeMap<>();
  private final CompletableFuture<Void> settled = new CompletableFuture<>();
  private Heartbeat.Claims claims = new Heartbeat.Claims(1, List.of());
  private boolean telling;
  private boolean leaving;

  ClusterMembers(
      ClusterConfig config,
      Hello self,
      Loop loop,
      Calls calls,
      ClusterMetrics metrics,
      Supplier<Heartbeat.Load> load,
      Listener listener) {
    this.config = config;
    this.self = self;
    this.loop = loop;
    this.calls = calls;
    this.metrics = metrics;
    this.load = load;
    this.listener = listener;
    this.twins = new Twins(self, loop);
    this.places = new Places(self.self(), loop, calls, twins::greeted, this::greeted);
  }

  /** Completes when each member has been asked once. */
  CompletableFuture<Void> settled() {
    return settled;
  }

  /** Where members may be; who was known before, and answers, stays one. */
  void look(Collection<String> urls) {
    places.look(urls);
    settle();
  }

  private void settle() {
    if (places.areTried() && members.values().stream().allMatch(each -> each.tried)) {
      settled.complete(null);
    }
  }

  /** Somebody was found, or nobody, at one of the places. */
  private void greeted(Optional<String> name) {
    name.ifPresent(who -> beat(member(who)));
    settle();
  }

  private ClusterMember member(String name) {
    return members.computeIfAbsent(name, ClusterMember::new);
  }

  /** To be called once in each {@code heartbeat-interval}. */
  void tick() {
    places.greetUnknown(this::isHealthy);
    for (ClusterMember member : List.copyOf(members.values())) {
      if (member.healthy && isSilent(member)) {
        bury(member, "it does not answer");
      }
      if (!member.healthy && isForgotten(member)) {
        members.remove(member.name());
        twins.forget(member.name());
      } else {
        beat(member);
      }
    }
    int healthy = (int) members.values().stream().filter(each -> each.healthy).count();
    metrics.members(healthy, members.size() - healthy);
  }

  private boolean isSilent(ClusterMember member) {
    return loop.nanoTime() - member.lastAnswer >= config.deadAfter().toNanos();
  }

  private boolean isForgotten(ClusterMember member) {
    return !places.have(member.name())
        && (member.isLeaving() || !member.answered || isSilent(member))
        && member.tried;
  }

  private void bury(ClusterMember member, String why) {
    LOG.atLevel(member.isLeaving() ? Level.INFO : Level.WARN)
        .log("Member {} is gone: {}", member.name(), why);
    member.healthy = false;
    listener.gone(member.name(), why);
    listener.changed();
  }

  private void beat(ClusterMember member) {
    if (member.beating) {
      return;
    }
    member.beating = true;
    member.beatAgain = false;
    var unused =
        calls
            .heartbeat(member.name(), heartbeat(member))
            .whenComplete(
                (answer, failure) ->
                    loop.execute(
                        () -> {
                          member.beating = false;
                          member.tried = true;
                          if (answer == null) {
                            LOG.debug("{} does not answer", member.name(), failure);
                            metrics.heartbeatFailed();
                          } else {
                            answered(member, answer);
                          }
                          settle();
                        }));
  }

  private Heartbeat heartbeat(ClusterMember member) {
    return new Heartbeat(
        self.incarnation(),
        leaving,
        load.get(),
        member.known(),
        member.knows(self.incarnation(), claims.version()) ? Optional.empty() : Optional.of(claims),
        listener.linksWith(member.name()));
  }

  private void answered(ClusterMember member, Heartbeat answer) {
    member.lastAnswer = loop.nanoTime();
    member.answered = true;
    take(member, answer);
    if (!member.healthy && !member.isLeaving()) {
      LOG.info("Member {} is there", member.name());
      member.healthy = true;
      listener.changed();
    }
    if (member.beatAgain) {
      beat(member);
    }
  }

  /** Whether who asks has this member's own name, and so gets nothing. */
  boolean isTwin(String name) {
    return twins.isOwn(name);
  }

  /** Another member says that it is there. */
  Heartbeat heard(String name, Heartbeat heartbeat) {
    ClusterMember member = member(name);
    boolean fresh = !member.tried && !member.beating;
    take(member, heartbeat);
    if ((fresh || !member.healthy) && !member.isLeaving() && !leaving) {
      beat(member);
    }
    return heartbeat(member);
  }

  private void take(ClusterMember member, Heartbeat heartbeat) {
    twins.heard(member.name(), heartbeat);
    if (member.isRestarted(heartbeat)) {
      LOG.info("Member {} is another process now", member.name());
      listener.gone(member.name(), "it was restarted");
    }
    boolean changed = member.update(heartbeat);
    if (member.healthy && member.isLeaving()) {
      bury(member, "it has left");
    } else if (member.healthy) {
      listener.links(member.name(), Set.copyOf(heartbeat.links()));
    }
    if (changed) {
      listener.changed();
    }
  }

  /** The rooms that this member is the home of are these from now on. */
  void claim(List<Heartbeat.Claim> rooms) {
    if (rooms.equals(claims.rooms())) {
      return;
    }
    claims = new Heartbeat.Claims(claims.version() + 1, rooms);
    if (!telling) {
      telling = true;
      loop.later(
          GATHERING,
          () -> {
            telling = false;
            beatAll();
          });
    }
  }

  /** Has all members know what is new here. */
  private void beatAll() {
    for (ClusterMember member : members.values()) {
      if (member.beating) {
        member.beatAgain = true;
      } else if (member.healthy) {
        beat(member);
      }
    }
  }

  /** Takes leave; completes when the others know, or do not answer. */
  CompletableFuture<Void> leave() {
    leaving = true;
    List<CompletableFuture<?>> said = new ArrayList<>();
    members.values().stream()
        .filter(each -> each.healthy)
        .forEach(each -> said.add(calls.heartbeat(each.name(), heartbeat(each))));
    return CompletableFuture.allOf(said.toArray(CompletableFuture[]::new));
  }

  boolean isHealthy(String name) {
    ClusterMember member = members.get(name);
    return member != null && member.healthy;
  }

  /** Whether another member is the home of a room in which something is published. */
  boolean hasStreams(String name, RoomName room) {
    ClusterMember member = members.get(name);
    return member != null && member.healthy && member.hasStreams(room);
  }

  /** Whether another member is alive, and takes new sessions. */
  boolean takesSessions(String name) {
    ClusterMember member = members.get(name);
    return member != null && member.takesSessions();
  }

  /** Whether this member drains, and another one takes sessions. */
  boolean isRelieved() {
    return load.get().state() == Availability.State.DRAINING
        && members.values().stream().anyMatch(ClusterMember::takesSessions);
  }

  /** All others, dead ones too. */
  Collection<ClusterMember> all() {
    return members.values();
  }

  /** The other member that is a room's home, or the first of several that say so. */
  Optional<ClusterMember> claimant(RoomName room) {
    List<String> claimants =
        members.values().stream()
            .filter(each -> each.healthy && each.claims(room))
            .map(ClusterMember::name)
            .toList();
    return Homes.first(room, claimants).map(members::get);
  }

  /** Where a room would live that lives nowhere. */
  String byHash(RoomName room) {
    List<String> able = new ArrayList<>();
    members.values().stream()
        .filter(ClusterMember::takesSessions)
        .forEach(each -> able.add(each.name()));
    if (load.get().state() == Availability.State.ACCEPTING) {
      able.add(self.self());
    }
    return Homes.first(room, able).orElse(self.self());
  }
}
