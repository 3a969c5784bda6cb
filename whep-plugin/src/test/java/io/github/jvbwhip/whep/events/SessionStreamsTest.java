package io.github.jvbwhip.whep.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.FakeBridge;
import io.github.jvbwhip.http.sse.SseHub;
import io.github.jvbwhip.http.sse.SseSettings;
import java.util.EnumSet;
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
    SessionStreams streams = new SessionStreams(events, new StagePlayer("room"), 1);
    assertThat(streams.open(EnumSet.allOf(EventType.class), true)).hasValue("1");
    assertThat(streams.open(EnumSet.allOf(EventType.class), true)).isEmpty();
    assertThat(streams.haveEnded()).isFalse();

    streams.end(LastWord.NOTHING);
    assertThat(streams.open(EnumSet.allOf(EventType.class), true)).isEmpty();
    assertThat(streams.haveEnded()).isTrue();
  }
}
