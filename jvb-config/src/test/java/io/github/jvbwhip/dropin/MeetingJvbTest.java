package io.github.jvbwhip.dropin;

import static io.github.jvbwhip.dropin.Peers.SOON;
import static io.github.jvbwhip.dropin.Peers.connected;
import static io.github.jvbwhip.dropin.Peers.eventually;
import static io.github.jvbwhip.dropin.Peers.otherNumbers;
import static io.github.jvbwhip.dropin.Peers.video;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.xmpp.Person;
import io.github.jvbwhip.xmpp.Prosody;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jivesoftware.smack.packet.Presence;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jxmpp.jid.EntityFullJid;
import org.jxmpp.jid.impl.JidCreate;

/** Publishers in the rooms of a real Jicofo, on a real bridge. */
@RequiresJvb
class MeetingJvbTest {
  private static final String TOKEN = "test-token";
  private static final Map<String, String> BEARER = Map.of("Authorization", "Bearer " + TOKEN);
  private static final VideoSettings OWN = new VideoSettings(320, 180, 20, 300_000, 0);

  private static Prosody prosody;
  private static JicofoProcess jicofo;
  private static JvbProcess bridge;

  private String room;

  @BeforeAll
  static void start() throws Exception {
    Path home = JicofoProcess.homeOrSkip();
    Assumptions.assumeTrue(Prosody.isInstalled(), "no Prosody found (package prosody)");
    prosody = Prosody.start();
    jicofo = JicofoProcess.start(home, prosody.port(), Prosody.PASSWORD);
    bridge =
        JvbProcess.start(JvbHome.orSkip(), Optional.of(JvbProcess.dropInJar()), configuration());
    // It takes a while until the bridge is known to Jicofo.
    AtomicReference<Integer> status = new AtomicReference<>(0);
    eventually(
        "publishers are let in",
        () -> {
          try (Person person = person("warm-up");
              TestPeer publisher = TestPeer.open()) {
            status.set(publish(publisher, "warm-up"));
            if (status.get() == 201) {
              publisher.hangUp();
            }
          }
          return status.get() == 201;
        });
  }

  private static String configuration() {
    return """
        videobridge {
          apis.xmpp-client.configs.test {
            hostname = 127.0.0.1, port = %1$d, domain = auth.meet.test, username = jvb
            password = %2$s, muc_jids = "jvbbrewery@internal.auth.meet.test", muc_nickname = jvb1
            SECURITY_MODE = disabled
          }
          whip {
            enabled = true, auth.tokens = [ %3$s ], foreign-conferences = true
            jitsi {
              enabled = true, domain = meet.test
              xmpp { host = 127.0.0.1, port = %1$d, security = disabled }
            }
          }
          whep { enabled = true, auth.tokens = [ %3$s ] }
        }
        """
        .formatted(prosody.port(), Prosody.PASSWORD, TOKEN);
  }

  @AfterAll
  static void stop() {
    if (bridge != null) {
      bridge.close();
    }
    if (jicofo != null) {
      jicofo.close();
    }
    if (prosody != null) {
      prosody.close();
    }
  }

  @BeforeEach
  void newRoom() {
    room = Peers.newRoom();
  }

  private static Person person(String room) throws Exception {
    return Person.join(
        prosody, JidCreate.entityBareFrom(room + "@conference.meet.test"), "0badcafe");
  }

  private static int publish(TestPeer publisher, String room) {
    return publisher
        .connect(bridge.url("/whip/" + room + "/obs"), OfferSpec.publisher(Codec.VP8), BEARER)
        .status();
  }

  @ParameterizedTest
  @EnumSource(
      value = Codec.class,
      names = {"VP8", "H264"})
  void a_publisher_is_a_participant_and_is_watched(Codec codec) throws Exception {
    try (Person person = person(room);
        TestPeer publisher =
            connected(bridge.url("/whip/" + room + "/obs"), OfferSpec.publisher(codec), BEARER)) {
      Presence presence = person.awaitPublisher();
      EntityFullJid who = presence.getFrom().asEntityFullJidOrThrow();
      assertThat(Person.displayName(presence)).contains("obs");
      publisher.video(OWN).start();
      publisher.audio().start();
      try (TestPeer player = connected(bridge.url("/whep/" + room), otherNumbers(codec), BEARER)) {
        player.awaitVideoPackets(60, SOON);
        player.awaitAudioPackets(30, SOON);
        assertThat(video(player).isContinuous()).as("%s", video(player)).isTrue();
        player.hangUp();
      }
      assertThat(publisher.received().streams()).as("what comes back").isEmpty();
      assertThat(publisher.hangUp().status()).isEqualTo(200);
      person.awaitLeft(who);
    }
  }

  @Test
  void a_publisher_that_goes_without_a_word_is_not_left_in_the_room() throws Exception {
    try (Person person = person(room);
        TestPeer publisher =
            connected(
                bridge.url("/whip/" + room + "/obs"), OfferSpec.publisher(Codec.VP8), BEARER)) {
      EntityFullJid who = person.awaitPublisher().getFrom().asEntityFullJidOrThrow();
      publisher.video(OWN).start();
      publisher.close(); // Its DTLS ends with it.
      person.awaitLeft(who);
    }
  }

  @Test
  void a_publisher_that_comes_back_has_its_place_and_nobody_sees_it_go() throws Exception {
    String path = "/whip/" + room + "/obs";
    try (Person person = person(room);
        TestPeer lost =
            connected(bridge.url(path + "?name=one"), OfferSpec.publisher(Codec.VP8), BEARER)) {
      EntityFullJid who = person.awaitPublisher().getFrom().asEntityFullJidOrThrow();
      lost.video(OWN).start();
      try (TestPeer publisher =
          connected(bridge.url(path + "?name=two"), OfferSpec.publisher(Codec.H264), BEARER)) {
        Presence back =
            person.awaitUnless(
                "the new name",
                seen -> Person.displayName(seen).stream().anyMatch("two"::equals),
                seen -> seen.getType() == Presence.Type.unavailable);
        assertThat(back.getFrom().toString()).isEqualTo(who.toString());
        publisher.video(OWN).start();
        publisher.audio().start();
        try (TestPeer player =
            connected(bridge.url("/whep/" + room), otherNumbers(Codec.H264), BEARER)) {
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
      assertThat(publish(publisher, room)).isEqualTo(503);
    }
  }
}
