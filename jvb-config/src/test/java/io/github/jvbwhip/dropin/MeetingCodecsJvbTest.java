package io.github.jvbwhip.dropin;

import static io.github.jvbwhip.dropin.JitsiMeet.BEARER;
import static io.github.jvbwhip.dropin.Peers.SOON;
import static io.github.jvbwhip.dropin.Peers.awaitContinuous;
import static io.github.jvbwhip.dropin.Peers.connected;
import static io.github.jvbwhip.dropin.Peers.otherNumbers;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.CodecSpec;
import io.github.jvbwhip.testpeer.sdp.MediaSpec;
import io.github.jvbwhip.testpeer.sdp.MediaSpec.Direction;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.signalling.HttpSignalling;
import io.github.jvbwhip.testpeer.signalling.Reply;
import io.github.jvbwhip.xmpp.Person;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Publishers in the rooms of a real Jicofo whose codecs are not the usual ones. */
@RequiresJvb
class MeetingCodecsJvbTest {
  private static final String RED_AND_NO_AV1 =
      "audio.opus.red.enabled = true, video.av1.enabled = false";

  private static JitsiMeet meet;

  private String room;

  @BeforeAll
  static void start() throws Exception {
    meet = JitsiMeet.withCodecsOrSkip(RED_AND_NO_AV1);
  }

  @AfterAll
  static void stop() {
    if (meet != null) {
      meet.close();
    }
  }

  @BeforeEach
  void newRoom() {
    room = Peers.newRoom();
  }

  @Test
  void redundant_audio_is_heard_by_who_does_not_take_it() throws Exception {
    OfferSpec offer =
        OfferSpec.of(
            MediaSpec.audio(Direction.SENDONLY)
                .withCodecs(CodecSpec.red(63), CodecSpec.opus(Codec.OPUS_IN_RED)),
            MediaSpec.video(Direction.SENDONLY, Codec.VP8));
    try (Person person = meet.join(room);
        TestPeer publisher = connected(meet.whip(room), offer, BEARER)) {
      person.awaitPublisher();
      assertThat(publisher.remoteDescription().media().get(0).payloadTypes())
          .containsExactly(63, Codec.OPUS_IN_RED);
      publisher.audio().start();
      try (TestPeer player = connected(meet.whep(room), otherNumbers(Codec.VP8), BEARER)) {
        player.awaitAudioPackets(50, SOON);
        assertThat(player.received().audio().get(0).payloadTypes()).containsExactly(109);
        player.hangUp();
      }
      publisher.hangUp();
    }
  }

  @Test
  void a_publisher_sends_what_the_room_has() throws Exception {
    OfferSpec offer = OfferSpec.publisher(Codec.VP8);
    OfferSpec several =
        OfferSpec.of(
            offer.media().get(0),
            MediaSpec.video(Direction.SENDONLY, Codec.H265, Codec.AV1, Codec.VP8));
    try (Person person = meet.join(room);
        TestPeer publisher = connected(meet.whip(room), several, BEARER)) {
      person.awaitPublisher();
      assertThat(publisher.remoteDescription().media().get(1).rtpmaps().values())
          .containsExactlyInAnyOrder("VP8/90000", "rtx/90000");
      publisher.video(VideoSettings.defaults()).start();
      try (TestPeer player = connected(meet.whep(room), otherNumbers(Codec.VP8), BEARER)) {
        player.awaitVideoPackets(60, SOON);
        player.hangUp();
      }
      publisher.hangUp();
    }
  }

  @Test
  void a_publisher_that_has_nothing_of_it_is_told_and_leaves() throws Exception {
    try (Person person = meet.join(room);
        TestPeer publisher = TestPeer.open()) {
      Reply reply = publisher.connect(meet.whip(room), OfferSpec.publisher(Codec.H265), BEARER);
      assertThat(reply.status()).isEqualTo(422);
      assertThat(reply.body()).contains(":error:no-common-codec", "VP8, VP9, H264");
      person.awaitLeft(person.awaitPublisher().getFrom().asEntityFullJidOrThrow());
    }
  }

  @Test
  void all_encodings_of_a_simulcast_can_be_had() throws Exception {
    try (Person person = meet.join(room);
        TestPeer publisher =
            connected(
                meet.whip(room), OfferSpec.simulcastPublisher(Codec.VP8, "l", "m", "h"), BEARER)) {
      person.awaitPublisher();
      publisher.video(new VideoSettings(1280, 720, 30, 1_000_000, 0)).start();
      try (TestPeer player = connected(meet.whep(room), otherNumbers(Codec.VP8), BEARER)) {
        awaitSize(player, "1280x720");
        select(player, 180);
        awaitSize(player, "320x180");
        select(player, 360);
        awaitSize(player, "640x360");
        awaitContinuous(player);
        player.hangUp();
      }
      publisher.hangUp();
    }
  }

  private static void awaitSize(TestPeer player, String size) {
    player.await(
        size,
        SOON,
        () -> player.received().video().stream().anyMatch(s -> s.sizes().contains(size)));
  }

  private static void select(TestPeer player, int height) {
    Reply reply =
        HttpSignalling.send(
            "POST",
            URI.create(player.session().orElseThrow() + "/layer"),
            "application/json",
            "{\"maxHeight\":" + height + "}",
            BEARER);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
  }
}
