package io.github.jvbwhip.dropin;

import static io.github.jvbwhip.dropin.Peers.SOON;
import static io.github.jvbwhip.dropin.Peers.awaitContinuous;
import static io.github.jvbwhip.dropin.Peers.connected;
import static io.github.jvbwhip.dropin.Peers.eventually;
import static io.github.jvbwhip.dropin.Peers.otherNumbers;
import static io.github.jvbwhip.dropin.Peers.video;
import static io.github.jvbwhip.dropin.Peers.videoPackets;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.signalling.HttpSignalling;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three real bridges, linked by their relays: a room's home, a node inside its tree, a leaf. */
@RequiresJvb
class ClusterJvbTest {
  private static final VideoSettings PICTURE = new VideoSettings(1280, 720, 30, 1_000_000, 0);

  private static BridgeCluster cluster;

  private String room;

  @BeforeAll
  static void startBridges() throws Exception {
    cluster = BridgeCluster.startOrSkip(3, "max-links = 1, linger = 1 second");
  }

  @AfterAll
  static void stopBridges() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @BeforeEach
  void newRoom() throws Exception {
    cluster.awaitAll();
    room = Peers.newRoom();
  }

  @Test
  void obs_is_seen_over_a_bridge_between() throws Exception {
    try (TestPeer publisher = publisher(OfferSpec.obs())) {
      publisher.audio().start();
      publisher.video(VideoSettings.defaults().withKeyframeInterval(30)).start();
      List<Integer> others = cluster.others(home(publisher));
      try (TestPeer inner = player(others.get(0), Codec.H264);
          TestPeer leaf = player(others.get(1), Codec.H264)) {
        inner.awaitVideoPackets(100, SOON);
        leaf.awaitVideoPackets(100, SOON);
        leaf.awaitAudioPackets(50, SOON);
        awaitContinuous(leaf);
        assertThat(video(leaf).payloadTypes()).containsExactly(120);
        eventually(
            "one of them is two hops away",
            () ->
                Math.max(
                    cluster.state(others.get(0)).sum("whip_whep_cluster_depth"),
                    cluster.state(others.get(1)).sum("whip_whep_cluster_depth")),
            deepest -> deepest == 2);
      }
    }
  }

  @Test
  void viewers_of_all_bridges_are_counted_on_each() throws Exception {
    try (TestPeer publisher = publisher(OfferSpec.publisher(Codec.VP8))) {
      publisher.video(PICTURE).start();
      int home = home(publisher);
      List<Integer> others = cluster.others(home);
      try (TestPeer near = player(home);
          HeardEvents atHome = HeardEvents.of(near, "viewercount");
          TestPeer inner = player(others.get(0));
          TestPeer leaf = player(others.get(1));
          HeardEvents atLeaf = HeardEvents.of(leaf, "viewercount", "active")) {
        eventually("three at home", () -> atHome.data("viewercount"), this::endsWithThree);
        eventually("three at the leaf", () -> atLeaf.data("viewercount"), this::endsWithThree);
        eventually("it is active there", () -> !atLeaf.data("active").isEmpty());
        inner.hangUp();
        eventually(
            "two at home",
            () -> atHome.data("viewercount"),
            told -> told.get(told.size() - 1).equals("{\"viewercount\":2}"));
      }
    }
  }

  /** What is not announced, or no keyframe is asked for, costs a line for each packet. */
  @Test
  void bridges_do_not_complain_of_packets_that_come_over_links() throws Exception {
    try (TestPeer publisher = publisher(OfferSpec.simulcastPublisher(Codec.VP8, "l", "m", "h"))) {
      publisher.video(PICTURE).start();
      List<Integer> others = cluster.others(home(publisher));
      try (TestPeer inner = player(others.get(0));
          TestPeer leaf = player(others.get(1))) {
        // Which SSRCs its encodings have is known from their first packets.
        inner.awaitVideoPackets(200, SOON);
        leaf.awaitVideoPackets(200, SOON);
        List<Integer> before =
            cluster.others().stream().map(member -> warnings(member).size()).toList();
        inner.awaitVideoPackets(700, SOON);
        leaf.awaitVideoPackets(700, SOON);
        for (int member : cluster.others()) {
          List<String> all = warnings(member);
          assertThat(all.subList(before.get(member), all.size())).hasSizeLessThan(10);
        }
      }
    }
  }

  /** Without those that say that the machine is slow. */
  private static List<String> warnings(int member) {
    return cluster.bridge(member).logLines("WARNING: ").stream()
        .filter(line -> !line.contains("Probe delay too high"))
        .toList();
  }

  private boolean endsWithThree(List<String> told) {
    return !told.isEmpty() && told.get(told.size() - 1).equals("{\"viewercount\":3}");
  }

  @Test
  void layers_are_told_and_chosen_two_hops_away() throws Exception {
    try (TestPeer publisher = publisher(OfferSpec.simulcastPublisher(Codec.VP8, "l", "m", "h"))) {
      publisher.video(PICTURE).start();
      List<Integer> others = cluster.others(home(publisher));
      try (TestPeer inner = player(others.get(0));
          TestPeer leaf = player(others.get(1));
          HeardEvents events = HeardEvents.of(leaf, "layers")) {
        leaf.await("720p", SOON, () -> shows(leaf, "1280x720"));
        eventually(
            "all layers",
            () -> events.data("layers"),
            told ->
                !told.isEmpty()
                    && List.of("\"l\"", "\"m\"", "\"h\"", "\"width\":1280").stream()
                        .allMatch(told.get(told.size() - 1)::contains));
        Reply chosen =
            HttpSignalling.send(
                "POST",
                URI.create(leaf.session().orElseThrow() + "/layer"),
                "application/json",
                "{\"rid\":\"l\"}",
                Map.of());
        assertThat(chosen.status()).as(chosen.body()).isEqualTo(200);
        leaf.await("180p", SOON, () -> shows(leaf, "320x180"));
        inner.await("720p at the bridge between", SOON, () -> shows(inner, "1280x720"));
      }
    }
  }

  private static boolean shows(TestPeer player, String size) {
    return player.received().video().stream().anyMatch(s -> s.lastSize().equals(size));
  }

  /** The leaf finds another way to the home, and its player stays in its session. */
  @Test
  void a_player_survives_the_death_of_the_bridge_between() throws Exception {
    try (TestPeer publisher = publisher(OfferSpec.publisher(Codec.VP8))) {
      publisher.video(VideoSettings.defaults()).start();
      int home = home(publisher);
      List<Integer> others = cluster.others(home);
      try (TestPeer first = player(others.get(0));
          TestPeer second = player(others.get(1))) {
        first.awaitVideoPackets(50, SOON);
        second.awaitVideoPackets(50, SOON);
        boolean firstBetween = cluster.state(others.get(0)).sum("whip_whep_cluster_depth") == 1;
        int between = others.get(firstBetween ? 0 : 1);
        TestPeer survivor = firstBetween ? second : first;
        cluster.kill(between);
        try {
          int before = videoPackets(survivor);
          // What was under way is 50 packets at most.
          survivor.await(
              "picture over another way", SOON, () -> videoPackets(survivor) > before + 150);
          assertThat(survivor.isClosedByRemote()).isFalse();
        } finally {
          cluster.restart(between);
        }
      }
    }
  }

  /**
   * Its publisher comes to another bridge, as encoders do; players elsewhere stay where they are.
   */
  @Test
  void a_player_survives_the_death_of_the_home() throws Exception {
    try (TestPeer publisher = publisher(OfferSpec.publisher(Codec.VP8))) {
      publisher.video(VideoSettings.defaults()).start();
      int home = home(publisher);
      List<Integer> others = cluster.others(home);
      try (TestPeer player = player(others.get(0))) {
        player.awaitVideoPackets(50, SOON);
        cluster.kill(home);
        try {
          publisher.close();
          cluster.awaitMissed(others.get(1));
          publishesAgain(others.get(1), player);
        } finally {
          cluster.restart(home);
        }
      }
    }
  }

  /** As an encoder does: until its place is free. */
  private void publishesAgain(int member, TestPeer player) throws Exception {
    List<TestPeer> tries = new ArrayList<>();
    try {
      eventually(
          "it is taken again",
          () -> {
            TestPeer next = TestPeer.open();
            tries.add(next);
            return next.connect(
                    cluster.url(member, "/whip/" + room), OfferSpec.publisher(Codec.VP8))
                .status();
          },
          status -> status == 201);
      TestPeer again = tries.get(tries.size() - 1);
      again.awaitConnected(SOON);
      again.video(VideoSettings.defaults()).start();
      int before = videoPackets(player);
      player.await("picture of another home", SOON, () -> videoPackets(player) > before + 150);
      assertThat(player.isClosedByRemote()).isFalse();
    } finally {
      tries.forEach(TestPeer::close);
    }
  }

  /** As behind a cut cable: it neither answers nor says that it has gone. */
  @Test
  void a_bridge_that_hangs_serves_its_players_again() throws Exception {
    try (TestPeer publisher = publisher(OfferSpec.publisher(Codec.VP8))) {
      publisher.video(VideoSettings.defaults()).start();
      int home = home(publisher);
      int apart = cluster.others(home).get(0);
      try (TestPeer player = player(apart);
          TestPeer atHome = player(home)) {
        player.awaitVideoPackets(50, SOON);
        cluster.suspend(apart);
        try {
          cluster.awaitMissed(home);
          int before = videoPackets(atHome);
          atHome.await("it goes on at home", SOON, () -> videoPackets(atHome) > before + 50);
        } finally {
          cluster.resume(apart);
        }
        int before = videoPackets(player);
        player.await("picture again", SOON, () -> videoPackets(player) > before + 150);
        assertThat(player.isClosedByRemote()).isFalse();
      }
    }
  }

  @Test
  void nothing_is_left_of_it() throws Exception {
    try (TestPeer publisher = publisher(OfferSpec.publisher(Codec.VP8))) {
      publisher.video(VideoSettings.defaults()).start();
      List<Integer> others = cluster.others(home(publisher));
      try (TestPeer inner = player(others.get(0));
          TestPeer leaf = player(others.get(1))) {
        leaf.awaitVideoPackets(50, SOON);
        inner.hangUp();
        leaf.hangUp();
      }
      for (int member : others) {
        eventually(
            Duration.ofSeconds(60),
            "member " + member + " is empty while the publisher goes on",
            cluster.state(member)::isEmpty);
      }
      publisher.hangUp();
    }
    for (int member : cluster.others()) {
      eventually(Duration.ofSeconds(60), "nobody is there", cluster.state(member)::isEmpty);
    }
  }

  /** Sent to the room's home, whichever that is. */
  private TestPeer publisher(OfferSpec offer) {
    return connected(cluster.url(0, "/whip/" + room), offer);
  }

  private static int home(TestPeer publisher) {
    return cluster.member(publisher.session().orElseThrow());
  }

  private TestPeer player(int member) {
    return player(member, Codec.VP8);
  }

  private TestPeer player(int member, Codec codec) {
    return connected(cluster.url(member, "/whep/" + room), otherNumbers(codec));
  }
}
