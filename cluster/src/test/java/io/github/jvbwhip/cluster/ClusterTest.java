package io.github.jvbwhip.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvbwhip.cluster.RealCluster.Peer;
import io.github.jvbwhip.core.bridge.Bridge.Approach;
import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.ReconnectRequest;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.Visit;
import io.github.jvbwhip.core.relay.ClusterView;
import io.github.jvbwhip.core.relay.RelayedStream;
import io.github.jvbwhip.core.threads.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Members over HTTP: all of the module but media. */
@Timeout(120)
class ClusterTest {
  private static final RoomName ROOM = new RoomName("room");
  private static final RelayedStream STREAM = FakeRelays.stream("main", 1000, 1_000_000);
  private static final String ENDPOINT = STREAM.endpointId();

  private static Visit visit(Approach approach) {
    return new Visit(ROOM, Optional.empty(), approach, List.of(), false);
  }

  private static boolean sees(Peer peer) {
    return peer.relays().seen(ROOM).contains(ENDPOINT);
  }

  private static void awaitAllKnown(RealCluster all, int number) {
    Await.until(
        "all know each other",
        () ->
            all.members.stream()
                .allMatch(
                    peer ->
                        peer.cluster().view().members().stream()
                                .filter(ClusterView.MemberView::healthy)
                                .count()
                            == number - 1));
  }

  @Test
  void a_room_is_watched_on_another_member_and_nothing_is_left() throws Exception {
    try (RealCluster all = new RealCluster(3)) {
      all.startAll(8);
      awaitAllKnown(all, 3); // Though none knows those that start later by its configuration.
      Peer home = all.inOrder(ROOM).get(0);
      Peer leaf = all.inOrder(ROOM).get(1);
      assertThatThrownBy(() -> leaf.cluster().bridge().approach(visit(Approach.PUBLISH)).get())
          .cause()
          .isInstanceOfSatisfying(
              BridgeException.class,
              e -> assertThat(e.elsewhere()).contains(home.name() + "/whip"));
      home.cluster().bridge().approach(visit(Approach.PUBLISH)).get(10, TimeUnit.SECONDS);
      home.relays().publish(ROOM, STREAM);
      Await.until(
          "the leaf knows of it",
          () ->
              leaf.cluster().view().members().stream()
                  .anyMatch(each -> each.url().equals(home.name()) && each.rooms() == 1));

      leaf.cluster().bridge().approach(visit(Approach.WATCH)).get(10, TimeUnit.SECONDS);
      assertThat(leaf.relays().seen(ROOM, ENDPOINT)).contains(STREAM);
      leaf.relays().watch(ROOM, 3);
      home.relays().watch(ROOM, 1);
      Await.until("viewers are summed", () -> home.relays().viewers(ROOM) == 4);
      Await.until("on both", () -> leaf.relays().viewers(ROOM) == 4);
      Await.until(
          "it is in the view",
          () ->
              home.cluster().view().links().stream()
                  .anyMatch(
                      each ->
                          each.viewers() == 3
                              && each.depth() == 1
                              && each.direction() == ClusterView.Direction.DOWN));

      leaf.relays().watch(ROOM, 0);
      Await.until("the link ends", () -> all.sides() == 0);
      home.relays().unpublish(ROOM, ENDPOINT);
      Await.until(
          "nobody is its home",
          () -> leaf.cluster().view().members().stream().allMatch(each -> each.rooms() == 0));
    }
  }

  @Test
  void an_inner_member_that_dies_is_replaced_and_comes_back() throws Exception {
    try (RealCluster all = new RealCluster(5)) {
      all.startAll(1);
      awaitAllKnown(all, 5);
      List<Peer> members = all.inOrder(ROOM);
      Peer home = members.get(0);
      home.relays().publish(ROOM, STREAM);
      members.forEach(peer -> peer.relays().watch(ROOM, 1));
      Await.until(
          "all see it",
          () -> all.edges(ROOM).size() == 4 && members.stream().allMatch(ClusterTest::sees));
      Await.until(
          "viewers are summed over the chain",
          () -> members.stream().allMatch(peer -> peer.relays().viewers(ROOM) == 5));

      String child =
          Await.until("its child", () -> home.cluster().view().links(), links -> links.size() == 1)
              .get(0)
              .peer();
      Peer inner = all.member(child);
      all.cutOff(inner, true);
      List<Peer> others = members.stream().filter(peer -> peer != inner).toList();
      long begin = System.nanoTime();
      Await.until(
          "the others are linked anew",
          () -> all.edges(ROOM).size() == 3 && others.stream().allMatch(ClusterTest::sees));
      Await.until(
          "and it is not counted",
          () -> others.stream().allMatch(peer -> peer.relays().viewers(ROOM) == 4));
      // Of which DEAD_AFTER until it is noticed.
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));

      all.cutOff(inner, false);
      Await.until(
          "it is back",
          () -> all.edges(ROOM).size() == 4 && members.stream().allMatch(ClusterTest::sees));
      Await.until(
          "and counted", () -> members.stream().allMatch(peer -> peer.relays().viewers(ROOM) == 5));
    }
  }

  @Test
  void a_home_that_leaves_is_replaced_at_once() throws Exception {
    try (RealCluster all = new RealCluster(3)) {
      all.startAll(8);
      awaitAllKnown(all, 3);
      List<Peer> members = all.inOrder(ROOM);
      members.get(1).relays().publish(ROOM, STREAM); // It came before it could be redirected.
      members.get(2).relays().watch(ROOM, 1);
      members.get(0).relays().watch(ROOM, 1);
      Await.until("all see it", () -> members.stream().allMatch(ClusterTest::sees));

      Peer home = all.member(members.get(1).cluster().view().self());
      members.get(0).cluster().close();
      members.get(0).relays().die();
      Await.until(
          "they have each other",
          () ->
              all.edges(ROOM).equals(List.of(List.of(members.get(2).name(), members.get(1).name())))
                  && sees(members.get(2)));
      assertThat(home.cluster().view().self()).isEqualTo(members.get(1).name());
    }
  }

  @Test
  void members_are_found_in_the_dns_as_it_changes() throws Exception {
    AtomicReference<Optional<List<String>>> found = new AtomicReference<>(Optional.empty());
    DnsWatch.Lookup lookup =
        () -> found.get().orElseThrow(() -> new IOException("the DNS does not answer"));
    try (RealCluster all = new RealCluster(3)) {
      Peer first = all.start(0, 8, List.of(), Optional.of(lookup));
      first.cluster().bridge().approach(visit(Approach.PUBLISH)).get(10, TimeUnit.SECONDS);
      all.start(1, 8, List.of(), Optional.empty());
      // Another name of the first one, and one where nobody is yet.
      found.set(
          Optional.of(
              List.of(
                  all.urls.get(0).replace("127.0.0.1", "localhost"),
                  all.urls.get(1),
                  all.urls.get(2))));
      Await.until("the second is found", () -> healthy(first) == 1);
      found.set(Optional.empty());
      all.start(2, 8, List.of(), Optional.empty());
      Await.until("the third is found, though there is no answer now", () -> healthy(first) == 2);
      assertThat(first.cluster().view().members())
          .extracting(ClusterView.MemberView::url)
          .containsExactlyInAnyOrder(all.urls.get(1), all.urls.get(2));
    }
  }

  private static long healthy(Peer peer) {
    return peer.cluster().view().members().stream().filter(ClusterView.MemberView::healthy).count();
  }

  @Test
  void players_of_a_bridge_that_drains_hear_where_to_go() throws Exception {
    try (RealCluster all = new RealCluster(2)) {
      all.startAll(8);
      awaitAllKnown(all, 2);
      Peer one = all.members.get(0);
      Peer other = all.members.get(1);
      BlockingQueue<ReconnectRequest> heard = new LinkedBlockingQueue<>();
      try (var registration = one.cluster().bridge().observeReconnects(ROOM, heard::add)) {
        assertThat(registration).isNotNull();
        Await.until(
            "it knows where",
            () -> one.cluster().bridge().refuge(ROOM).equals(Optional.of(other.name() + "/whep")));
        assertThat(one.cluster().bridge().instead(visit(Approach.WATCH)).get(10, TimeUnit.SECONDS))
            .contains(other.name() + "/whep");
        assertThat(
                one.cluster().bridge().instead(visit(Approach.PUBLISH)).get(10, TimeUnit.SECONDS))
            .contains(other.name() + "/whip");
        one.bridge().askReconnect(ROOM, Optional.of("https://there"));
        assertThat(heard.take().url()).contains("https://there");
      }
    }
  }

  @Test
  void all_else_is_the_bridges_own() throws Exception {
    try (RealCluster all = new RealCluster(1)) {
      all.startAll(8);
      Peer one = all.members.get(0);
      var bridge = one.cluster().bridge();
      assertThat(bridge.name()).isEqualTo(one.bridge().name());
      assertThat(bridge.capabilities()).isEqualTo(one.bridge().capabilities());
      assertThat(bridge.availability()).isEqualTo(one.bridge().availability());
      assertThat(bridge.rooms()).isEmpty();
      assertThat(bridge.path(ROOM)).isEmpty();
      bridge.approach(visit(Approach.PUBLISH)).get(10, TimeUnit.SECONDS);
      bridge.approach(visit(Approach.WATCH)).get(10, TimeUnit.SECONDS);
      assertThat(all.sides()).isZero();
    }
  }
}
