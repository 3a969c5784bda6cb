package io.github.jvbwhip.jvb;

import static io.github.jvbwhip.jvb.ScriptedRooms.SECOND;
import static io.github.jvbwhip.jvb.scenario.ScenarioMedia.audio;
import static io.github.jvbwhip.jvb.scenario.ScenarioMedia.encodings;
import static io.github.jvbwhip.jvb.scenario.ScenarioMedia.rid;
import static io.github.jvbwhip.jvb.scenario.ScenarioMedia.simulcast;
import static io.github.jvbwhip.jvb.scenario.ScenarioMedia.video;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.jvb.host.SourcePlan;
import io.github.jvbwhip.jvb.media.Feeding;
import io.github.jvbwhip.jvb.scenario.RtpStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What players are shown, what the bridge is asked for that, and how often. */
class ShowingTest {
  private final ScriptedRooms rooms = new ScriptedRooms();

  @Test
  void after_a_switch_the_bridge_is_asked_for_the_new_source_alone() {
    ScriptedRooms.Publisher one = rooms.publisher("room", "one", audio(2001), video(2002));
    ScriptedRooms.Publisher two = rooms.publisher("room", "two", audio(2101), video(2102));
    ScriptedRooms.Player player = rooms.player("room");
    RtpStream first = new RtpStream(2002, 300, 1, "");
    RtpStream second = new RtpStream(2102, 300, 2, "");
    one.send(SECOND, first);
    two.send(SECOND, second);
    assertThat(player.wanted()).containsExactly(one.fake.endpointId() + "-v0");

    rooms.host.conferences().get(0).speak(two.fake.endpointId());
    rooms.threads.run();
    assertThat(player.wanted())
        .containsExactly(two.fake.endpointId() + "-v0", one.fake.endpointId() + "-v0");
    two.send(SECOND, second);

    assertThat(player.wanted()).containsExactly(two.fake.endpointId() + "-v0");
    assertThat(player.link().heard()).doesNotContain(one.fake.endpointId() + "-a0");
  }

  @Test
  void an_encoding_that_comes_late_becomes_a_source_of_its_own() {
    ScriptedRooms.Publisher publisher = rooms.publisher("room", "main", simulcast("h", "m", "l"));
    RtpStream[] all = encodings();

    publisher.send(SECOND, all[0], all[1]);
    assertThat(publisher.fake.sources()).extracting(s -> s.encodings().size()).containsExactly(2);
    publisher.send(SECOND, all);

    assertThat(publisher.fake.sources())
        .extracting(s -> s.encodings().size())
        .containsExactly(2, 1);
    assertThat(rooms.host.counted().told()).filteredOn("learnt"::equals).hasSize(3);
  }

  @Test
  void an_encoding_that_comes_while_the_bridge_is_told_of_another_is_told_next() {
    ScriptedRooms.Publisher publisher = rooms.publisher("room", "main", simulcast("m", "l"));
    rooms.threads.holdCalls(true);
    RtpStream small = new RtpStream(3001, 150, 0, "l");
    publisher.send(SECOND, small);
    publisher.send(Duration.ofMillis(100), small, new RtpStream(3002, 400, 1, "m"));

    rooms.threads.holdCalls(false);
    rooms.threads.run();

    assertThat(publisher.fake.sources().stream().flatMap(s -> s.encodings().stream()).toList())
        .hasSize(2);
  }

  @Test
  void sources_that_the_bridge_refuses_are_told_again_once_a_second() {
    ScriptedRooms.Publisher publisher = rooms.publisher("room", "main", simulcast("h", "l"));
    publisher.fake.refuseSources(true);
    RtpStream small = new RtpStream(3001, 150, 0, "l");

    publisher.send(SECOND.multipliedBy(10), small);
    assertThat(publisher.fake.sourcesRefused()).isBetween(8, 12);
    publisher.fake.refuseSources(false);
    publisher.send(SECOND.multipliedBy(2), small);

    assertThat(publisher.fake.sources()).hasSize(1);
  }

  @Test
  void a_player_goes_to_the_smaller_source_while_the_bandwidth_does_not_suffice() {
    ScriptedRooms.Publisher publisher = rooms.publisher("room", "main", simulcast("h", "l"));
    ScriptedRooms.Player player = rooms.player("room");
    RtpStream small = new RtpStream(3001, 150, 0, "l");
    RtpStream large = new RtpStream(3003, 1000, 2, "h");
    publisher.send(SECOND, small);
    publisher.send(SECOND.multipliedBy(2), small, large);
    List<String> sources = publisher.fake.sources().stream().map(SourcePlan::name).toList();
    assertThat(sources).hasSize(2);
    assertThat(player.wanted()).containsExactly(sources.get(1));

    player.link().starve(sources.get(1));
    publisher.send(SECOND.multipliedBy(2), small, large);
    assertThat(player.wanted()).containsExactly(sources.get(1));
    publisher.send(SECOND.multipliedBy(3), small, large);
    assertThat(player.wanted()).containsExactly(sources.get(0));

    player.link().feed(sources.get(1));
    publisher.send(SECOND.multipliedBy(11), small, large);
    publisher.send(SECOND, small, large);
    assertThat(player.wanted()).containsExactly(sources.get(1));
  }

  @Test
  void a_source_that_the_bridge_leaves_out_is_asked_for_again_once_a_second() {
    ScriptedRooms.Publisher publisher = rooms.publisher("room", "main", video(2002));
    ScriptedRooms.Player player = rooms.player("room");
    RtpStream stream = new RtpStream(2002, 300, 1, "");
    publisher.send(SECOND.multipliedBy(2), stream);
    player.link().starve(publisher.fake.endpointId() + "-v0");
    int asked = player.link().asked().size();

    publisher.send(SECOND.multipliedBy(10), stream);

    assertThat(player.link().asked().size() - asked).isBetween(7, 10);
  }

  @Test
  void in_a_room_in_which_nothing_changes_the_bridge_is_asked_for_nothing() {
    rooms.host.openForeign();
    ScriptedRooms.Publisher publisher = rooms.publisher("room", "main", video(2002));
    List<ScriptedRooms.Player> players = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      players.add(rooms.player("room"));
    }
    RtpStream stream = new RtpStream(2002, 300, 1, "");
    publisher.send(SECOND.multipliedBy(5), stream);
    List<Integer> before = players.stream().map(p -> p.link().asked().size()).toList();
    int lookUps = rooms.host.lookUps();
    int keyframes = publisher.fake.keyframesAsked().size();

    for (int i = 0; i < 500; i++) {
      publisher.link().receive(stream.frame(false));
      rooms.threads.pass(Duration.ofMillis(20));
    }

    assertThat(players.stream().map(p -> p.link().asked().size()).toList()).isEqualTo(before);
    assertThat(rooms.host.lookUps()).isEqualTo(lookUps);
    assertThat(publisher.fake.keyframesAsked()).hasSize(keyframes);
    assertThat(players).allMatch(p -> p.link().received().size() > 500);
  }

  @Test
  void a_chosen_layer_concerns_that_player_alone() {
    ScriptedRooms.Publisher publisher = rooms.publisher("room", "main", simulcast("h", "m", "l"));
    ScriptedRooms.Player one = rooms.player("room");
    ScriptedRooms.Player two = rooms.player("room");
    publisher.send(SECOND.multipliedBy(3), encodings());
    int asked = one.link().asked().size();
    int others = two.link().asked().size();

    assertThat(select(one, "l")).isTrue();
    rooms.threads.run();

    assertThat(one.link().asked()).hasSize(asked + 1);
    assertThat(one.link().asked().get(asked).get(0).maxHeight()).isEqualTo(180);
    assertThat(two.link().asked()).hasSize(others);
    assertThat(publisher.fake.keyframesAsked()).endsWith(3003L, 3002L, 3001L);
  }

  private static boolean select(ScriptedRooms.Player player, String rid) {
    try {
      player.endpoint.selectLayer("1", rid(rid));
      return true;
    } catch (BridgeException e) {
      return false;
    }
  }

  @Test
  void many_players_ask_for_keyframes_no_more_often_than_one() {
    ScriptedRooms.Publisher publisher = rooms.publisher("room", "main", simulcast("h", "m", "l"));
    List<ScriptedRooms.Player> players = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      players.add(rooms.player("room"));
    }
    RtpStream[] all = encodings();
    publisher.send(SECOND.multipliedBy(3), all);
    int asked = publisher.fake.keyframesAsked().size();

    for (int round = 0; round < 10; round++) {
      for (ScriptedRooms.Player player : players) {
        assertThat(select(player, round % 2 == 0 ? "l" : "h")).isTrue();
      }
      for (int i = 0; i < 5; i++) {
        for (RtpStream stream : all) {
          publisher.link().receive(stream.frame(false));
        }
        rooms.threads.pass(Duration.ofMillis(20));
      }
    }

    assertThat(publisher.fake.keyframesAsked().size() - asked).isBetween(3, 6 * 3);
  }

  @Test
  void a_source_that_the_bridge_has_just_stopped_is_not_fed() {
    ScriptedRooms.Publisher publisher = rooms.publisher("room", "main", video(2002));
    ScriptedRooms.Player player = rooms.player("room");
    List<Feeding> fed = new ArrayList<>();
    player
        .link()
        .keep(
            (slot, source) -> {
              player.link().starve(source.sourceName());
              fed.add(slot.feed(source));
            });
    RtpStream stream = new RtpStream(2002, 300, 1, "");

    for (int i = 0; i < 20; i++) {
      publisher.link().receive(stream.frame(false));
      rooms.threads.pass(Duration.ofMillis(20));
    }

    assertThat(fed).hasSize(1).allMatch(Feeding::isOver);
  }

  @Test
  void of_each_source_the_smallest_encoding_is_known() {
    ScriptedRooms.Publisher publisher = rooms.publisher("room", "main", simulcast("h", "m", "l"));
    RtpStream[] all = encodings();
    publisher.send(SECOND, all[0], all[1]);
    publisher.send(SECOND, all);

    assertThat(publisher.fake.sources())
        .extracting(
            source ->
                source.encodings().stream()
                    .map(each -> publisher.link().meter(each.ssrc()).isSmallest())
                    .toList())
        .containsExactly(List.of(true, false), List.of(true));
  }
}
