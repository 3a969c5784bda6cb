package io.github.jvbwhip.jvb;

import static io.github.jvbwhip.jvb.ScriptedRooms.SECOND;
import static io.github.jvbwhip.jvb.scenario.ScenarioMedia.video;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.Availability;
import io.github.jvbwhip.core.bridge.EgressEndpoint;
import io.github.jvbwhip.core.bridge.EgressRequest;
import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.core.bridge.EndpointListener;
import io.github.jvbwhip.core.bridge.IngestEndpoint;
import io.github.jvbwhip.core.bridge.ReconnectRequest;
import io.github.jvbwhip.core.bridge.RecordingListener;
import io.github.jvbwhip.core.bridge.Registration;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.jvb.fake.FakeEndpoint;
import io.github.jvbwhip.jvb.fake.FakePeer;
import io.github.jvbwhip.jvb.host.HostEndpoint.Transport;
import io.github.jvbwhip.jvb.scenario.RtpStream;
import io.github.jvbwhip.jvb.scenario.ScenarioMedia;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How sessions end, and that each ends alone. */
class SessionLifeTest {
  private static final RoomName ROOM = new RoomName("room");

  private final ScriptedRooms rooms = new ScriptedRooms();

  @Test
  void a_fault_ends_the_session_that_it_is_in_and_no_other() {
    ScriptedRooms.Publisher faulty = rooms.publisher("room", "one", video(2001));
    ScriptedRooms.Player other = rooms.player("room");
    ScriptedRooms.Publisher elsewhere = rooms.publisher("elsewhere", "one", video(2001));

    faulty.fake.failWith(new NoSuchMethodError("gone"));
    rooms.threads.pass(SECOND);
    faulty.fake.failWith(null);

    assertThat(faulty.listener.calls()).containsExactly("connected", "ended INTERNAL");
    ScriptedRooms.Publisher next = rooms.publisher("room", "two", video(2002));
    next.send(SECOND, new RtpStream(2002, 300, 1, ""));
    assertThat(other.link().received()).isNotEmpty();
    assertThat(elsewhere.listener.calls()).containsExactly("connected");
  }

  @Test
  void what_a_fault_ends_while_it_connects_is_freed() {
    RecordingListener listener = new RecordingListener();
    IngestEndpoint endpoint =
        rooms.opened(rooms.bridge.openIngest(rooms.ingest("room", "one", video(2001)), listener));
    FakeEndpoint fake = rooms.host.endpoint(endpoint.id());

    fake.failWith(new NoSuchMethodError("gone"));
    rooms.threads.pass(SECOND);
    fake.failWith(null);
    rooms.threads.pass(SECOND);

    assertThat(listener.calls()).containsExactly("ended INTERNAL");
    assertThat(rooms.host.conferences()).isEmpty();
  }

  @Test
  void whoever_fails_when_told_of_an_end_keeps_nobody_else_from_being_told() {
    EndpointListener failing =
        new EndpointListener() {
          @Override
          public void connected() {}

          @Override
          public void ended(EndReason reason, String detail) {
            throw new NoClassDefFoundError("gone");
          }
        };
    rooms.opened(rooms.bridge.openIngest(rooms.ingest("room", "one", video(1)), failing));
    ScriptedRooms.Publisher other = rooms.publisher("room", "two", video(2));

    rooms.bridge.close();

    assertThat(other.listener.calls()).containsExactly("connected", "ended SHUTDOWN");
    assertThat(rooms.host.conferences()).isEmpty();
  }

  @Test
  void a_session_is_connected_at_once_when_dtls_is_up() {
    RecordingListener publisher = new RecordingListener();
    IngestEndpoint ingest =
        rooms.opened(rooms.bridge.openIngest(rooms.ingest("room", "main", video(1)), publisher));
    RecordingListener player = new RecordingListener();
    EgressEndpoint egress = rooms.opened(rooms.bridge.openEgress(rooms.egress("room"), player));

    rooms.host.endpoint(ingest.id()).setTransport(Transport.CONNECTED);
    rooms.host.endpoint(egress.id()).setTransport(Transport.CONNECTED);
    rooms.threads.run();

    assertThat(publisher.calls()).containsExactly("connected");
    assertThat(player.calls()).containsExactly("connected");
  }

  @Test
  void a_client_whose_handshake_is_under_way_is_heard_out_and_told() {
    RecordingListener listener = new RecordingListener();
    IngestEndpoint endpoint =
        rooms.opened(rooms.bridge.openIngest(rooms.ingest("room", "main", video(1)), listener));
    FakeEndpoint fake = rooms.host.endpoint(endpoint.id());
    fake.setTransport(Transport.ICE_CONNECTED);

    endpoint.close();
    rooms.threads.pass(SECOND);
    assertThat(rooms.host.conferences()).hasSize(1);
    fake.setTransport(Transport.CONNECTED);
    rooms.threads.pass(Duration.ofMillis(50));

    assertThat(fake.isClosedByBridge()).isTrue();
    assertThat(fake.isDetached()).isTrue();
    assertThat(fake.isLetGo()).isTrue();
    assertThat(rooms.host.conferences()).isEmpty();
  }

  @Test
  void it_is_not_waited_for_for_ever() {
    IngestEndpoint endpoint =
        rooms.opened(
            rooms.bridge.openIngest(
                rooms.ingest("room", "main", video(1)), new RecordingListener()));
    rooms.host.endpoint(endpoint.id()).setTransport(Transport.ICE_CONNECTED);

    endpoint.close();
    rooms.threads.pass(Duration.ofSeconds(4));

    assertThat(rooms.host.conferences()).isEmpty();
  }

  @Test
  void nobody_takes_leave_any_longer_when_the_next_publisher_is_allocated() {
    IngestEndpoint first = handshaking();
    List<Integer> present = new ArrayList<>();
    rooms.host.whileAllocating(conference -> present.add(conference.endpoints().size()));

    first.close();
    rooms.threads.run();
    rooms.opened(
        rooms.bridge.openIngest(rooms.ingest("room", "main", video(1)), new RecordingListener()));
    rooms.threads.pass(Duration.ofSeconds(4));

    assertThat(present).containsExactly(0);
    assertThat(rooms.host.conferences().get(0).endpoints()).hasSize(1);
  }

  @Test
  void nor_when_the_bridge_closes() {
    handshaking().close();
    rooms.threads.run();
    assertThat(rooms.host.conferences()).hasSize(1);

    rooms.bridge.close();

    assertThat(rooms.host.conferences()).isEmpty();
  }

  /** A publisher whose client may see the handshake done before the bridge does. */
  private IngestEndpoint handshaking() {
    IngestEndpoint endpoint =
        rooms.opened(
            rooms.bridge.openIngest(
                rooms.ingest("room", "main", video(1)), new RecordingListener()));
    rooms.host.endpoint(endpoint.id()).setTransport(Transport.ICE_CONNECTED);
    return endpoint;
  }

  @Test
  void ice_that_fails_and_dtls_that_does_not_come_end_it() {
    RecordingListener ice = new RecordingListener();
    RecordingListener dtls = new RecordingListener();
    IngestEndpoint one =
        rooms.opened(rooms.bridge.openIngest(rooms.ingest("room", "one", video(1)), ice));
    IngestEndpoint two =
        rooms.opened(rooms.bridge.openIngest(rooms.ingest("room", "two", video(2)), dtls));

    rooms.host.endpoint(one.id()).setTransport(Transport.ICE_FAILED);
    rooms.host.endpoint(two.id()).setTransport(Transport.ICE_CONNECTED);
    rooms.threads.pass(Duration.ofSeconds(19));
    assertThat(ice.calls()).containsExactly("ended ICE_FAILED");
    assertThat(dtls.calls()).isEmpty();
    rooms.threads.pass(Duration.ofSeconds(2));

    assertThat(dtls.calls()).containsExactly("ended DTLS_FAILED");
  }

  @Test
  void a_client_that_has_begun_no_checks_after_forty_seconds_is_given_up() {
    RecordingListener listener = new RecordingListener();
    rooms.opened(rooms.bridge.openIngest(rooms.ingest("room", "main", video(1)), listener));

    rooms.threads.pass(Duration.ofSeconds(39));
    assertThat(listener.calls()).isEmpty();
    rooms.threads.pass(Duration.ofSeconds(2));

    assertThat(listener.calls()).containsExactly("ended ICE_FAILED");
    assertThat(rooms.host.conferences()).isEmpty();
  }

  @Test
  void a_player_that_is_offered_something_has_that_time_from_its_answer_on() throws Exception {
    RecordingListener listener = new RecordingListener();
    EgressEndpoint player =
        rooms.opened(
            rooms.bridge.openEgress(
                new EgressRequest(ROOM, Optional.empty(), ScenarioMedia.player(), Optional.empty()),
                listener));
    rooms.threads.pass(Duration.ofSeconds(60));
    player.connect(new FakePeer(rooms.host).transport(), ScenarioMedia.player());

    rooms.threads.pass(Duration.ofSeconds(39));
    assertThat(listener.calls()).isEmpty();
    rooms.threads.pass(Duration.ofSeconds(2));

    assertThat(listener.calls()).containsExactly("ended ICE_FAILED");
  }

  @Test
  void players_are_asked_to_reconnect_once_when_the_bridge_drains() {
    List<ReconnectRequest> asked = new ArrayList<>();
    try (Registration registration = rooms.bridge.observeReconnects(ROOM, asked::add)) {
      assertThat(registration).isNotNull();
      rooms.threads.pass(SECOND);
      assertThat(asked).isEmpty();

      rooms.host.setAvailability(Availability.draining(Optional.empty()));
      rooms.threads.pass(Duration.ofSeconds(5));

      assertThat(asked).containsExactly(new ReconnectRequest(Optional.empty()));
    }
  }

  @Test
  void a_room_that_nobody_is_in_or_looks_at_begins_anew() {
    rooms.publisher("room", "main", video(2001)).endpoint.close();
    rooms.threads.pass(Duration.ofSeconds(2));

    List<Long> versions = new ArrayList<>();
    try (Registration registration =
        rooms.bridge.observe(ROOM, snapshot -> versions.add(snapshot.version()))) {
      assertThat(registration).isNotNull();
      rooms.threads.run();
    }
    assertThat(versions).containsExactly(0L);
  }
}
