package io.github.jvbwhip.jvb;

import static io.github.jvbwhip.jvb.ScriptedRooms.SECOND;
import static io.github.jvbwhip.jvb.scenario.ScenarioMedia.simulcast;
import static io.github.jvbwhip.jvb.scenario.ScenarioMedia.video;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.EgressEndpoint;
import io.github.jvbwhip.core.bridge.RecordingListener;
import io.github.jvbwhip.jvb.fake.FakeConference;
import io.github.jvbwhip.jvb.fake.FakeEndpoint;
import io.github.jvbwhip.jvb.host.HostEndpoint.Transport;
import io.github.jvbwhip.jvb.scenario.RtpStream;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Players for whom nothing changes: the bridge is asked nothing about them, however many. */
class IdlePlayersTest {
  private static final int SECONDS = 10;
  private static final Duration TICK = Duration.ofMillis(250);

  private final ScriptedRooms rooms = new ScriptedRooms();

  private List<ScriptedRooms.Player> players(int count) {
    return IntStream.range(0, count).mapToObj(i -> rooms.player("room")).toList();
  }

  private static int looks(List<ScriptedRooms.Player> players) {
    return players.stream().mapToInt(player -> player.link().looks()).sum();
  }

  @Test
  void of_players_alone_nothing_is_asked() {
    List<ScriptedRooms.Player> players = players(50);
    rooms.threads.pass(SECOND);
    int before = looks(players);

    rooms.threads.pass(SECOND.multipliedBy(SECONDS));

    assertThat(looks(players)).isEqualTo(before);
  }

  @Test
  void of_players_of_a_silent_publisher_nothing_is_asked() {
    ScriptedRooms.Publisher publisher = rooms.publisher("room", "main", video(2002));
    List<ScriptedRooms.Player> players = players(50);
    publisher.send(SECOND.multipliedBy(2), new RtpStream(2002, 300, 1, ""));
    rooms.threads.pass(SECOND.multipliedBy(5));
    int before = looks(players);

    rooms.threads.pass(SECOND.multipliedBy(SECONDS));

    assertThat(looks(players)).isEqualTo(before);
  }

  @Test
  void of_players_who_get_something_their_packets_are_counted_once_a_second() {
    ScriptedRooms.Publisher publisher = rooms.publisher("room", "main", video(2002));
    List<ScriptedRooms.Player> players = players(50);
    sendUnevenly(publisher, SECOND.multipliedBy(5), new RtpStream(2002, 300, 1, ""));
    int before = looks(players);

    sendUnevenly(publisher, SECOND.multipliedBy(SECONDS), new RtpStream(2002, 300, 1, ""));

    assertThat(looks(players) - before).isLessThanOrEqualTo(players.size() * (SECONDS + 1));
  }

  /** The bitrate is another one in every second. */
  private void sendUnevenly(
      ScriptedRooms.Publisher publisher, Duration time, RtpStream... streams) {
    long passed = 0;
    for (int i = 0; passed < time.toMillis(); i++) {
      for (RtpStream stream : streams) {
        publisher.link().receive(stream.frame(i % 25 == 0));
      }
      long gap = 20 + (passed / 1000) % 5;
      rooms.threads.pass(Duration.ofMillis(gap));
      passed += gap;
    }
  }

  @Test
  void while_the_larger_source_does_not_fit_the_smaller_one_is_not_chosen_again_and_again() {
    ScriptedRooms.Publisher publisher = rooms.publisher("room", "main", simulcast("h", "l"));
    ScriptedRooms.Player player = rooms.player("room");
    RtpStream small = new RtpStream(3001, 150, 0, "l");
    RtpStream large = new RtpStream(3003, 1000, 2, "h");
    publisher.send(SECOND, small);
    publisher.send(SECOND.multipliedBy(2), small, large);
    player.link().starve(publisher.fake.sources().get(1).name());
    publisher.send(SECOND.multipliedBy(6), small, large);
    assertThat(player.wanted()).containsExactly(publisher.fake.sources().get(0).name());
    int before = player.link().looks();

    publisher.send(SECOND.multipliedBy(5), small, large);

    assertThat(player.link().looks() - before).isLessThanOrEqualTo(6);
  }

  @Test
  void what_has_gone_is_forgotten_once_and_also_while_somebody_leaves_all_the_time() {
    List<ScriptedRooms.Player> players = players(2 * SECONDS);
    FakeConference conference = rooms.host.conferences().get(0);
    rooms.threads.pass(SECOND.multipliedBy(SECONDS));
    int before = conference.forgotten();
    rooms.threads.pass(SECOND.multipliedBy(SECONDS));
    assertThat(conference.forgotten()).isEqualTo(before);

    for (ScriptedRooms.Player player : players.subList(0, SECONDS)) {
      player.fake.expireSilently();
      rooms.threads.pass(SECOND);
    }
    assertThat(conference.forgotten() - before).isBetween(SECONDS - 1, SECONDS);
  }

  @Test
  void a_player_that_leaves_or_is_expired_is_noticed_in_the_next_tick() {
    List<ScriptedRooms.Player> players = players(3);
    rooms.threads.pass(SECOND.multipliedBy(SECONDS));

    players.get(0).fake.leave();
    players.get(1).fake.expireSilently();
    rooms.threads.pass(TICK);

    assertThat(players.get(0).listener.calls()).containsExactly("connected", "ended DTLS_CLOSED");
    assertThat(players.get(1).listener.calls()).containsExactly("connected", "ended EXPIRED");
    assertThat(players.get(2).listener.calls()).containsExactly("connected");
  }

  @Test
  void a_player_whose_ice_fails_when_dtls_is_up_is_noticed_in_the_next_tick() {
    RecordingListener listener = new RecordingListener();
    EgressEndpoint player = rooms.opened(rooms.bridge.openEgress(rooms.egress("room"), listener));
    FakeEndpoint fake = rooms.host.endpoint(player.id());
    fake.goOnChecking();
    fake.setTransport(Transport.CONNECTED);
    rooms.threads.pass(SECOND);
    assertThat(listener.calls()).containsExactly("connected");

    fake.setTransport(Transport.ICE_FAILED);
    rooms.threads.pass(TICK);

    assertThat(listener.calls()).containsExactly("connected", "ended ICE_FAILED");
  }
}
