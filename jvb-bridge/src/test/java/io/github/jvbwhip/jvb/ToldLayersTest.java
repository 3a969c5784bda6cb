package io.github.jvbwhip.jvb;

import static io.github.jvbwhip.jvb.ScriptedRooms.SECOND;
import static io.github.jvbwhip.jvb.scenario.ScenarioMedia.video;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.Registration;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.RoomSnapshot;
import io.github.jvbwhip.jvb.scenario.RtpStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When the layers of a stream are told anew. */
class ToldLayersTest {
  private final ScriptedRooms rooms = new ScriptedRooms();
  private final ScriptedRooms.Publisher publisher = rooms.publisher("room", "main", video(2002));
  private final RtpStream stream = new RtpStream(2002, 300, 1, "");

  /** A tenth more than usual, every second second. */
  private void sendUnevenly() {
    for (int i = 0; i < 4; i++) {
      publisher.send(SECOND, stream);
      for (int k = 0; k < 5; k++) {
        publisher.send(Duration.ofMillis(20), stream, stream);
        publisher.send(Duration.ofMillis(180), stream);
      }
    }
  }

  @Test
  void a_bit_rate_is_told_when_it_has_changed_by_a_quarter_and_not_each_second() {
    List<RoomSnapshot> told = new ArrayList<>();
    try (Registration registration = rooms.bridge.observe(new RoomName("room"), told::add)) {
      assertThat(registration).isNotNull();
      publisher.send(SECOND.multipliedBy(4), stream);
      RoomSnapshot usual = told.get(told.size() - 1);
      int before = told.size();

      sendUnevenly();
      assertThat(told).hasSize(before);

      publisher.send(SECOND.multipliedBy(4), stream, stream);
      assertThat(bitrate(told.get(told.size() - 1))).isGreaterThan(bitrate(usual) * 3 / 2);
    }
  }

  private static long bitrate(RoomSnapshot of) {
    return of.streams().get(0).layers().get(0).bitrate();
  }
}
