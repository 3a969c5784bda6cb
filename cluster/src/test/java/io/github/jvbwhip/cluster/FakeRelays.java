package io.github.jvbwhip.cluster;

import io.github.jvbwhip.cluster.wire.Messages;
import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.core.bridge.LocalTransport;
import io.github.jvbwhip.core.bridge.Registration;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.relay.RelayBridge;
import io.github.jvbwhip.core.relay.RelayLink;
import io.github.jvbwhip.core.relay.RelayListener;
import io.github.jvbwhip.core.relay.RelayedStream;
import io.github.jvbwhip.core.relay.RoomSide;
import io.github.jvbwhip.core.relay.RoomUse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rooms and links of a bridge without media: what is on one side of a link is what its side has
 * but for what it was told over that link. Thread-safe.
 */
final class FakeRelays implements RelayBridge {
  /** All links of all bridges of a test. */
  static final class Wires {
    private final Map<String, List<FakeLink>> links = new LinkedHashMap<>();
    private final Set<Set<String>> cut = new LinkedHashSet<>();

    /** Media of two bridges gets through, or does not. */
    synchronized void cut(String one, String other, boolean now) {
      if (now) {
        cut.add(Set.of(one, other));
      } else {
        cut.remove(Set.of(one, other));
      }
    }

    private synchronized void add(FakeLink link) {
      links.computeIfAbsent(link.id, any -> new ArrayList<>()).add(link);
    }

    private synchronized void remove(FakeLink link) {
      List<FakeLink> sides = links.get(link.id);
      sides.remove(link);
      if (sides.isEmpty()) {
        links.remove(link.id);
      }
    }

    private synchronized boolean joined(List<FakeLink> sides) {
      return sides.size() == 2
          && sides.stream().allMatch(side -> side.connected && !side.owner.dead)
          && !cut.contains(Set.of(sides.get(0).owner.name, sides.get(1).owner.name));
    }

    private synchronized boolean joined(FakeLink link) {
      return joined(links.getOrDefault(link.id, List.of()));
    }

    /** The pairs of bridges whose room is joined, one for each link over which media would pass. */
    synchronized List<List<String>> edges(RoomName room) {
      return links.values().stream()
          .filter(sides -> sides.get(0).room.equals(room) && joined(sides))
          .map(sides -> List.of(sides.get(0).owner.name, sides.get(1).owner.name))
          .toList();
    }

    /** How many sides of links are allocated, on bridges that live. */
    synchronized long sides() {
      return links.values().stream().flatMap(List::stream).filter(s -> !s.owner.dead).count();
    }
  }

  final String name;
  private final Wires wires;
  private final Executor thread;
  private final java.util.function.LongSupplier nanos;
  private final Map<RoomName, Map<String, RelayedStream>> publishers = new HashMap<>();
  private final Map<RoomName, Integer> players = new HashMap<>();
  private final List<FakeLink> links = new ArrayList<>();
  private final List<Runnable> observers = new ArrayList<>();
  final List<String> endedPublishers = new ArrayList<>();
  private volatile boolean dead;
  private boolean refusing;

  /**
   * @param thread on which listeners and observers are called
   */
  FakeRelays(String name, Wires wires, Executor thread, java.util.function.LongSupplier nanos) {
    this.name = name;
    this.wires = wires;
    this.thread = thread;
    this.nanos = nanos;
  }

  /** The process ends, or the bridge is not there any more: nobody is told. */
  synchronized void die() {
    dead = true;
  }

  synchronized void refuseLinks(boolean now) {
    refusing = now;
  }

  /** A stream whose endpoint is called like it. */
  static RelayedStream stream(String name, long ssrc, long bitrate) {
    return new RelayedStream(
        new io.github.jvbwhip.core.bridge.StreamName(name),
        Optional.of("of " + name),
        "ep-" + name + "-" + ssrc,
        List.of(),
        List.of(
            new RelayedStream.Track(
                io.github.jvbwhip.core.bridge.MediaKind.VIDEO,
                List.of(
                    new io.github.jvbwhip.core.bridge.Codec(
                        io.github.jvbwhip.core.bridge.MediaKind.VIDEO,
                        "VP8",
                        90000,
                        1,
                        Map.of("max-fs", "3600"))),
                true,
                false,
                List.of(
                    new RelayedStream.Source(
                        name + "-v0",
                        List.of(
                            new RelayedStream.Encoding(
                                ssrc,
                                OptionalLong.of(ssrc + 1),
                                Optional.of("h"),
                                true,
                                bitrate,
                                1280,
                                720,
                                720,
                                0)),
                        0)))));
  }

  /** A link ends by itself, such as when the bridge has no memory for it. */
  synchronized void breakLink(RoomName room, int which) {
    List<FakeLink> there = links.stream().filter(each -> each.room.equals(room)).toList();
    if (!there.isEmpty()) {
      FakeLink link = there.get(which % there.size());
      close(link);
      thread.execute(() -> link.listener.ended("broken by the test"));
    }
  }

  synchronized void publish(RoomName room, RelayedStream stream) {
    publishers.computeIfAbsent(room, any -> new LinkedHashMap<>()).put(stream.endpointId(), stream);
    changed(room);
  }

  synchronized void unpublish(RoomName room, String endpointId) {
    Map<String, RelayedStream> there = publishers.getOrDefault(room, new HashMap<>());
    there.remove(endpointId);
    if (there.isEmpty()) {
      publishers.remove(room);
    }
    changed(room);
  }

  synchronized void watch(RoomName room, int number) {
    if (number == 0) {
      players.remove(room);
    } else {
      players.put(room, number);
    }
    changed(room);
  }

  /** The endpoints that are seen here. */
  synchronized Set<String> seen(RoomName room) {
    return side(room, null).streams().stream()
        .map(RelayedStream::endpointId)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  synchronized Set<String> published(RoomName room) {
    return new TreeSet<>(publishers.getOrDefault(room, Map.of()).keySet());
  }

  synchronized Optional<RelayedStream> seen(RoomName room, String endpointId) {
    return side(room, null).streams().stream()
        .filter(each -> each.endpointId().equals(endpointId))
        .findFirst();
  }

  synchronized int players(RoomName room) {
    return players.getOrDefault(room, 0);
  }

  /** How many viewers the room has, on all bridges. */
  synchronized int viewers(RoomName room) {
    return side(room, null).viewers();
  }

  synchronized int links(RoomName room) {
    return (int) links.stream().filter(each -> each.room.equals(room)).count();
  }

  private RoomSide side(RoomName room, FakeLink but) {
    List<FakeLink> others =
        links.stream().filter(each -> each.room.equals(room) && each != but).toList();
    List<RelayedStream> streams =
        Stream.concat(
                publishers.getOrDefault(room, Map.of()).values().stream(),
                others.stream().flatMap(each -> each.taken.stream()))
            .toList();
    int viewers = others.stream().mapToInt(each -> each.told.viewers()).sum();
    return new RoomSide(viewers + players(room), streams);
  }

  private void changed(RoomName room) {
    for (FakeLink link : links) {
      if (link.room.equals(room)) {
        RoomSide side = side(room, link);
        if (!side.equals(link.ours)) {
          link.ours = side;
          thread.execute(() -> link.listener.changed(side));
        }
      }
    }
    observers.forEach(thread::execute);
  }

  @Override
  public CompletableFuture<RelayLink> begin(RoomName room, String id, RelayListener listener) {
    return open(room, id, listener, false);
  }

  @Override
  public CompletableFuture<RelayLink> accept(
      RoomName room, String id, LocalTransport theirs, RelayListener listener) {
    return open(room, id, listener, true);
  }

  private CompletableFuture<RelayLink> open(
      RoomName room, String id, RelayListener listener, boolean connected) {
    CompletableFuture<RelayLink> opening = new CompletableFuture<>();
    thread.execute(
        () -> {
          synchronized (this) {
            if (refusing) {
              opening.completeExceptionally(
                  new BridgeException(BridgeException.Reason.REFUSED, "no links"));
              return;
            }
            FakeLink link = new FakeLink(this, room, id, listener);
            link.connected = connected;
            wires.add(link);
            links.add(link);
            if (!opening.complete(link)) {
              link.close();
              return;
            }
            changed(room);
          }
        });
    return opening;
  }

  @Override
  public synchronized List<RoomUse> uses() {
    Set<RoomName> rooms = new LinkedHashSet<>(publishers.keySet());
    rooms.addAll(players.keySet());
    links.forEach(each -> rooms.add(each.room));
    return rooms.stream()
        .map(
            room ->
                new RoomUse(
                    room,
                    publishers.getOrDefault(room, Map.of()).size(),
                    players(room),
                    links(room),
                    side(room, null).streams().size()))
        .toList();
  }

  @Override
  public synchronized Registration observeUses(Runnable observer) {
    observers.add(observer);
    return () -> {
      synchronized (this) {
        observers.remove(observer);
      }
    };
  }

  @Override
  public synchronized void endPublisher(
      RoomName room, String endpointId, EndReason reason, String detail) {
    if (published(room).contains(endpointId)) {
      endedPublishers.add(endpointId + " " + reason);
      unpublish(room, endpointId);
    }
  }

  /** One side of a link. */
  private static final class FakeLink implements RelayLink {
    private final FakeRelays owner;
    private final RoomName room;
    private final String id;
    private final RelayListener listener;
    private final long since;
    private RoomSide ours = new RoomSide(Integer.MAX_VALUE, List.of());
    private RoomSide told = RoomSide.EMPTY;
    private List<RelayedStream> taken = List.of();
    private volatile boolean connected;
    private volatile long heard;

    FakeLink(FakeRelays owner, RoomName room, String id, RelayListener listener) {
      this.owner = owner;
      this.room = room;
      this.id = id;
      this.listener = listener;
      this.since = owner.nanos.getAsLong();
      this.heard = since;
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public RoomName room() {
      return room;
    }

    @Override
    public LocalTransport localTransport() {
      return Messages.TRANSPORT;
    }

    @Override
    public CompletableFuture<Void> connect(LocalTransport theirs) {
      CompletableFuture<Void> done = new CompletableFuture<>();
      owner.thread.execute(
          () -> {
            connected = true;
            done.complete(null);
          });
      return done;
    }

    @Override
    public CompletableFuture<List<Refusal>> tell(RoomSide theirs) {
      CompletableFuture<List<Refusal>> done = new CompletableFuture<>();
      owner.thread.execute(() -> done.complete(owner.take(this, theirs)));
      return done;
    }

    @Override
    public Stats stats() {
      long now = owner.nanos.getAsLong();
      boolean joined = owner.wires.joined(this);
      if (joined) {
        heard = now;
      }
      return new Stats(joined || heard > since, now - heard, 0, 0, 0, 0, OptionalLong.empty());
    }

    @Override
    public void close() {
      owner.close(this);
    }
  }

  private synchronized List<RelayLink.Refusal> take(FakeLink link, RoomSide theirs) {
    if (!links.contains(link)) {
      return List.of();
    }
    List<RelayLink.Refusal> refusals = new ArrayList<>();
    List<RelayedStream> taken = new ArrayList<>();
    List<RelayedStream> others = side(link.room, link).streams();
    for (RelayedStream stream : theirs.streams()) {
      if (others.stream().anyMatch(other -> other.name().equals(stream.name()))) {
        refusals.add(
            new RelayLink.Refusal(stream.endpointId(), RelayLink.Refusal.Why.STREAM_IN_USE));
      } else if (others.stream().anyMatch(other -> ssrc(other) == ssrc(stream))) {
        refusals.add(new RelayLink.Refusal(stream.endpointId(), RelayLink.Refusal.Why.SSRC_IN_USE));
      } else {
        taken.add(stream);
      }
    }
    link.told = theirs;
    link.taken = taken;
    changed(link.room);
    return refusals;
  }

  private static long ssrc(RelayedStream stream) {
    return stream.tracks().get(0).sources().get(0).encodings().get(0).ssrc();
  }

  private synchronized void close(FakeLink link) {
    if (links.remove(link)) {
      wires.remove(link);
      changed(link.room);
    }
  }
}
