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
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jxmpp.jid.EntityFullJid;

/**
 * Publishers in the rooms of a real Jicofo with two real bridges, of which the western one knows
 * where the other takes publishers.
 */
@RequiresJitsiMeet
class MeetingBridgesJvbTest {
  private static final VideoSettings OWN = new VideoSettings(320, 180, 20, 300_000, 0);

  private static TwoBridges meet;

  private String room;

  @BeforeAll
  static void start() throws Exception {
    meet = TwoBridges.startOrSkip("", "bridges = [ { names = [ " + EAST + " ], url = \"%s\" } ]");
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

  private static void watch(URI endpoint) {
    try (TestPeer player = connected(endpoint, otherNumbers(Codec.VP8), BEARER)) {
      player.awaitVideoPackets(60, SOON);
      player.awaitAudioPackets(30, SOON);
      player.hangUp();
    }
  }

  @Test
  void a_publisher_is_sent_to_the_bridge_that_it_is_put_on() throws Exception {
    List<Person> people = meet.people(room, EAST);
    try (Person first = people.get(0);
        Person second = people.get(1);
        TestPeer publisher = TestPeer.open()) {
      Reply reply =
          publisher.connect(meet.whip(WEST, room), OfferSpec.publisher(Codec.VP8), BEARER);
      assertThat(reply.status()).as(reply.body()).isEqualTo(201);
      assertThat(reply.uri()).isEqualTo(URI.create(meet.whip(EAST, room) + "?redirected=1"));
      publisher.awaitConnected(SOON);
      publisher.video(OWN).start();
      publisher.audio().start();
      eventually("one publisher", first::others, others -> others.size() == 2);
      watch(meet.whep(EAST, room));
      try (Person far = meet.join(room, "0facade0", WEST)) {
        far.awaitInvited();
        watch(meet.whep(WEST, room)); // Over the relay.
      }
      assertThat(publisher.hangUp().status()).isEqualTo(200);
      eventually("it has left", second::others, others -> others.size() == 1);
    }
  }

  @Test
  void a_publisher_is_refused_where_the_other_bridge_is_not_known() throws Exception {
    List<Person> people = meet.people(room, WEST);
    try (Person first = people.get(0);
        Person second = people.get(1);
        TestPeer publisher = TestPeer.open()) {
      Reply reply =
          publisher.connect(meet.whip(EAST, room), OfferSpec.publisher(Codec.VP8), BEARER);
      assertThat(reply.status()).as(reply.body()).isEqualTo(503);
      assertThat(reply.header("Retry-After")).contains("5");
      assertThat(reply.body()).contains("in the region " + WEST);
      EntityFullJid who = first.awaitPublisher().getFrom().asEntityFullJidOrThrow();
      first.awaitLeft(who);
      assertThat(second.others()).hasSize(1);
    }
  }

  @Test
  void a_publisher_is_sent_on_once() throws Exception {
    List<Person> people = meet.people(room, EAST);
    try (Person first = people.get(0);
        Person second = people.get(1);
        TestPeer publisher = TestPeer.open()) {
      URI again = URI.create(meet.whip(WEST, room) + "?redirected=1");
      Reply reply = publisher.connect(again, OfferSpec.publisher(Codec.VP8), BEARER);
      assertThat(reply.status()).as(reply.body()).isEqualTo(503);
      assertThat(reply.body()).contains("in the region " + EAST);
      eventually("it has left", first::others, others -> others.size() == 1);
      assertThat(second.isIn()).isTrue();
    }
  }
}
