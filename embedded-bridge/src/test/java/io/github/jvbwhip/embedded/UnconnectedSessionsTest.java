package io.github.jvbwhip.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.core.bridge.EndpointListener;
import io.github.jvbwhip.core.metrics.PacketTotals;
import io.github.jvbwhip.core.metrics.SessionMetrics;
import io.github.jvbwhip.embedded.forward.LossCounters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class UnconnectedSessionsTest {
  private static final int PLACES = 10;

  private final long start = System.nanoTime();
  private final List<BridgeSession> sessions = new ArrayList<>();
  private final List<String> ended = new ArrayList<>();
  private final UnconnectedSessions unheard = new UnconnectedSessions(sessions, PLACES, start);

  private void add(int count, boolean heard) {
    for (int i = 0; i < count; i++) {
      sessions.add(new Session("s" + sessions.size(), heard));
    }
  }

  private void lookAfter(int seconds) {
    unheard.look(start + Duration.ofSeconds(seconds).toNanos());
  }

  @Test
  void they_have_time_while_there_is_room() {
    add(5, false);
    add(4, true);

    lookAfter(30);

    assertThat(ended).isEmpty();
  }

  @Test
  void they_make_room_when_they_have_most_places() {
    add(2, true);
    add(6, false);

    lookAfter(4);
    assertThat(ended).isEmpty();
    lookAfter(6);

    assertThat(ended).containsExactly("s2", "s3", "s4", "s5", "s6", "s7");
  }

  @Test
  void they_make_room_when_there_is_none() {
    add(9, true);
    add(1, false);

    lookAfter(6);

    assertThat(ended).containsExactly("s9");
  }

  @Test
  void those_that_get_no_further_make_room_when_there_is_none() {
    add(10, true);
    sessions.get(0).onConnected();

    lookAfter(30); // Late clients are heard late.
    lookAfter(44);
    assertThat(ended).isEmpty();
    lookAfter(46);

    assertThat(ended).containsExactly("s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9");
  }

  @Test
  void those_that_get_no_further_have_time_while_there_is_room() {
    add(9, true);

    lookAfter(1);
    lookAfter(30);

    assertThat(ended).isEmpty();
  }

  private final class Session extends BridgeSession {
    Session(String id, boolean heard) {
      super(
          id,
          new EndpointListener() {
            @Override
            public void connected() {}

            @Override
            public void ended(EndReason reason, String detail) {
              assertThat(reason).isEqualTo(EndReason.ICE_FAILED);
              ended.add(id);
            }
          },
          Runnable::run,
          new TransportSink(),
          new SessionTally(SessionMetrics.NONE, SessionMetrics.Kind.WHIP, 0));
      HeldTransports transports = new HeldTransports(heard);
      transports.release();
      try {
        open(transports::create, Optional.empty());
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    void leave() {}

    @Override
    void join(long now) {}

    @Override
    LossCounters losses() {
      return new LossCounters(0, 0, OptionalLong.empty());
    }

    @Override
    PacketTotals totals() {
      return PacketTotals.NONE;
    }

    @Override
    boolean hasRemote() {
      return true;
    }

    @Override
    public void onRtp(byte[] buffer, int offset, int length, long nanoTime) {}

    @Override
    public void onRtcp(byte[] buffer, int offset, int length, long nanoTime) {}
  }
}
