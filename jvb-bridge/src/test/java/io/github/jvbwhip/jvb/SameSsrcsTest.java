package io.github.jvbwhip.jvb;

import static io.github.jvbwhip.jvb.ScriptedRooms.SECOND;
import static io.github.jvbwhip.jvb.scenario.ScenarioMedia.simulcast;
import static io.github.jvbwhip.jvb.scenario.ScenarioMedia.video;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.IngestEndpoint;
import io.github.jvbwhip.core.bridge.RecordingListener;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.jvb.scenario.RtpStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Publishers that send with the SSRCs of others, or with other ones than before. */
class SameSsrcsTest {
  private static final RoomName ROOM = new RoomName("room");

  private final ScriptedRooms rooms = new ScriptedRooms();

  @Test
  void where_ssrcs_are_kept_who_begins_to_send_with_anothers_ssrc_is_ended() {
    rooms.host.keepSsrcs();
    ScriptedRooms.Publisher first = rooms.publisher("room", "one", video(3001));
    ScriptedRooms.Publisher second = rooms.publisher("room", "two", simulcast("h", "l"));

    second.send(SECOND, new RtpStream(3001, 200, 0, "l"));

    assertThat(second.listener.calls()).containsExactly("connected", "ended SSRC_IN_USE");
    assertThat(first.listener.calls()).containsExactly("connected");
  }

  @Test
  void also_where_the_bridge_is_not_told_yet_of_who_came_first() {
    rooms.host.keepSsrcs();
    ScriptedRooms.Publisher first = rooms.publisher("room", "one", simulcast("h", "l"));
    ScriptedRooms.Publisher second = rooms.publisher("room", "two", simulcast("h", "l"));

    rooms.threads.holdCalls(true);
    first.send(SECOND, new RtpStream(3001, 200, 0, "l"));
    second.send(SECOND, new RtpStream(3001, 200, 0, "l"));
    rooms.threads.holdCalls(false);
    rooms.threads.pass(SECOND);

    assertThat(second.listener.calls()).containsExactly("connected", "ended SSRC_IN_USE");
    assertThat(first.listener.calls()).containsExactly("connected");
    assertThat(first.fake.sources()).hasSize(1);
    assertThat(second.fake.sources()).isEmpty();
  }

  @Test
  void where_ssrcs_are_kept_who_begins_to_send_with_the_ssrc_of_one_who_is_being_opened_is_ended() {
    rooms.host.keepSsrcs();
    ScriptedRooms.Publisher first = rooms.publisher("room", "one", simulcast("h", "l"));
    rooms.host.whileAllocating(
        conference -> {
          first.link().receive(new RtpStream(3001, 200, 0, "l").frame(true));
          rooms.threads.pass(SECOND);
        });

    ScriptedRooms.Publisher second = rooms.publisher("room", "two", video(3001));

    assertThat(first.listener.calls()).containsExactly("connected", "ended SSRC_IN_USE");
    assertThat(first.fake.sources()).as("what the bridge was told of it").isEmpty();
    assertThat(second.listener.calls()).containsExactly("connected");
  }

  @Test
  void where_ssrcs_are_kept_the_second_of_two_equal_ones_is_refused_while_the_first_is_there() {
    rooms.host.keepSsrcs();
    ScriptedRooms.Publisher first = rooms.publisher("room", "one", video(3001));
    CompletableFuture<IngestEndpoint> second =
        rooms.bridge.openIngest(rooms.ingest("room", "two", video(3001)), new RecordingListener());
    rooms.threads.run();

    assertThat(second).isCompletedExceptionally();
    assertThat(rooms.bridge.room(ROOM).orElseThrow().streams()).hasSize(1);

    first.endpoint.close();
    rooms.threads.run();
    assertThat(rooms.publisher("room", "two", video(3001)).listener.calls())
        .containsExactly("connected");
  }

  @Test
  void ssrcs_of_others_are_nobodys_business_where_they_are_translated() {
    ScriptedRooms.Publisher first = rooms.publisher("room", "one", video(3001));
    ScriptedRooms.Publisher second = rooms.publisher("room", "two", simulcast("h", "l"));

    second.send(SECOND, new RtpStream(3001, 200, 0, "l"));

    assertThat(second.listener.calls()).containsExactly("connected");
    assertThat(first.listener.calls()).containsExactly("connected");
    assertThat(second.fake.sources().get(0).encodings())
        .doesNotContainAnyElementsOf(first.fake.sources().get(0).encodings());
  }

  @Test
  void an_encoder_that_begins_anew_all_the_time_leaves_nothing_behind() {
    ScriptedRooms.Publisher publisher = rooms.publisher("room", "main", video(3001));
    for (int run = 0; run < 100; run++) {
      publisher.send(Duration.ofSeconds(3), new RtpStream(4000 + run, 200, 1, ""));
    }
    publisher.send(Duration.ofSeconds(3), new RtpStream(5000, 200, 1, ""));

    assertThat(publisher.fake.sources()).hasSize(1);
    assertThat(publisher.listener.calls()).containsExactly("connected");
  }

  @Test
  void packets_that_nobody_can_decrypt_replace_nothing_for_long() {
    ScriptedRooms.Publisher publisher = rooms.publisher("room", "main", video(3001));
    ScriptedRooms.Player player = rooms.player("room");
    RtpStream stream = new RtpStream(3001, 200, 1, "");
    publisher.send(SECOND, stream);
    List<String> before = player.wanted();

    publisher.link().forge(new RtpStream(6666, 200, 2, "").frame(true));
    publisher.send(Duration.ofSeconds(5), stream);

    assertThat(publisher.fake.sources()).hasSize(1);
    assertThat(player.wanted()).isEqualTo(before);
  }
}
