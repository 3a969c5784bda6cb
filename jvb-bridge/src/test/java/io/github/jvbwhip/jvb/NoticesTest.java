package io.github.jvbwhip.jvb;

import static io.github.jvbwhip.jvb.ScriptedRooms.SECOND;
import static io.github.jvbwhip.jvb.scenario.ScenarioMedia.audio;
import static io.github.jvbwhip.jvb.scenario.ScenarioMedia.video;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.EgressEndpoint;
import io.github.jvbwhip.core.bridge.MediaNotice;
import io.github.jvbwhip.core.bridge.SentVideo;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.jvb.scenario.RtpStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What operators are told of publishers' media, and of what players get. */
class NoticesTest {
  private static final long VIDEO = 2002;
  private static final int FRAME_BYTES = 300;

  private final ScriptedRooms rooms = new ScriptedRooms();
  private final RtpStream stream = new RtpStream(VIDEO, FRAME_BYTES, 1, "");

  /** Frames that are no keyframes. */
  private void sendOn(ScriptedRooms.Publisher publisher, Duration time) {
    for (long i = 0; i < time.toMillis() / 20; i++) {
      publisher.link().receive(stream.frame(false));
      rooms.threads.pass(Duration.ofMillis(20));
    }
  }

  @Test
  void media_that_were_negotiated_and_do_not_come_are_told_after_a_while() {
    ScriptedRooms.Publisher publisher = rooms.publisher("room", "main", audio(1001), video(VIDEO));
    rooms.threads.pass(SECOND.multipliedBy(3));
    assertThat(publisher.endpoint.notices()).isEmpty();

    rooms.threads.pass(SECOND.multipliedBy(2));
    assertThat(publisher.endpoint.notices())
        .containsExactly(MediaNotice.NO_AUDIO, MediaNotice.NO_VIDEO);

    publisher.send(SECOND, stream);
    assertThat(publisher.endpoint.notices()).containsExactly(MediaNotice.NO_AUDIO);
    publisher.endpoint.close();
    assertThat(publisher.endpoint.notices()).isEmpty();
  }

  @Test
  void a_publisher_that_makes_no_keyframe_when_asked_has_rare_ones() {
    ScriptedRooms.Publisher publisher = rooms.publisher("room", "main", video(VIDEO));
    publisher.send(SECOND, stream);
    sendOn(publisher, SECOND.multipliedBy(12));
    assertThat(publisher.endpoint.notices()).as("nobody wanted one").isEmpty();

    rooms.player("room");
    sendOn(publisher, SECOND.multipliedBy(12)); // It has paused while the player joined.
    assertThat(publisher.endpoint.notices()).containsExactly(MediaNotice.RARE_KEYFRAMES);
  }

  @Test
  void a_player_is_told_to_get_what_it_gets() {
    ScriptedRooms.Publisher publisher = rooms.publisher("room", "main", video(VIDEO));
    EgressEndpoint player = rooms.player("room").endpoint;
    assertThat(player.videos()).containsExactly(SentVideo.nothing("1", 0));

    publisher.send(SECOND.multipliedBy(4), stream);

    SentVideo sent = player.videos().get(0);
    assertThat(sent.stream()).contains(new StreamName("main"));
    assertThat(sent.width()).hasValue(640);
    assertThat(sent.height()).hasValue(360);
    assertThat(sent.bitrate()).isEqualTo(FRAME_BYTES * 8 * 50);
    rooms.threads.pass(SECOND.multipliedBy(3));
    assertThat(player.videos())
        .as("nothing comes any more")
        .containsExactly(SentVideo.nothing("1", 0));
  }
}
