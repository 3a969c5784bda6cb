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
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.xmpp.Person;
import java.time.Duration;
import org.jivesoftware.smack.packet.Presence;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jxmpp.jid.EntityFullJid;

/** Publishers in the rooms of a real Jicofo, on a real bridge. */
@RequiresJitsiMeet
class MeetingJvbTest {
  private static final VideoSettings OWN = new VideoSettings(320, 180, 20, 300_000, 0);

  private static final Duration MEDIA_TIMEOUT = Duration.ofSeconds(30);

  private static JitsiMeet meet;

  private String room;

  @BeforeAll
  static void start() throws Exception {
    meet = JitsiMeet.startOrSkip();
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

  @ParameterizedTest
  @EnumSource(
      value = Codec.class,
      names = {"VP8", "VP9", "H264", "AV1"})
  void a_publisher_is_a_participant_and_is_watched(Codec codec) throws Exception {
    try (Person person = meet.join(room);
        TestPeer publisher = connected(meet.whip(room), OfferSpec.publisher(codec), BEARER)) {
      Presence presence = person.awaitPublisher();
      EntityFullJid who = presence.getFrom().asEntityFullJidOrThrow();
      assertThat(Person.displayName(presence)).contains("obs");
      publisher.video(OWN).start();
      publisher.audio().start();
      try (TestPeer player = connected(meet.whep(room), otherNumbers(codec), BEARER)) {
        player.awaitVideoPackets(60, SOON);
        player.awaitAudioPackets(30, SOON);
        awaitContinuous(player);
        player.hangUp();
      }
      assertThat(publisher.received().streams()).as("what comes back").isEmpty();
      assertThat(publisher.hangUp().status()).isEqualTo(200);
      person.awaitLeft(who);
    }
  }

  @Test
  void a_publisher_that_goes_without_a_word_is_not_left_in_the_room() throws Exception {
    try (Person person = meet.join(room);
        TestPeer publisher = connected(meet.whip(room), OfferSpec.publisher(Codec.VP8), BEARER)) {
      EntityFullJid who = person.awaitPublisher().getFrom().asEntityFullJidOrThrow();
      publisher.video(OWN).start();
      publisher.close(); // Its DTLS ends with it.
      person.awaitLeft(who);
    }
  }

  /** Its machine has lost its power: neither DTLS nor anything else says so. */
  @Test
  void a_publisher_that_crashes_is_no_ghost_for_more_than_five_seconds() throws Exception {
    try (Person person = meet.join(room);
        TestPeer publisher = connected(meet.whip(room), OfferSpec.publisher(Codec.VP8), BEARER);
        TestPeer player = connected(meet.whep(room), otherNumbers(Codec.VP8), BEARER)) {
      EntityFullJid who = person.awaitPublisher().getFrom().asEntityFullJidOrThrow();
      publisher.video(OWN).start();
      player.awaitVideoPackets(30, SOON);
      publisher.abandon();
      person.awaitLeft(who, MEDIA_TIMEOUT.plusSeconds(20));
    }
  }

  @Test
  void a_publisher_that_comes_back_has_its_place_and_nobody_sees_it_go() throws Exception {
    String path = "/whip/" + room + "/obs";
    try (Person person = meet.join(room);
        TestPeer lost =
            connected(
                meet.bridge().url(path + "?name=one"), OfferSpec.publisher(Codec.VP8), BEARER)) {
      EntityFullJid who = person.awaitPublisher().getFrom().asEntityFullJidOrThrow();
      lost.video(OWN).start();
      try (TestPeer publisher =
          connected(
              meet.bridge().url(path + "?name=two"), OfferSpec.publisher(Codec.H264), BEARER)) {
        Presence back =
            person.awaitUnless(
                "the new name",
                seen -> Person.displayName(seen).stream().anyMatch("two"::equals),
                seen -> seen.getType() == Presence.Type.unavailable);
        assertThat(back.getFrom().toString()).isEqualTo(who.toString());
        publisher.video(OWN).start();
        publisher.audio().start();
        try (TestPeer player = connected(meet.whep(room), otherNumbers(Codec.H264), BEARER)) {
          player.awaitVideoPackets(60, SOON);
          player.awaitAudioPackets(30, SOON);
          player.hangUp();
        }
        assertThat(publisher.hangUp().status()).isEqualTo(200);
        person.awaitLeft(who);
      }
    }
  }

  @Test
  void who_is_alone_is_told_to_come_again() {
    try (TestPeer publisher = TestPeer.open()) {
      assertThat(meet.publish(publisher, room)).isEqualTo(503);
    }
  }
}
