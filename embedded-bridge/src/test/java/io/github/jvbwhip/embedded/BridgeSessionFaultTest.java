package io.github.jvbwhip.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.core.bridge.EndpointListener;
import io.github.jvbwhip.core.bridge.ObservedRoom;
import io.github.jvbwhip.core.bridge.ObservedRooms;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.metrics.PacketTotals;
import io.github.jvbwhip.core.metrics.SessionMetrics;
import io.github.jvbwhip.core.picture.ChunkPool;
import io.github.jvbwhip.embedded.forward.ForwardingConfig;
import io.github.jvbwhip.embedded.forward.LossCounters;
import io.github.jvbwhip.embedded.forward.NtpClock;
import io.github.jvbwhip.embedded.forward.Player;
import io.github.jvbwhip.embedded.forward.Room;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class BridgeSessionFaultTest {
  private final List<String> heard = new ArrayList<>();
  private final TransportSink sink = new TransportSink();
  private final EndpointListener listener =
      new EndpointListener() {
        @Override
        public void connected() {
          heard.add("connected");
        }

        @Override
        public void ended(EndReason reason, String detail) {
          heard.add("ended " + reason);
        }
      };

  @Test
  void a_session_that_cannot_leave_its_room_ends_nevertheless() {
    BrokenSession session = new BrokenSession();
    session.brokenRoom = true;

    session.end(EndReason.SHUTDOWN, "test");

    assertThat(heard).containsExactly("ended SHUTDOWN");
  }

  @Test
  void a_fault_in_the_room_ends_the_session_that_it_is_in() throws Exception {
    BrokenSession session = new BrokenSession();
    HeldTransports transports = new HeldTransports();
    transports.release();
    session.open(transports::create, Optional.empty());

    sink.failed(new NoClassDefFoundError("test"));
    sink.failed(new NoClassDefFoundError("test"));

    assertThat(heard).containsExactly("left", "ended INTERNAL");
    transports.awaitClosed();
  }

  @Test
  void a_session_that_failed_before_it_was_open_ends_when_it_is() throws Exception {
    BrokenSession session = new BrokenSession();
    HeldTransports transports = new HeldTransports();
    transports.release();
    sink.failed(new NoClassDefFoundError("test"));

    session.open(transports::create, Optional.empty());

    assertThat(heard).containsExactly("left", "ended INTERNAL");
    transports.awaitClosed();
  }

  @Test
  void a_session_that_no_thread_can_be_had_for_is_freed() {
    BrokenSession session = new BrokenSession();
    try (EndpointOpener opener =
        new EndpointOpener(
            new HeldTransports(),
            task -> {
              throw new OutOfMemoryError("test");
            })) {
      CompletableFuture<BrokenSession> opening =
          opener.open(session, session, Optional.empty(), () -> {});

      assertThat(opening).isCompletedExceptionally();
    }
    assertThat(heard).containsExactly("left");
  }

  @Test
  void a_session_that_cannot_join_its_room_ends() {
    BrokenSession session = new BrokenSession();
    session.brokenRoom = true;

    session.onConnected();

    assertThat(heard).containsExactly("ended INTERNAL");
  }

  @Test
  void what_the_bridge_holds_is_freed_for_a_player_that_cannot_leave_its_room() {
    AtomicBoolean broken = new AtomicBoolean();
    Room room =
        new Room(
            ForwardingConfig.DEFAULT,
            new NtpClock(0),
            new Random(1),
            new ObservedRoom(
                new RoomName("r"),
                task -> {
                  if (broken.get()) {
                    throw new NoClassDefFoundError("test");
                  }
                  task.run();
                },
                new ObservedRooms()),
            new ChunkPool(0),
            catchingUp -> {});
    var unused = room.observed().observe(snapshot -> {}, () -> {});
    Player player = room.addPlayer(Optional.empty(), List.of(), sink, 0);
    EgressSession session =
        new EgressSession(
            "test-1",
            player,
            listener,
            Runnable::run,
            sink,
            uncounted(),
            true,
            left -> heard.add("freed"));
    player.connected(0);
    broken.set(true);

    session.end(EndReason.SHUTDOWN, "test");

    assertThat(heard).containsExactly("freed", "ended SHUTDOWN");
  }

  private static SessionTally uncounted() {
    return new SessionTally(SessionMetrics.NONE, SessionMetrics.Kind.WHEP, 0);
  }

  private final class BrokenSession extends BridgeSession {
    private boolean brokenRoom;

    BrokenSession() {
      super("test-1", listener, Runnable::run, sink, uncounted());
    }

    @Override
    void leave() {
      if (brokenRoom) {
        throw new NoClassDefFoundError("test");
      }
      heard.add("left");
    }

    @Override
    void join(long now) {
      if (brokenRoom) {
        throw new NoClassDefFoundError("test");
      }
    }

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
