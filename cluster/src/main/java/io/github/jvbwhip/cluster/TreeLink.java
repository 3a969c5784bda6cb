package io.github.jvbwhip.cluster;

import io.github.jvbwhip.cluster.wire.Calls;
import io.github.jvbwhip.cluster.wire.Side;
import io.github.jvbwhip.cluster.wire.SideMessage;
import io.github.jvbwhip.core.bridge.LocalTransport;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.relay.RelayLink;
import io.github.jvbwhip.core.relay.RelayLink.Refusal;
import io.github.jvbwhip.core.relay.RelayListener;
import io.github.jvbwhip.core.relay.RoomSide;
import io.github.jvbwhip.http.access.OtherServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This member's side of a link: its media, what is on each side, and what the other one is told.
 * Confined to the loop, but for the listener's methods.
 */
final class TreeLink implements RelayListener {
  private static final Logger LOG = LoggerFactory.getLogger(TreeLink.class);

  /** How long media may take to connect. */
  private static final Duration CONNECTING = Duration.ofSeconds(10);

  /** Without media only checks of ICE come, some of them each 15 seconds. */
  private static final Duration QUIET = Duration.ofSeconds(45);

  /** Of whom a link is. */
  interface Owner {
    /** The members from this one to the home, as the other side is to be told. */
    List<String> path(TreeLink link);

    /** How many bridges there are on this side, as the other side is to be told. */
    int bridges(TreeLink link);

    /** What is on the other side is different. */
    void theirsChanged(TreeLink link);

    /** Whether that publisher is told over another link, too: it has moved. */
    boolean isDouble(TreeLink link, String endpointId);

    /** The other side has not taken these. */
    void refused(TreeLink link, List<Refusal> refusals);

    /**
     * It has to end.
     *
     * @param told whether the other side knows
     */
    void broken(TreeLink link, String why, boolean told);
  }

  private final String id;
  private final RoomName room;
  private final boolean up;
  private final Loop loop;
  private final Owner owner;
  private final Teller teller;
  private final Clashes clashes;
  private final long since;
  private final CompletableFuture<Void> allocated = new CompletableFuture<>();
  private String peer;
  private @Nullable RelayLink media;
  private RoomSide ours = RoomSide.EMPTY;
  private @Nullable Side theirs;

  /** Completes when the media is connected, before which the bridge is told nothing. */
  private @Nullable CompletableFuture<Void> connecting;

  /** Whether media comes in on the other side, and since when. */
  private boolean sending;

  private long sendingSince;

  private boolean closed;

  /**
   * @param up whether it leads towards the home
   */
  TreeLink(String id, RoomName room, String peer, boolean up, Loop loop, Calls calls, Owner owner) {
    this.id = id;
    this.room = room;
    this.peer = peer;
    this.up = up;
    this.loop = loop;
    this.owner = owner;
    this.since = loop.nanoTime();
    this.teller =
        new Teller(id, loop, this::side, message -> calls.side(this.peer, message), this::taken);
    this.clashes = new Clashes(loop, this::tell, this::isClash, teller::refuse);
  }

  String id() {
    return id;
  }

  RoomName room() {
    return room;
  }

  String peer() {
    return peer;
  }

  boolean leadsUp() {
    return up;
  }

  /** Another member is to be the other side. */
  void turnTo(String other) {
    peer = other;
  }

  boolean isClosed() {
    return closed;
  }

  /** What the bridge has allocated is here; it is closed with this. */
  void attach(RelayLink link) {
    if (closed) {
      link.close();
    } else {
      media = link;
    }
  }

  @Nullable RelayLink media() {
    return media;
  }

  /** Completes when it is known for the first time what is on this side. */
  CompletableFuture<Void> allocated() {
    return allocated;
  }

  private Side side() {
    return new Side(0, ours, owner.path(this), owner.bridges(this));
  }

  /** The other side learns by an answer what is here. */
  Side begin() {
    return teller.begin();
  }

  /** The other side knows nothing yet of what is here. */
  void open() {
    teller.open();
  }

  /** Something on this side may be different. */
  void look() {
    teller.look();
  }

  /** What is on the other side, as far as that was told. */
  RoomSide theirs() {
    Side known = theirs;
    return known == null ? RoomSide.EMPTY : known.room();
  }

  RoomSide ours() {
    return ours;
  }

  /** The members from the other side to the home. */
  List<String> theirPath() {
    Side known = theirs;
    return known == null ? List.of() : known.path();
  }

  /** How many bridges are on the other side. */
  int theirBridges() {
    Side known = theirs;
    return known == null ? 1 : known.bridges();
  }

  /** One more bridge will be there. */
  void expectBridge() {
    Side known = theirs;
    theirs =
        known == null
            ? new Side(-1, RoomSide.EMPTY, List.of(), 2)
            : new Side(known.version(), known.room(), known.path(), known.bridges() + 1);
  }

  boolean has(String endpointId) {
    return theirs().streams().stream().anyMatch(each -> each.endpointId().equals(endpointId));
  }

  /** The other side has to do without these. */
  void refuse(List<Refusal> refusals) {
    teller.refuse(refusals);
  }

  /**
   * The other side has told what is there.
   *
   * @return completes when the bridge has taken it over, as far as it can
   */
  CompletableFuture<Void> told(Side side) {
    Side known = theirs;
    if (closed || media == null || (known != null && side.version() <= known.version())) {
      return CompletableFuture.completedFuture(null);
    }
    theirs = side;
    boolean sends = sends(side.room());
    if (sends && !sending) {
      sendingSince = loop.nanoTime();
    }
    sending = sends;
    CompletableFuture<Void> waiting = connecting;
    CompletableFuture<Void> taken = waiting == null ? tell() : waiting;
    owner.theirsChanged(this);
    return taken;
  }

  /** Connects its media; only then the bridge is told what is on the other side. */
  void connect(LocalTransport transport) {
    RelayLink link = media;
    if (link == null) {
      return;
    }
    CompletableFuture<Void> done = new CompletableFuture<>();
    connecting = done;
    var unused =
        link.connect(transport)
            .whenComplete((connected, failure) -> loop.execute(() -> connected(done, failure)));
  }

  private void connected(CompletableFuture<Void> done, @Nullable Throwable failure) {
    connecting = null;
    if (failure != null && !closed) {
      owner.broken(this, "its media: " + OtherServer.reason(failure), false);
    }
    var unused = tell().thenAccept(done::complete);
  }

  /** Has the bridge take over what is on the other side. */
  private CompletableFuture<Void> tell() {
    Side side = theirs;
    RelayLink link = media;
    if (side == null || link == null) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<Void> done = new CompletableFuture<>();
    var unused =
        link.tell(side.room())
            .whenComplete(
                (refused, failure) ->
                    loop.execute(
                        () -> {
                          if (failure != null) {
                            LOG.warn("Link {} of {}: not taken over", id, room, failure);
                          }
                          clashes.refused(refused == null ? List.of() : refused);
                          done.complete(null);
                        }));
    return done;
  }

  /** Where streams clash, those nearer to the home stay. */
  private boolean isClash(Refusal refusal) {
    return !up && !owner.isDouble(this, refusal.endpointId());
  }

  private void taken(SideMessage.Taken answer) {
    if (!answer.known()) {
      owner.broken(this, "the other side does not know it", true);
    }
  }

  @Override
  public void changed(RoomSide side) {
    loop.execute(
        () -> {
          ours = side;
          allocated.complete(null);
          teller.look();
        });
  }

  @Override
  public void ended(String detail) {
    loop.execute(() -> owner.broken(this, detail, false));
  }

  /** Why its media is dead; empty where it is not. */
  String amiss(Duration deadAfter) {
    RelayLink link = media;
    if (link == null) {
      return "";
    }
    RelayLink.Stats stats = link.stats();
    if (!stats.connected()) {
      return age() > CONNECTING.toNanos() ? "its media does not connect" : "";
    }
    boolean dead =
        stats.idleNanos() > QUIET.toNanos()
            || (sending
                && stats.idleNanos() > deadAfter.toNanos()
                && loop.nanoTime() - sendingSince > deadAfter.toNanos());
    return dead ? "nothing comes over it" : "";
  }

  /** Whether media comes in on that side, as measured there. */
  private static boolean sends(RoomSide side) {
    return side.streams().stream()
        .flatMap(stream -> stream.tracks().stream())
        .filter(track -> track.active())
        .flatMap(track -> track.sources().stream())
        .flatMap(source -> source.encodings().stream())
        .anyMatch(encoding -> encoding.active() && encoding.bitrate() > 0);
  }

  /** For how long it is there, in nanoseconds. */
  long age() {
    return loop.nanoTime() - since;
  }

  /** Frees this side. Idempotent. */
  void close() {
    closed = true;
    teller.close();
    clashes.close();
    RelayLink link = media;
    media = null;
    if (link != null) {
      link.close();
    }
  }
}
