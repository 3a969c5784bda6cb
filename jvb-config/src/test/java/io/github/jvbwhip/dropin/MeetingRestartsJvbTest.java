package io.github.jvbwhip.dropin;

import static io.github.jvbwhip.dropin.JitsiMeet.BEARER;
import static io.github.jvbwhip.dropin.Peers.connected;
import static io.github.jvbwhip.dropin.Peers.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.xmpp.Person;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jxmpp.jid.EntityFullJid;

/** What becomes of a publisher in a meeting when one of the servers behind it begins anew. */
@RequiresJitsiMeet
class MeetingRestartsJvbTest {
  private static final VideoSettings OWN = new VideoSettings(320, 180, 20, 300_000, 0);
  private static final Duration LATE = Duration.ofSeconds(60);

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

  private TestPeer publisher() {
    TestPeer publisher = connected(meet.whip(room), OfferSpec.publisher(Codec.VP8), BEARER);
    publisher.video(OWN).start();
    return publisher;
  }

  private static void awaitEnd(String... whys) throws Exception {
    eventually(
        LATE,
        "a session ends: " + List.of(whys),
        () -> meet.bridge().logLines(" was published by "),
        ends ->
            ends.stream()
                .anyMatch(
                    line -> Stream.of(whys).anyMatch(why -> line.contains("(" + why + ");"))));
  }

  /** The publisher that comes again is the only one of its name. */
  private void comesAgain() throws Exception {
    meet.awaitReady();
    try (Person person = meet.join(room);
        TestPeer again = publisher()) {
      EntityFullJid who = person.awaitPublisher().getFrom().asEntityFullJidOrThrow();
      assertThat(person.others()).containsExactly(who.getResourcepart().toString());
      assertThat(again.hangUp().status()).isEqualTo(200);
      person.awaitLeft(who);
    }
  }

  @Test
  void of_jicofo() throws Exception {
    try (Person person = meet.join(room);
        TestPeer publisher = publisher()) {
      EntityFullJid who = person.awaitPublisher().getFrom().asEntityFullJidOrThrow();
      meet.restartJicofo();
      // It tells the bridge to expire the meeting, and leaves the room, at the same time.
      awaitEnd("who manages the meeting has left it", "the bridge expired the endpoint");
      person.awaitLeft(who);
      publisher.awaitClosedByRemote(LATE);
    }
    comesAgain();
  }

  @Test
  void of_the_xmpp_server() throws Exception {
    try (Person person = meet.join(room);
        TestPeer publisher = publisher()) {
      person.awaitPublisher();
      meet.restartServer();
      awaitEnd("the connection to the meeting server is lost");
      publisher.awaitClosedByRemote(LATE);
    }
    comesAgain();
  }

  @Test
  void of_a_bridge_that_shuts_down() throws Exception {
    try (Person person = meet.join(room);
        TestPeer publisher = publisher()) {
      EntityFullJid who = person.awaitPublisher().getFrom().asEntityFullJidOrThrow();
      meet.bridge().stop();
      person.awaitLeft(who);
      publisher.awaitClosedByRemote(LATE);
    }
    meet.bridge().restart();
    comesAgain();
  }

  @Test
  void of_a_bridge_that_crashes() throws Exception {
    try (Person person = meet.join(room);
        TestPeer publisher = publisher()) {
      EntityFullJid who = person.awaitPublisher().getFrom().asEntityFullJidOrThrow();
      meet.bridge().kill();
      person.awaitLeft(who);
      assertThat(publisher.received().streams()).isEmpty();
    }
    meet.bridge().restart();
    comesAgain();
  }
}
