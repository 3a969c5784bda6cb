package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.bridge.EgressMedia;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.ObservedRoom;
import io.github.jvbwhip.core.bridge.PublisherLimits;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.RoomSnapshot;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.bridge.StreamSnapshot;
import io.github.jvbwhip.core.picture.ChunkPool;
import io.github.jvbwhip.core.stage.SlotAssignment;
import io.github.jvbwhip.core.stage.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A room: its publishers, its players, and who follows whom. Thread-safe: one lock guards all of
 * it. It is held while one packet is forwarded or one change is made, for microseconds; nothing
 * blocks and nobody outside is called under it but sinks.
 */
public final class Room {
  private static final long SECOND = 1_000_000_000L;

  /** In bytes: those who join together share this, so that nobody who watches is disturbed. */
  private static final int CATCH_UP_PER_TURN = 64_000;

  private final RoomResources shared;
  private final Object lock;
  private final RoomName name;
  private final ObservedRoom observed;
  private final List<Publisher> publishers = new ArrayList<>();
  private final List<Player> players = new ArrayList<>();
  private final DominantSpeaker<Publisher> stage = new DominantSpeaker<>();
  private @Nullable Publisher seen;
  private long secondBegan;
  private boolean ticked;
  private final Consumer<Room> catchUpBegun;
  private boolean catchingUp;

  /** Who had the first turn to catch up last time. */
  private int first;

  /**
   * @param random for SSRCs and the like
   * @param observed what is told of the room
   * @param pictures the memory for what those who join get first
   * @param catchUpBegun is told, under the lock, that {@link #catchUp} is to be called
   */
  public Room(
      ForwardingConfig config,
      NtpClock clock,
      RandomGenerator random,
      ObservedRoom observed,
      ChunkPool pictures,
      Consumer<Room> catchUpBegun) {
    this.name = observed.snapshot().name();
    this.catchUpBegun = catchUpBegun;
    shared = new RoomResources(config, clock, random, pictures);
    lock = shared.lock;
    this.observed = observed;
  }

  public RoomName name() {
    return name;
  }

  /**
   * Adds a publisher, which nobody sees before {@link #show}; empty when the room has one of that
   * name.
   */
  public Optional<Publisher> addPublisher(
      StreamName stream,
      List<IngestMedia> media,
      PublisherLimits limits,
      PacketSink sink,
      long now) {
    synchronized (lock) {
      if (find(stream).isPresent()) {
        return Optional.empty();
      }
      Publisher publisher = new Publisher(shared, stream, media, limits, sink, this::update);
      publishers.add(publisher);
      return Optional.of(publisher);
    }
  }

  private Optional<Publisher> find(StreamName stream) {
    return publishers.stream()
        .filter(each -> each.name().equals(stream) && !each.isFurther())
        .findFirst();
  }

  /**
   * Adds one more encoding of a stream that another server sends; empty when the stream is not
   * there, or has other numbers for the same things.
   */
  public Optional<Publisher> addEncoding(
      StreamName stream, List<IngestMedia> media, PacketSink sink) {
    synchronized (lock) {
      Optional<Publisher> whole = find(stream);
      Publisher encoding =
          new Publisher(shared, stream, media, PublisherLimits.NONE, sink, this::update);
      if (whole.isEmpty() || !encoding.join(whole.get())) {
        return Optional.empty();
      }
      publishers.add(encoding);
      return Optional.of(encoding);
    }
  }

  /** The RIDs that a stream's first video was planned with, where these are several. */
  public List<String> encodings(StreamName stream) {
    synchronized (lock) {
      return find(stream).map(Publisher::plannedRids).orElse(List.of());
    }
  }

  /** A publisher's endpoint is open: it is in the room from now on, where it was not closed. */
  public void show(Publisher publisher, long now) {
    synchronized (lock) {
      if (publishers.contains(publisher) && !publisher.isFurther()) {
        publisher.show();
        update(now);
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
    return addPlayer(pinned, media, true, sink, now);
  }

  /**
   * The same.
   *
   * @param viewer whether somebody sees what is sent, and counts
   */
  public Player addPlayer(
      Optional<StreamName> pinned,
      List<EgressMedia> media,
      boolean viewer,
      PacketSink sink,
      long now) {
    synchronized (lock) {
      Player player =
          new Player(shared, pinned, media, viewer, sink, this::update, this::beginCatchUp);
      players.add(player);
      assign(now);
      return player;
    }
  }

  /** The room as it is told. */
  public ObservedRoom observed() {
    return observed;
  }

  /** The room as it was told last; empty when nothing is published or watched in it. */
  public Optional<RoomSnapshot> snapshot() {
    synchronized (lock) {
      return shownPublishers().findAny().isEmpty() && players.isEmpty()
          ? Optional.empty()
          : Optional.of(observed.snapshot());
    }
  }

  /** Tells the room as it is now, where that is new. */
  private void changed() {
    List<StreamSnapshot> streams = new ArrayList<>();
    shownPublishers().forEach(each -> guard(each.sink(), () -> streams.add(each.snapshot())));
    observed.update(streams, stageName(), heard(), viewers());
  }

  private int viewers() {
    return (int) players.stream().filter(Player::isViewer).count();
  }

  private Stream<Publisher> shownPublishers() {
    return publishers.stream().filter(Publisher::isShown);
  }

  /** To be called every 50 ms or so. */
  public void tick(long now) {
    synchronized (lock) {
      List.copyOf(publishers).forEach(each -> guard(each.sink(), () -> each.tick(now)));
      players.forEach(each -> guard(each.sink(), () -> each.tick(now)));
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

  private void beginCatchUp() {
    if (!catchingUp) {
      catchingUp = true;
      catchUpBegun.accept(this);
    }
  }

  /**
   * Sends on to those who catch up with what was kept for them.
   *
   * @return whether to call it again in some milliseconds
   */
  public boolean catchUp(long now) {
    synchronized (lock) {
      boolean more = false;
      try {
        more = catchUpInTurn(now);
      } finally {
        catchingUp = more; // Otherwise nobody could begin to catch up any more.
      }
      return more;
    }
  }

  private boolean catchUpInTurn(long now) {
    int left = CATCH_UP_PER_TURN;
    boolean more = false;
    int count = players.size();
    first = count == 0 ? 0 : (first + 1) % count;
    for (int i = 0; i < count; i++) {
      Player player = players.get((first + i) % count);
      try {
        left -= player.catchUp(left, now);
        more |= player.isCatchingUp();
      } catch (RuntimeException | Error e) {
        player.sink().failed(e);
      }
    }
    return more;
  }

  private void tickSecond(long now) {
    publishers.forEach(each -> guard(each.sink(), () -> each.tickSecond(now)));
    changed();
    players.forEach(each -> guard(each.sink(), () -> each.tickSecond(now)));
  }

  /** Does one client's part; a fault in it costs that client's session, and nobody else's turn. */
  private static void guard(PacketSink client, Runnable part) {
    try {
      part.run();
    } catch (RuntimeException | Error e) {
      client.failed(e);
    }
  }

  // Under the lock.

  /** Something has come, gone, started or stopped: looks again who sees what, and tells it. */
  private void update(long now) {
    publishers.removeIf(Publisher::isClosed);
    players.removeIf(Player::isClosed);
    updateStage(now);
    assign(now);
    changed();
  }

  // Who is on the stage, and who follows whom.

  private Optional<StreamName> stageName() {
    return Optional.ofNullable(seen).map(Publisher::name);
  }

  private Optional<StreamName> heard() {
    return Stage.order(shownPublishers().toList(), Publisher::isActive, speaker()).stream()
        .filter(each -> each.media().stream().anyMatch(m -> m.kind() == MediaKind.AUDIO))
        .findFirst()
        .map(Publisher::name);
  }

  /** Looks who is on the stage: who is heard, and who is seen. */
  private boolean updateStage(long now) {
    List<Publisher> shown = shownPublishers().toList();
    List<Publisher> candidates = Stage.candidates(shown, Publisher::isActive);
    boolean changed = stage.update(candidates, publisher -> publisher.loudness(now), now);
    Publisher before = seen;
    seen = Stage.seen(shown, Publisher::isSeen, speaker(), p -> p == before).orElse(null);
    return changed || seen != before;
  }

  private Optional<Publisher> speaker() {
    return Optional.ofNullable(stage.current());
  }

  /**
   * Lets every track follow what its player is to see; changes nothing where that is so already.
   */
  private void assign(long now) {
    List<Publisher> shown = shownPublishers().toList();
    Map<MediaKind, List<Publisher>> orders =
        Map.of(
            MediaKind.AUDIO,
            Stage.order(shown, Publisher::isActive, speaker()),
            MediaKind.VIDEO,
            Stage.order(shown, Publisher::isSeen, Optional.ofNullable(seen)));
    players.forEach(each -> guard(each.sink(), () -> assign(each, orders, now)));
  }

  private static void assign(Player player, Map<MediaKind, List<Publisher>> orders, long now) {
    for (MediaKind kind : MediaKind.values()) {
      List<Publisher> order = orders.getOrDefault(kind, List.of());
      List<Publisher> watched = SlotAssignment.watched(order, player.pinned(), Publisher::name);
      SlotAssignment.assignSteadily(
          player.leading(kind),
          media(watched, kind),
          (track, media) -> kind == MediaKind.AUDIO && track.follows(media),
          (track, media) -> player.follow(track, media, now));
    }
  }

  private static List<IncomingMedia> media(List<Publisher> of, MediaKind kind) {
    return SlotAssignment.tracks(
        of, publisher -> publisher.media().stream().filter(media -> media.kind() == kind).toList());
  }
}
