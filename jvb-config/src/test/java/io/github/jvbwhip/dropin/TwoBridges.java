package io.github.jvbwhip.dropin;

import static io.github.jvbwhip.dropin.JitsiMeet.BEARER;
import static io.github.jvbwhip.dropin.Peers.eventually;

import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.xmpp.Person;
import io.github.jvbwhip.xmpp.Prosody;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.jxmpp.jid.impl.JidCreate;

/**
 * A Jitsi Meet with two bridges, which relay to each other, each with the plugin. Jicofo puts
 * people onto that of their region, and publishers, who have none, to the people.
 */
public final class TwoBridges implements AutoCloseable {
  /** The regions of the two. */
  public static final String EAST = "east";

  public static final String WEST = "west";

  private static final Duration AT_LEISURE = Duration.ofSeconds(120);

  /** Jicofo avoids a bridge on a busy machine, whatever its region. */
  private static final String BY_REGION =
      "octo { enabled = true, sctp-datachannels = false }, bridge { stress-threshold = 100"
          + ", selection-strategy = RegionBasedBridgeSelectionStrategy }";

  /** What Chromium has in its offers. */
  private static final String NUMBERS_OF_BROWSERS =
      "video { vp8 { pt = 96, rtx-pt = 97 }, vp9 { pt = 98, rtx-pt = 99 }"
          + ", av1 { pt = 45, rtx-pt = 46 }, h264 { pt = 102, rtx-pt = 103 } }"
          + ", rtp-extensions { abs-send-time.id = 2, tcc.id = 3, mid.id = 4 }";

  /** Bridges forget sooner whom they hear nothing of. */
  private static final String EXPIRY =
      "videobridge.entity-expiration { timeout = 20 seconds, check-interval = 1 second }\n";

  private final Prosody prosody = Prosody.start();
  private final JicofoProcess jicofo;
  private final List<JvbProcess> bridges = new ArrayList<>();

  private TwoBridges(Path jicofoHome, String codec) throws IOException {
    jicofo =
        JicofoProcess.start(
            jicofoHome, prosody.port(), Prosody.PASSWORD, BY_REGION + ", codec { " + codec + " }");
  }

  /**
   * Starts them where all of it is installed; each bridge lets publishers in.
   *
   * @param jitsiEast what the section {@code jitsi} of the eastern one has besides the usual
   * @param jitsiWest the same of the western one, with where the other one takes publishers
   */
  public static TwoBridges startOrSkip(String jitsiEast, String jitsiWest) throws Exception {
    return startOrSkip(jitsiEast, jitsiWest, "");
  }

  /** The same where publishers of the eastern one may be on the other one too. */
  public static TwoBridges startOnAnyOrSkip() throws Exception {
    return startOrSkip("bridge = any", "", NUMBERS_OF_BROWSERS);
  }

  private static TwoBridges startOrSkip(String jitsiEast, String jitsiWest, String codec)
      throws Exception {
    Path home = JicofoProcess.homeOrSkip();
    Assumptions.assumeTrue(Prosody.isInstalled(), RequiresJitsiMeet.PROSODY_MISSING);
    TwoBridges meet = new TwoBridges(home, codec);
    try {
      meet.startBridge(EAST, jitsiEast);
      meet.startBridge(WEST, jitsiWest.formatted(meet.bridge(EAST).url("/whip")));
      meet.awaitReady(EAST);
      meet.awaitReady(WEST);
      return meet;
    } catch (Exception | AssertionError e) {
      meet.close();
      throw e;
    }
  }

  private void startBridge(String region, String jitsi) throws Exception {
    String meetings = JitsiMeet.MEETINGS + ", jitsi { " + jitsi + " }";
    String relay =
        "videobridge.relay { enabled = true, region = %1$s, relay-id = %1$s }".formatted(region);
    bridges.add(
        JvbProcess.start(
            JvbHome.orSkip(),
            Optional.of(JvbProcess.dropInJar()),
            JitsiMeet.configuration(prosody, region, meetings, prosody.port()) + EXPIRY + relay));
  }

  /**
   * Whoever is the first in a room is invited together with the publisher, who may be put first.
   */
  private void awaitReady(String region) throws Exception {
    String room = "warm-up-" + region;
    eventually(
        AT_LEISURE,
        "publishers are let in at the " + region + "ern bridge",
        () -> {
          try (Person first = join(room, "0badcafe", region);
              Person second = join(room, "0deadbee", region);
              TestPeer publisher = TestPeer.open()) {
            int status =
                publisher
                    .connect(whip(region, room), OfferSpec.publisher(Codec.VP8), BEARER)
                    .status();
            if (status == 201) {
              publisher.hangUp();
            }
            return first.isIn() && second.isIn() && status == 201;
          } catch (Exception e) {
            return false; // Not yet.
          }
        });
  }

  /** Somebody of that region joins a room. */
  Person join(String room, String nick, String region) throws Exception {
    return Person.joinFrom(
        region, prosody, JidCreate.entityBareFrom(room + "@conference.meet.test"), nick);
  }

  /** Two of that region join, both of them on its bridge. */
  public List<Person> people(String room, String region) throws Exception {
    List<Person> people = List.of(join(room, "0badcafe", region), join(room, "0deadbee", region));
    for (Person each : people) {
      each.awaitInvited();
    }
    return people;
  }

  /** Where a room is published into at the bridge of that region. */
  public URI whip(String region, String room) {
    return bridge(region).url("/whip/" + room + "/obs");
  }

  /** Where a room is watched at the bridge of that region. */
  public URI whep(String region, String room) {
    return bridge(region).url("/whep/" + room);
  }

  /** The bridge of that region. */
  public JvbProcess bridge(String region) {
    return bridges.get(region.equals(EAST) ? 0 : 1);
  }

  @Override
  public void close() {
    try (Prosody server = prosody;
        JicofoProcess manager = jicofo) {
      bridges.forEach(JvbProcess::close);
    }
  }
}
