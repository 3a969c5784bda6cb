package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.bridge.EgressMedia;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.ObservedRoom;
import io.github.jvbwhip.core.bridge.ObservedRooms;
import io.github.jvbwhip.core.bridge.PublisherLimits;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.RoomSnapshot;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.picture.ChunkPool;
import io.github.jvbwhip.core.picture.FirstPicture;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/** A room whose time the test moves on. */
final class TestRoom {
  static final long MILLI = 1_000_000L;
  static final long UNIX_NANOS_AT_ZERO = 1_790_000_000_000_000_000L;

  final Room room;
  final List<RoomSnapshot> snapshots = new ArrayList<>();

  /** Far from zero, as {@link System#nanoTime} may be. */
  private long now = -5_000_000_000L;

  private long nextTick = now;
  private boolean catchingUp;
  private long caughtUpAt = now;

  /** In which players wait for keyframes. */
  TestRoom() {
    this(FirstPicture.OFF);
  }

  TestRoom(FirstPicture firstPicture) {
    room =
        new Room(
            ForwardingConfig.DEFAULT.with(firstPicture),
            new NtpClock(UNIX_NANOS_AT_ZERO),
            new Random(1),
            new ObservedRoom(new RoomName("room"), Runnable::run, new ObservedRooms()),
            new ChunkPool(firstPicture.maxTotalBytes()),
            begun -> catchingUp = true);
    var unused = room.observed().observe(snapshots::add, () -> {});
  }

  long now() {
    return now;
  }

  /** Lets time pass, with a tick every 50 ms, and what is to be caught up with every 5 ms. */
  void pass(long millis) {
    long end = now + millis * MILLI;
    while (Math.min(nextTick, nextCatchUp()) <= end) {
      now = Math.max(now, Math.min(nextTick, nextCatchUp()));
      if (now >= nextCatchUp()) {
        caughtUpAt = now;
        catchingUp = false; // Where it fails.
        catchingUp = room.catchUp(now);
      }
      if (now >= nextTick) {
        room.tick(now);
        nextTick += 50 * MILLI;
      }
    }
    now = end;
  }

  private long nextCatchUp() {
    return catchingUp ? caughtUpAt + 5 * MILLI : Long.MAX_VALUE;
  }

  TestPublisher publisher(String name, IngestMedia... media) {
    return publisher(name, PublisherLimits.NONE, media);
  }

  TestPublisher publisher(String name, PublisherLimits limits, IngestMedia... media) {
    RecordingSink sink = new RecordingSink();
    Publisher publisher =
        room.addPublisher(new StreamName(name), List.of(media), limits, sink, now).orElseThrow();
    room.show(publisher, now);
    publisher.connected(now);
    return new TestPublisher(this, publisher, sink);
  }

  TestPlayer player(String pinned, EgressMedia... media) {
    RecordingSink sink = new RecordingSink();
    Player player =
        room.addPlayer(Optional.ofNullable(pinned).map(StreamName::new), List.of(media), sink, now);
    player.connected(now);
    return new TestPlayer(this, player, sink);
  }

  /** What the snapshots have told of something, each value once until it changes. */
  <T> List<T> told(Function<RoomSnapshot, T> something) {
    List<T> values = new ArrayList<>();
    for (RoomSnapshot snapshot : snapshots) {
      T value = something.apply(snapshot);
      if (values.isEmpty() || !values.get(values.size() - 1).equals(value)) {
        values.add(value);
      }
    }
    return values;
  }
}
