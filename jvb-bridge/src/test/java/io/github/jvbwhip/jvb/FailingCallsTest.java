package io.github.jvbwhip.jvb;

import static io.github.jvbwhip.jvb.ScriptedRooms.SECOND;
import static io.github.jvbwhip.jvb.scenario.ScenarioMedia.simulcast;
import static io.github.jvbwhip.jvb.scenario.ScenarioMedia.video;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvbwhip.core.bridge.EgressEndpoint;
import io.github.jvbwhip.core.bridge.EgressRequest;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.bridge.RecordingListener;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.jvb.fake.FakeHost;
import io.github.jvbwhip.jvb.fake.FakePeer;
import io.github.jvbwhip.jvb.scenario.RtpStream;
import io.github.jvbwhip.jvb.scenario.ScenarioMedia;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A fault in a call to the bridge ends the session that makes it, and no other. */
class FailingCallsTest {
  private final ScriptedRooms rooms = new ScriptedRooms();

  private void fail(FakeHost.Call call) {
    rooms.host.whileCalling(
        (endpoint, now) -> {
          if (now == call) {
            throw new NoSuchMethodError("gone");
          }
        });
  }

  private void assertEnded(ScriptedRooms.Publisher faulty) {
    rooms.threads.pass(SECOND);
    assertThat(faulty.listener.calls()).containsExactly("connected", "ended INTERNAL");
    assertThat(rooms.host.conferences()).isEmpty();
    rooms.host.whileCalling((endpoint, call) -> {});
    assertThat(rooms.publisher("room", "main", video(1)).listener.calls())
        .containsExactly("connected");
  }

  @Test
  void in_telling_sources() {
    ScriptedRooms.Publisher faulty = rooms.publisher("room", "main", simulcast("h", "l"));
    fail(FakeHost.Call.SET_SOURCES);

    faulty.send(SECOND, new RtpStream(3001, 150, 0, "l"));

    assertEnded(faulty);
  }

  @Test
  void in_restarting_ice() {
    ScriptedRooms.Publisher faulty = rooms.publisher("room", "main", video(1));
    fail(FakeHost.Call.RESTART_ICE);

    assertThatThrownBy(
            () ->
                faulty.endpoint.restartIce(
                    new IceCredentials("newu", "newpasswordnewpassword12"), List.of()))
        .hasRootCauseInstanceOf(NoSuchMethodError.class);

    assertEnded(faulty);
  }

  @Test
  void in_taking_an_answer() {
    RecordingListener listener = new RecordingListener();
    EgressEndpoint player =
        rooms.opened(
            rooms.bridge.openEgress(
                new EgressRequest(
                    new RoomName("room"),
                    Optional.empty(),
                    ScenarioMedia.player(),
                    Optional.empty()),
                listener));
    fail(FakeHost.Call.CONNECT);

    assertThatThrownBy(
            () -> player.connect(new FakePeer(rooms.host).transport(), ScenarioMedia.player()))
        .hasRootCauseInstanceOf(NoSuchMethodError.class);
    rooms.threads.pass(SECOND);

    assertThat(listener.calls()).containsExactly("ended INTERNAL");
    assertThat(rooms.host.conferences()).isEmpty();
  }

  @Test
  void in_giving_back_what_hooks_keep() {
    ScriptedRooms.Publisher faulty = rooms.publisher("room", "main", video(1));
    fail(FakeHost.Call.DETACH);

    faulty.endpoint.close();
    rooms.threads.pass(SECOND);

    assertThat(rooms.host.conferences()).isEmpty();
    assertThat(rooms.host.counted().told()).contains("ended WHIP closed");
  }
}
