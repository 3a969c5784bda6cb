package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.bridge.EgressMedia;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.Registration;
import io.github.jvbwhip.core.bridge.RoomEvent;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.RoomSnapshot;
import io.github.jvbwhip.core.bridge.StreamName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

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
  private final RoomObservers observers;
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
    observers = new RoomObservers(serial);
  }

  public RoomName name() {
    return name;
  }

  /** Adds a publisher; empty when the room has one of that name. */
  public Optional<Publisher> addPublisher(
      StreamName stream, List<IngestMedia> media, PacketSink sink, long now) {
    synchronized (lock) {
      if (publishers.stream().anyMatch(p -> p.name().equals(stream))) {
        return Optional.empty();
      }
      Publisher publisher = new Publisher(this, stream, media, sink, random, config);
      publishers.add(publisher);
      observers.tell(new RoomEvent.PublisherCame(stream, publisher.codecs()));
      updateStage(now);
      assign(now);
      return Optional.of(publisher);
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

  /** Follows the room; what is there is told first. */
  public Registration observe(Consumer<RoomEvent> observer, Runnable onClose) {
    synchronized (lock) {
      return observers.add(observer, present(), onClose);
    }
  }

  private List<RoomEvent> present() {
    List<RoomEvent> present = new ArrayList<>();
    for (Publisher publisher : publishers) {
      present.add(new RoomEvent.PublisherCame(publisher.name(), publisher.codecs()));
      for (MediaKind kind : publisher.snapshot().active()) {
        present.add(new RoomEvent.MediaStarted(publisher.name(), kind));
      }
      if (!publisher.layers().isEmpty()) {
        present.add(new RoomEvent.LayersChanged(publisher.name(), publisher.layers()));
      }
    }
    if (stage.current() != null) {
      present.add(new RoomEvent.StageChanged(stageName()));
    }
    if (viewers > 0) {
      present.add(new RoomEvent.ViewersChanged(viewers));
    }
    return present;
  }

  /** Tells all who follow that players had better go elsewhere. */
  public void askToReconnect(Optional<String> url) {
    synchronized (lock) {
      observers.tell(new RoomEvent.ReconnectAsked(url));
    }
  }

  /** The room as it is now; empty when nothing is published or watched in it. */
  public Optional<RoomSnapshot> snapshot() {
    synchronized (lock) {
      if (publishers.isEmpty() && players.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new RoomSnapshot(
              name, publishers.stream().map(Publisher::snapshot).toList(), stageName(), viewers));
    }
  }

  /** To be called every 50 ms or so. */
  public void tick(long now) {
    synchronized (lock) {
      publishers.forEach(publisher -> publisher.tick(now));
      players.forEach(player -> player.tick(now));
      stopSilentMedia(now);
      if (updateStage(now)) {
        assign(now);
      }
      if (!ticked || now - secondBegan >= SECOND) {
        ticked = true;
        secondBegan = now;
        tickSecond(now);
      }
    }
  }

  private void tickSecond(long now) {
    for (Publisher publisher : publishers) {
      if (publisher.tickSecond(now)) {
        observers.tell(new RoomEvent.LayersChanged(publisher.name(), publisher.layers()));
      }
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
      for (IncomingMedia media : publisher.media()) {
        if (media.active()) {
          mediaStopped(publisher, media);
        }
      }
      observers.tell(new RoomEvent.PublisherWent(publisher.name()));
      updateStage(now);
      assign(now);
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
    observers.tell(new RoomEvent.ViewersChanged(viewers));
  }

  void mediaStarted(Publisher publisher, IncomingMedia media) {
    media.setActive(true);
    observers.tell(new RoomEvent.MediaStarted(publisher.name(), media.kind()));
  }

  private void mediaStopped(Publisher publisher, IncomingMedia media) {
    media.setActive(false);
    observers.tell(new RoomEvent.MediaStopped(publisher.name(), media.kind()));
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
          mediaStopped(publisher, media);
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
    List<Publisher> active = publishers.stream().filter(Publisher::isActive).toList();
    List<Publisher> candidates = active.isEmpty() ? publishers : active;
    boolean changed = stage.update(candidates, publisher -> publisher.loudness(now), now);
    if (changed) {
      observers.tell(new RoomEvent.StageChanged(stageName()));
    }
    return changed;
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
      publishers.stream()
          .filter(p -> player.pinned().equals(Optional.of(p.name())))
          .forEach(order::add);
    } else {
      publishers.stream().filter(p -> p == stage.current()).forEach(order::add);
      publishers.stream().filter(p -> p != stage.current()).forEach(order::add);
    }
    return order.stream()
        .flatMap(publisher -> publisher.media().stream())
        .filter(media -> media.kind() == kind)
        .toList();
  }
}
