package io.github.jvbwhip.dropin;

import static io.github.jvbwhip.dropin.Peers.SOON;
import static io.github.jvbwhip.dropin.Peers.connected;
import static io.github.jvbwhip.dropin.Peers.eventually;
import static io.github.jvbwhip.dropin.Peers.otherNumbers;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.signalling.HttpSignalling;
import io.github.jvbwhip.xmpp.Person;
import io.github.jvbwhip.xmpp.Prosody;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jxmpp.jid.EntityFullJid;
import org.jxmpp.jid.impl.JidCreate;

/** Players in the meetings of a real Jicofo, on a real bridge. */
@RequiresJitsiMeet
class WatchingJvbTest {
  private static final Map<String, String> PUBLISHER = bearer("publisher");
  private static final Map<String, String> VIEWER = bearer("viewer");
  private static final VideoSettings OWN = new VideoSettings(320, 180, 20, 300_000, 0);

  private static Prosody prosody;
  private static JicofoProcess jicofo;
  private static JvbProcess bridge;

  private String room;

  @BeforeAll
  static void start() throws Exception {
    Path home = JicofoProcess.homeOrSkip();
    Assumptions.assumeTrue(Prosody.isInstalled(), RequiresJitsiMeet.PROSODY_MISSING);
    prosody = Prosody.start();
    jicofo = JicofoProcess.start(home, prosody.port(), Prosody.PASSWORD, "");
    bridge =
        JvbProcess.start(JvbHome.orSkip(), Optional.of(JvbProcess.dropInJar()), configuration());
    // It takes a while until the bridge is known to Jicofo.
    eventually(
        Duration.ofSeconds(120),
        "publishers are let in",
        () -> {
          try (Person person = person("warm-up");
              TestPeer publisher = TestPeer.open()) {
            return publisher
                    .connect(
                        bridge.url("/whip/warm-up/obs"), OfferSpec.publisher(Codec.VP8), PUBLISHER)
                    .status()
                == 201;
          } catch (Exception e) {
            return false; // Not yet.
          }
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
            enabled = true, auth.tokens = [ publisher ]
            jitsi {
              enabled = true, domain = meet.test
              xmpp { host = 127.0.0.1, port = %1$d, security = disabled }
              watch { enabled = true, tokens { "*" = [ viewer ], closed = [] } }
            }
          }
          whep { enabled = true, auth.tokens = [ other ] }
        }
        """
        .formatted(prosody.port(), Prosody.PASSWORD);
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

  private static Map<String, String> bearer(String token) {
    return Map.of("Authorization", "Bearer " + token);
  }

  private static Person person(String room) throws Exception {
    return Person.join(
        prosody, JidCreate.entityBareFrom(room + "@conference.meet.test"), "0badcafe");
  }

  private TestPeer publisher() {
    TestPeer publisher =
        connected(bridge.url("/whip/" + room + "/obs"), OfferSpec.publisher(Codec.VP8), PUBLISHER);
    publisher.video(OWN).start();
    publisher.audio().start();
    return publisher;
  }

  private TestPeer player() {
    return connected(bridge.url("/whep/" + room), otherNumbers(Codec.VP8), VIEWER);
  }

  private int refusal(Map<String, String> headers) {
    try (TestPeer player = TestPeer.open()) {
      return player.connect(bridge.url("/whep/" + room), otherNumbers(Codec.VP8), headers).status();
    }
  }

  private static int rooms(Map<String, String> headers) {
    URI rooms = bridge.url("/api/rooms");
    return HttpSignalling.send("GET", rooms, "application/json", "", headers).status();
  }

  @Test
  void whoever_has_the_rooms_token_watches_and_the_people_see_it() throws Exception {
    try (Person person = person(room);
        TestPeer publisher = publisher()) {
      person.awaitNamed("obs");
      assertThat(refusal(Map.of())).isEqualTo(401);
      assertThat(refusal(bearer("other"))).isEqualTo(401);
      assertThat(refusal(PUBLISHER)).isEqualTo(401);
      assertThat(rooms(Map.of())).isEqualTo(401);

      try (TestPeer player = player()) {
        EntityFullJid audience = person.awaitNamed("Viewers (1)");
        player.awaitVideoPackets(60, SOON);
        player.awaitAudioPackets(30, SOON);
        try (TestPeer second = player()) {
          assertThat(person.awaitNamed("Viewers (2)").toString()).isEqualTo(audience.toString());
          second.hangUp();
        }
        person.awaitNamed("Viewers (1)");
        player.hangUp();
        person.awaitLeft(audience);
      }
    }
  }

  @Test
  void a_moderator_ends_watching_until_the_meeting_is_over() throws Exception {
    try (Person person = person(room);
        TestPeer publisher = publisher();
        TestPeer player = player()) {
      EntityFullJid audience = person.awaitNamed("Viewers (1)");
      player.awaitVideoPackets(30, SOON);
      person.kick(audience);
      player.awaitClosedByRemote(SOON);
      assertThat(refusal(VIEWER)).isEqualTo(403);
      publisher.hangUp();
    }
    eventually("the meeting is over", new BridgeState(bridge)::isEmpty);
    try (Person person = person(room);
        TestPeer publisher = publisher();
        TestPeer player = player()) {
      person.awaitNamed("Viewers (1)");
      player.awaitVideoPackets(30, SOON);
    }
  }

  @Test
  void nobody_is_left_when_the_people_have_gone() throws Exception {
    try (Person person = person(room);
        TestPeer publisher = publisher();
        TestPeer player = player()) {
      person.awaitNamed("Viewers (1)");
      player.awaitVideoPackets(30, SOON);
      publisher.hangUp();
      person.close();
      eventually("the conference is over", new BridgeState(bridge)::isEmpty);
    }
  }
}
