package io.github.jvbwhip.dropin;

import static io.github.jvbwhip.dropin.JitsiMeet.BEARER;
import static io.github.jvbwhip.dropin.Peers.SOON;
import static io.github.jvbwhip.dropin.Peers.connected;
import static io.github.jvbwhip.dropin.Peers.eventually;
import static io.github.jvbwhip.dropin.Peers.otherNumbers;
import static io.github.jvbwhip.dropin.TwoBridges.EAST;
import static io.github.jvbwhip.dropin.TwoBridges.WEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.signalling.Reply;
import io.github.jvbwhip.xmpp.Person;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Publishers of one bridge whom a real Jicofo, with their numbers, has put on another. */
@RequiresJitsiMeet
class AnyBridgeJvbTest {
  private static final VideoSettings OWN = new VideoSettings(320, 180, 20, 300_000, 0);

  /** What the bridge forgets after, and how often it is asked. */
  private static final Duration FORGOTTEN = Duration.ofSeconds(120);

  private static TwoBridges meet;

  private String room;

  @BeforeAll
  static void start() throws Exception {
    meet = TwoBridges.startOnAnyOrSkip();
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

  private TestPeer publisher() {
    TestPeer publisher = connected(meet.whip(EAST, room), OfferSpec.publisher(Codec.VP8), BEARER);
    publisher.video(OWN).start();
    publisher.audio().start();
    return publisher;
  }

  @Test
  void one_with_the_numbers_of_the_meeting_is_on_the_other_bridge() throws Exception {
    List<Person> people = meet.people(room, WEST);
    try (Person first = people.get(0);
        Person second = people.get(1);
        TestPeer publisher = publisher()) {
      eventually("one publisher", first::others, others -> others.size() == 2);
      try (TestPeer player = connected(meet.whep(WEST, room), otherNumbers(Codec.VP8), BEARER)) {
        player.awaitVideoPackets(60, SOON);
        player.awaitAudioPackets(30, SOON);
        player.hangUp();
      }
      assertThat(publisher.restartIce().status()).isEqualTo(422);
      assertThat(publisher.hangUp().status()).isEqualTo(200);
      eventually("it has left", second::others, others -> others.size() == 1);
    }
  }

  @Test
  void one_with_other_numbers_is_refused() throws Exception {
    List<Person> people = meet.people(room, WEST);
    try (Person first = people.get(0);
        Person second = people.get(1);
        TestPeer publisher = TestPeer.open()) {
      Reply reply =
          publisher.connect(meet.whip(EAST, room), OfferSpec.publisher(Codec.H264), BEARER);
      assertThat(reply.status()).as(reply.body()).isEqualTo(503);
      assertThat(reply.body())
          .contains("in the region " + WEST)
          .contains("payload types of its offer");
      eventually("it has left", first::others, others -> others.size() == 1);
      assertThat(second.isIn()).isTrue();
    }
  }

  @Test
  void one_that_vanishes_is_not_left_in_the_room() throws Exception {
    List<Person> people = meet.people(room, WEST);
    try (Person first = people.get(0);
        Person second = people.get(1);
        TestPeer publisher = publisher()) {
      eventually("one publisher", first::others, others -> others.size() == 2);
      // Of whom it has got nothing the bridge forgets after two minutes only.
      try (TestPeer player = connected(meet.whep(WEST, room), otherNumbers(Codec.VP8), BEARER)) {
        player.awaitVideoPackets(10, SOON);
        player.hangUp();
      }
      publisher.abandon();
      eventually(FORGOTTEN, "it has left", second::others, others -> others.size() == 1);
    }
  }
}
