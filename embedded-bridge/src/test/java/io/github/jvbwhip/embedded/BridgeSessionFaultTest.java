package io.github.jvbwhip.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.core.bridge.EndpointListener;
import io.github.jvbwhip.embedded.forward.LossCounters;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class BridgeSessionFaultTest {
  private final List<String> heard = new ArrayList<>();

  @Test
  void a_session_that_cannot_leave_its_room_ends_nevertheless() {
    BrokenSession session = new BrokenSession();
    session.brokenRoom = true;

    session.end(EndReason.SHUTDOWN, "test");

    assertThat(heard).containsExactly("ended SHUTDOWN");
  }

  private final class BrokenSession extends BridgeSession {
    private boolean brokenRoom;

    BrokenSession() {
      super(
          "test-1",
          new EndpointListener() {
            @Override
            public void connected() {}

            @Override
            public void ended(EndReason reason, String detail) {
              heard.add("ended " + reason);
            }
          },
          Runnable::run,
          new TransportSink());
    }

    @Override
    void leave() {
      if (brokenRoom) {
        throw new NoClassDefFoundError("test");
      }
      heard.add("left");
    }

    @Override
    void join(long now) {}

    @Override
    LossCounters losses() {
      return new LossCounters(0, 0, OptionalLong.empty());
    }

    @Override
    public void onRtp(byte[] buffer, int offset, int length, long nanoTime) {}

    @Override
    public void onRtcp(byte[] buffer, int offset, int length, long nanoTime) {}
  }
}
