package io.github.jvbwhip.cluster;

import io.github.jvbwhip.cluster.wire.Heartbeat;
import io.github.jvbwhip.core.bridge.Availability;
import io.github.jvbwhip.core.bridge.RoomName;
import java.util.HashMap;
import java.util.Map;

/** What is known of another member. Confined to the loop. */
final class ClusterMember {
  /** Nobody has asked it yet. */
  private static final Heartbeat.Load UNKNOWN =
      new Heartbeat.Load(Availability.State.OVERLOADED, 0, 0);

  /** So many places has who takes any number. */
  static final long ANY = Long.MAX_VALUE;

  private final String name;
  private String incarnation = "";
  private Heartbeat.Load load = UNKNOWN;
  private long version = -1;
  private final Map<RoomName, Boolean> claims = new HashMap<>();

  /** What it knows of this member's claims. */
  private Heartbeat.Known knows = Heartbeat.Known.NOTHING;

  private boolean leaving;
  boolean healthy;
  boolean answered;
  long lastAnswer;

  /** Whether a heartbeat is under way, and whether another one is to follow at once. */
  boolean beating;

  boolean beatAgain;

  /** Whether one has been answered, or has failed. */
  boolean tried;

  ClusterMember(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  Heartbeat.Load load() {
    return load;
  }

  /** Whether it is alive, and takes new sessions. */
  boolean takesSessions() {
    return healthy && load.state() == Availability.State.ACCEPTING;
  }

  /** How many more players it takes, or {@link #ANY}. */
  long places() {
    int most = load.maxPlayers();
    return most == 0 ? ANY : (long) most - load.players();
  }

  boolean isLeaving() {
    return leaving;
  }

  boolean claims(RoomName room) {
    return claims.containsKey(room);
  }

  /** Whether it is the home of a room in which something is published. */
  boolean hasStreams(RoomName room) {
    return claims.getOrDefault(room, false);
  }

  int rooms() {
    return claims.size();
  }

  /** Which of its claims are known here. */
  Heartbeat.Known known() {
    return version < 0 ? Heartbeat.Known.NOTHING : new Heartbeat.Known(incarnation, version);
  }

  /** Whether it knows that version of this process's claims. */
  boolean knows(String ofIncarnation, long ofVersion) {
    return knows.incarnation().equals(ofIncarnation) && knows.version() == ofVersion;
  }

  /** Whether that is another process than the one before. */
  boolean isRestarted(Heartbeat heartbeat) {
    return !incarnation.isEmpty() && !incarnation.equals(heartbeat.incarnation());
  }

  /**
   * Takes over what it says.
   *
   * @return whether that may change where rooms live
   */
  boolean update(Heartbeat heartbeat) {
    boolean changed = false;
    if (!incarnation.equals(heartbeat.incarnation())) {
      incarnation = heartbeat.incarnation();
      version = -1;
      claims.clear();
      leaving = false;
      changed = true;
    }
    changed |= load.state() != heartbeat.load().state();
    load = heartbeat.load();
    leaving |= heartbeat.leaving(); // What it has said before may come later.
    knows = heartbeat.known();
    if (heartbeat.claims().isPresent() && heartbeat.claims().get().version() > version) {
      version = heartbeat.claims().get().version();
      claims.clear();
      heartbeat.claims().get().rooms().forEach(each -> claims.put(each.room(), each.streams()));
      changed = true;
    }
    return changed;
  }
}
