package io.github.jvbwhip.whep.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.FakeBridge;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.http.sse.SseHub;
import io.github.jvbwhip.http.sse.SseSettings;
import io.github.jvbwhip.http.sse.SseStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventDistributorTest {
  private static final int MANY = 200;

  private final FakeBridge bridge = new FakeBridge();
  private final TestLoop loop = new TestLoop();
  private final SseHub hub = new SseHub(SseSettings.DEFAULTS, Runnable::run, () -> 0);
  private final EventDistributor distributor =
      new EventDistributor(bridge, loop, hub, EventSettings.DEFAULTS);
  private final AtomicInteger askedForRoom = new AtomicInteger();

  @AfterEach
  void close() {
    loop.close();
    hub.close();
    bridge.close();
  }

  private SseStream watch(String room) {
    return distributor.open(new Watcher(room), EnumSet.allOf(EventType.class), true);
  }

  @Test
  void follows_a_room_until_its_last_stream_is_closed() {
    SseStream first = watch("room");
    SseStream second = watch("room");
    loop.settle();
    int observers = bridge.observerCount();
    assertThat(observers).isPositive();

    distributor.close(first, true);
    loop.settle();
    assertThat(bridge.observerCount()).isEqualTo(observers);
    distributor.close(second, true);
    loop.settle();
    assertThat(bridge.observerCount()).isZero();
  }

  @Test
  void looks_at_no_other_streams_when_one_is_closed() {
    List<SseStream> streams = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      streams.add(watch("room" + i));
    }
    streams.forEach(stream -> distributor.close(stream, true));
    loop.settle();

    assertThat(bridge.observerCount()).isZero();
    assertThat(askedForRoom.get()).isLessThanOrEqualTo(4 * MANY);
  }

  /** Counts how often it is looked at. */
  private final class Watcher extends StagePlayer {
    Watcher(String room) {
      super(room);
    }

    @Override
    public RoomName room() {
      askedForRoom.incrementAndGet();
      return super.room();
    }
  }
}
