package io.github.jvbwhip.whep.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.EndpointStats;
import io.github.jvbwhip.core.bridge.FakeBridge;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.http.sse.SseHub;
import io.github.jvbwhip.http.sse.SseSettings;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionStreamsTest {
  private final FakeBridge bridge = new FakeBridge();
  private final TestLoop loop = new TestLoop();
  private final SseHub hub = new SseHub(SseSettings.DEFAULTS, Runnable::run, () -> 0);
  private final EventDistributor events =
      new EventDistributor(bridge, loop, hub, EventSettings.DEFAULTS);

  @AfterEach
  void close() {
    loop.close();
    hub.close();
    bridge.close();
  }

  /** Which is the difference between "delete one" and "start a new session" to a player. */
  @Test
  void too_many_is_not_the_same_as_ended() {
    SessionStreams streams = new SessionStreams(events, new Player(), 1);
    assertThat(streams.open(EnumSet.allOf(EventType.class), true)).hasValue("1");
    assertThat(streams.open(EnumSet.allOf(EventType.class), true)).isEmpty();
    assertThat(streams.haveEnded()).isFalse();

    streams.end(false);
    assertThat(streams.open(EnumSet.allOf(EventType.class), true)).isEmpty();
    assertThat(streams.haveEnded()).isTrue();
  }

  private static final class Player implements EventRecipient {
    @Override
    public RoomName room() {
      return new RoomName("room");
    }

    @Override
    public Optional<StreamName> pinned() {
      return Optional.empty();
    }

    @Override
    public List<Integer> videoIndexes() {
      return List.of();
    }

    @Override
    public int shown(MediaKind kind) {
      return 0;
    }

    @Override
    public boolean takes(Codec codec, int track) {
      return true;
    }

    @Override
    public Optional<EndpointStats> stats() {
      return Optional.empty();
    }
  }
}
