package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.bridge.EgressMedia;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.ObservedRoom;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.RoomSnapshot;
import io.github.jvbwhip.core.bridge.StreamName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * A room: its publishers, its players, and who follows whom. Thread-safe: one lock guards all of
 * it. It is held while one packet is forwarded or one change is made, for microseconds; nothing
 * blocks and nobody outside is called under it but sinks.
 */
public final class Room {
  private static final long SECOND = 1_000_000_000L;

  /** Guards this room and all that is in it. */
  final Object lock = new Object();

  /** The packet being forwarded. */
  final IncomingPacket packet = new IncomingPacket();

  /** For the packet being made. */
  final byte[] buffer =
      new byte[PacketComposer.HEADROOM + Publisher.MAX_PACKET + PacketSink.TAILROOM];

  final NtpClock clock;

  private final RoomName name;
  private final ForwardingConfig config;
  private final RandomGenerator random;
  private final ObservedRoom observed;
  private final List<Publisher> publishers = new ArrayList<>();
  private final List<Player> players = new ArrayList<>();
  private final DominantSpeaker<Publisher> stage = new DominantSpeaker<>();
  private int viewers;
  private long secondBegan;
  private boolean ticked;

  /**
   * @param random for SSRCs and the like
   * @param serial runs the observers' calls, one after another
   */
  public Room(
      RoomName name,
      ForwardingConfig config,
      NtpClock clock,
      RandomGenerator random,
      Executor serial) {
    this.name = name;
    this.config = config;
    this.clock = clock;
    this.random = random;
    observed = new ObservedRoom(name, serial);
  }

  public RoomName name() {
    return name;
  }

  /**
   * Adds a publisher, which nobody sees before {@link #show}; empty when the room has one of that
   * name.
   */
  public Optional<Publisher> addPublisher(
      StreamName stream, List<IngestMedia> media, PacketSink sink, long now) {
    synchronized (lock) {
      if (publishers.stream().anyMatch(p -> p.name().equals(stream))) {
        return Optional.empty();
      }
      Publisher publisher = new Publisher(this, stream, media, sink, random, config);
      publishers.add(publisher);
      return Optional.of(publisher);
    }
  }

  /** A publisher's endpoint is open: it is in the room from now on, where it was not closed. */
  public void show(Publisher publisher, long now) {
    synchronized (lock) {
      if (publishers.contains(publisher)) {
        publisher.show();
        updateStage(now);
        assign(now);
        changed();
      }
    }
  }

  /**
   * Adds a player.
   *
   * @param pinned the stream to watch; empty for the stage
   */
  public Player addPlayer(
      Optional<StreamName> pinned, List<EgressMedia> media, PacketSink sink, long now) {
    synchronized (lock) {
      Player player = new Player(this, pinned, media, sink, random, config);
      players.add(player);
      assign(now);
      return player;
    }
  }

  /** The room as it is told. */
  public ObservedRoom observed() {
    return observed;
  }

  /** The room as it is now; empty when nothing is published or watched in it. */
  public Optional<RoomSnapshot> snapshot() {
    synchronized (lock) {
      changed();
      return shownPublishers().findAny().isEmpty() && players.isEmpty()
          ? Optional.empty()
          : Optional.of(observed.snapshot());
    }
  }

  /** Tells the room as it is now, where that is new. */
  private void changed() {
    observed.update(shownPublishers().map(Publisher::snapshot).toList(), stageName(), viewers);
  }

  private Stream<Publisher> shownPublishers() {
    return publishers.stream().filter(Publisher::isShown);
  }

  /** To be called every 50 ms or so. */
  public void tick(long now) {
    synchronized (lock) {
      publishers.forEach(publisher -> publisher.tick(now));
      players.forEach(player -> player.tick(now));
      stopSilentMedia(now);
      if (updateStage(now)) {
        assign(now);
        changed();
      }
      if (!ticked || now - secondBegan >= SECOND) {
        ticked = true;
        secondBegan = now;
        tickSecond(now);
      }
    }
  }

  private void tickSecond(long now) {
    boolean differ = false;
    for (Publisher publisher : publishers) {
      differ |= publisher.tickSecond(now);
    }
    if (differ) {
      changed();
    }
    players.forEach(player -> player.tickSecond(now));
  }

  // Under the lock.

  void remove(Publisher publisher, long now) {
    synchronized (lock) {
      if (!publishers.remove(publisher)) {
        return;
      }
      publisher.markClosed();
      updateStage(now);
      assign(now);
      changed();
    }
  }

  void remove(Player player, long now) {
    synchronized (lock) {
      if (!players.remove(player)) {
        return;
      }
      player.tracks().forEach(track -> track.follow(null, now));
      if (player.isConnected()) {
        player.disconnect();
        viewersChanged(-1);
      }
    }
  }

  boolean has(Player player) {
    return players.contains(player);
  }

  void viewersChanged(int difference) {
    viewers += difference;
    changed();
  }

  void mediaStarted(IncomingMedia media) {
    media.setActive(true);
    changed();
  }

  /** An encoding sends, for the first time or again: it may be what a track has waited for. */
  void encodingStarted(IncomingMedia media, long now) {
    for (OutgoingTrack track : media.tracks()) {
      track.reconsider(now);
    }
  }

  private void stopSilentMedia(long now) {
    long limit = config.stoppedAfter().toNanos();
    for (Publisher publisher : publishers) {
      for (IncomingMedia media : publisher.media()) {
        if (media.active() && now - media.lastArrival() > limit) {
          media.setActive(false);
          changed();
        }
      }
    }
  }

  // Who is on the stage, and who follows whom.

  private Optional<StreamName> stageName() {
    return Optional.ofNullable(stage.current()).map(Publisher::name);
  }

  /** Looks who is on the stage: one who sends, if anybody does. */
  private boolean updateStage(long now) {
    List<Publisher> shown = shownPublishers().toList();
    List<Publisher> active = shown.stream().filter(Publisher::isActive).toList();
    List<Publisher> candidates = active.isEmpty() ? shown : active;
    return stage.update(candidates, publisher -> publisher.loudness(now), now);
  }

  /**
   * Lets every track follow what its player is to see; changes nothing where that is so already.
   */
  private void assign(long now) {
    for (Player player : players) {
      for (MediaKind kind : MediaKind.values()) {
        List<IncomingMedia> shown = shown(player, kind);
        int next = 0;
        for (OutgoingTrack track : player.tracks()) {
          if (track.kind() == kind && track.isEnabled()) {
            track.follow(next < shown.size() ? shown.get(next) : null, now);
            next++;
          }
        }
      }
    }
  }

  /**
   * What a player is to see, in the order of its m-sections: the media of its stream, or that of
   * the stage and then that of the others as they came.
   */
  private List<IncomingMedia> shown(Player player, MediaKind kind) {
    List<Publisher> order = new ArrayList<>();
    if (player.pinned().isPresent()) {
      shownPublishers()
          .filter(p -> player.pinned().equals(Optional.of(p.name())))
          .forEach(order::add);
    } else {
      shownPublishers().filter(p -> p == stage.current()).forEach(order::add);
      shownPublishers().filter(p -> p != stage.current()).forEach(order::add);
    }
    return order.stream()
        .flatMap(publisher -> publisher.media().stream())
        .filter(media -> media.kind() == kind)
        .toList();
  }
}
