package io.github.jvbwhip.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvbwhip.cluster.wire.LinkAnswer;
import io.github.jvbwhip.cluster.wire.LinkRequest;
import io.github.jvbwhip.cluster.wire.Messages;
import io.github.jvbwhip.core.bridge.Availability;
import io.github.jvbwhip.core.bridge.Bridge.Approach;
import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.ReconnectRequest;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.relay.ClusterView;
import io.github.jvbwhip.core.relay.RelayedStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** What members do, by a clock that the test moves. */
class TreeTest {
  private static final RoomName ROOM = new RoomName("room");
  private static final Duration MEDIA = Duration.ofSeconds(5);
  private static final RelayedStream STREAM = FakeRelays.stream("main", 1000, 1_000_000);
  private static final String ENDPOINT = STREAM.endpointId();

  private final List<String> names = Simulation.names(5);

  private Simulation cluster(int maxLinks) {
    return cluster(maxLinks, 5);
  }

  private Simulation cluster(int maxLinks, int number) {
    List<String> few = names.subList(0, number);
    Simulation all = new Simulation(7, self -> Simulation.config(self, few, maxLinks));
    few.forEach(all::start);
    all.guard(ROOM);
    all.run(Duration.ofSeconds(3));
    return all;
  }

  private static String home(Simulation all) {
    return Homes.first(ROOM, all.living().stream().map(node -> node.name).toList()).orElseThrow();
  }

  private List<String> others(Simulation all, String but) {
    return all.living().stream().map(node -> node.name).filter(name -> !name.equals(but)).toList();
  }

  private static boolean sees(Simulation all, String name) {
    return all.node(name).relays.seen(ROOM).contains(ENDPOINT);
  }

  private static boolean allSee(Simulation all) {
    return all.living().stream().allMatch(node -> sees(all, node.name));
  }

  /** A member that sees what is published at home. */
  private String watchedFrom(Simulation all, String home) {
    String leaf = others(all, home).get(0);
    all.node(home).relays.publish(ROOM, STREAM);
    all.node(leaf).relays.watch(ROOM, 1);
    all.runUntil("it is seen", Duration.ofSeconds(4), () -> sees(all, leaf));
    return leaf;
  }

  @Test
  void a_room_is_watched_on_another_member() {
    Simulation all = cluster(8);
    String home = home(all);
    String leaf = others(all, home).get(0);
    all.node(home).relays.publish(ROOM, STREAM);
    all.node(home).relays.watch(ROOM, 2);
    all.run(Duration.ofMillis(200));
    assertThat(all.wires.sides()).isZero();

    all.node(leaf).relays.watch(ROOM, 3);
    all.runUntil("the leaf sees it", Duration.ofSeconds(1), () -> sees(all, leaf));
    all.run(Duration.ofSeconds(2));
    assertThat(all.node(leaf).relays.seen(ROOM, ENDPOINT)).contains(STREAM);
    assertThat(all.node(home).relays.viewers(ROOM)).isEqualTo(5);
    assertThat(all.node(leaf).relays.viewers(ROOM)).isEqualTo(5);
    assertThat(all.node(leaf).node.view().links())
        .singleElement()
        .satisfies(
            link -> {
              assertThat(link.direction()).isEqualTo(ClusterView.Direction.UP);
              assertThat(link.depth()).isEqualTo(1);
              assertThat(link.peer()).isEqualTo(home);
            });
    assertThat(all.node(home).node.view().links())
        .singleElement()
        .satisfies(link -> assertThat(link.viewers()).isEqualTo(3));
  }

  @Test
  void a_link_lingers_and_then_nothing_is_left() {
    Simulation all = cluster(8);
    String home = home(all);
    String leaf = others(all, home).get(0);
    all.node(home).relays.publish(ROOM, STREAM);
    all.node(leaf).relays.watch(ROOM, 1);
    all.run(Duration.ofSeconds(2));
    all.node(leaf).relays.watch(ROOM, 0);
    all.run(Duration.ofSeconds(29));
    assertThat(sees(all, leaf)).isTrue();
    all.node(leaf).relays.watch(ROOM, 1);
    all.run(Duration.ofSeconds(40));
    assertThat(all.wires.edges(ROOM)).hasSize(1);

    all.node(leaf).relays.watch(ROOM, 0);
    all.runUntil("it ends", Duration.ofSeconds(32), () -> all.wires.sides() == 0);
    all.node(home).relays.unpublish(ROOM, ENDPOINT);
    all.run(Duration.ofSeconds(2));
    assertNothingLeft(all);
  }

  private static void assertNothingLeft(Simulation all) {
    assertThat(all.wires.sides()).isZero();
    all.living()
        .forEach(
            node -> {
              assertThat(node.node.tree().links()).isEmpty();
              assertThat(node.node.view().members()).allMatch(member -> member.rooms() == 0);
              assertThat(node.node.tree().isEmpty()).isTrue();
            });
  }

  @Test
  void with_one_link_each_five_members_are_a_chain() {
    Simulation all = cluster(1);
    String home = home(all);
    all.node(home).relays.publish(ROOM, STREAM);
    others(all, home).forEach(name -> all.node(name).relays.watch(ROOM, 1));
    all.runUntil("all see it", Duration.ofSeconds(8), () -> allSee(all));
    all.run(Duration.ofSeconds(5));
    assertThat(all.wires.edges(ROOM)).hasSize(4);
    assertThat(all.living()).allMatch(node -> node.relays.links(ROOM) <= 2);
    assertThat(all.living()).allMatch(node -> node.relays.viewers(ROOM) == 4);
    assertThat(
            all.living().stream()
                .flatMap(node -> node.node.view().links().stream())
                .mapToInt(ClusterView.LinkView::depth)
                .max())
        .hasValue(4);

    // The first of the chain leaves its viewer: it still passes the room on.
    others(all, home).forEach(name -> all.node(name).relays.watch(ROOM, 0));
    all.node(home).relays.unpublish(ROOM, ENDPOINT);
    all.run(Duration.ofSeconds(140));
    assertNothingLeft(all);
  }

  @Test
  void a_publisher_on_a_leaf_is_seen_everywhere() {
    Simulation all = cluster(1);
    String home = home(all);
    String leaf = others(all, home).get(0);
    all.node(leaf).relays.publish(ROOM, STREAM);
    all.living().forEach(node -> node.relays.watch(ROOM, 1));
    all.runUntil("all see it", Duration.ofSeconds(8), () -> allSee(all));
    all.node(leaf).relays.unpublish(ROOM, ENDPOINT);
    all.runUntil(
        "nobody sees it",
        Duration.ofSeconds(2),
        () -> all.living().stream().noneMatch(node -> sees(all, node.name)));
  }

  @Test
  void what_an_inner_member_leaves_behind_is_linked_anew() {
    Simulation all = cluster(1);
    String home = home(all);
    all.node(home).relays.publish(ROOM, STREAM);
    others(all, home).forEach(name -> all.node(name).relays.watch(ROOM, 1));
    all.runUntil("all see it", Duration.ofSeconds(8), () -> allSee(all));
    String inner =
        all.node(home).node.view().links().stream()
            .map(ClusterView.LinkView::peer)
            .findFirst()
            .orElseGet(() -> firstChild(all, home));
    all.node(inner).die();
    all.run(Duration.ofSeconds(4));
    all.runUntil(
        "all see it again",
        MEDIA.minusSeconds(2),
        () -> all.wires.edges(ROOM).size() == 3 && allSee(all));
  }

  private static String firstChild(Simulation all, String home) {
    all.run(Duration.ofSeconds(1));
    return all.node(home).node.view().links().get(0).peer();
  }

  @Test
  void when_the_home_dies_another_member_takes_its_place() {
    Simulation all = cluster(8);
    String home = home(all);
    String leaf = others(all, home).get(0);
    all.node(leaf).relays.publish(ROOM, STREAM);
    all.living().forEach(node -> node.relays.watch(ROOM, 1));
    all.runUntil("all see it", Duration.ofSeconds(4), () -> allSee(all));

    all.node(home).die();
    all.run(Duration.ofSeconds(4));
    Duration took =
        all.runUntil(
            "all see it again", MEDIA, () -> all.wires.edges(ROOM).size() == 3 && allSee(all));
    assertThat(took).isLessThan(MEDIA);

    // It comes back as another process, and the room stays where it lives.
    String next = home(all);
    all.start(home);
    all.node(home).relays.watch(ROOM, 1);
    all.runUntil("the one that was home sees it", MEDIA, () -> sees(all, home));
    all.run(Duration.ofSeconds(5));
    assertThat(all.node(home).node.tree().home(ROOM)).isEqualTo(next);
    assertThat(all.node(next).node.tree().path(ROOM)).containsExactly(next);
  }

  @Test
  void a_member_that_is_restarted_at_once_has_no_links_of_its_predecessor() {
    Simulation all = cluster(8);
    String home = home(all);
    String leaf = watchedFrom(all, home);
    all.node(leaf).die();
    all.start(leaf);
    all.runUntil(
        "no half link", Duration.ofSeconds(2), () -> all.node(home).relays.links(ROOM) == 0);
  }

  @Test
  void two_parts_that_each_had_the_room_become_one() {
    Simulation all = cluster(8);
    String home = home(all);
    List<String> others = others(all, home);
    String second = Homes.first(ROOM, others).orElseThrow();
    List<String> part = others.stream().filter(name -> !name.equals(second)).toList();
    RelayedStream other = FakeRelays.stream("other", 5000, 1);
    all.node(second).relays.publish(ROOM, other);
    all.node(home).relays.publish(ROOM, STREAM);
    all.living().forEach(node -> node.relays.watch(ROOM, 1));
    Set<String> both = Set.of(ENDPOINT, other.endpointId());
    all.runUntil(
        "all see both",
        MEDIA,
        () -> all.living().stream().allMatch(n -> n.relays.seen(ROOM).equals(both)));

    others.forEach(name -> all.cut(home, name, true));
    all.runUntil(
        "two parts",
        Duration.ofSeconds(10),
        () ->
            all.node(home).relays.seen(ROOM).equals(Set.of(ENDPOINT))
                && others.stream()
                    .allMatch(
                        name ->
                            all.node(name).relays.seen(ROOM).equals(Set.of(other.endpointId()))));
    assertThat(all.node(second).node.tree().path(ROOM)).containsExactly(second);
    assertThat(part).hasSize(3);

    others.forEach(name -> all.cut(home, name, false));
    all.runUntil(
        "one room",
        Duration.ofSeconds(10),
        () -> all.living().stream().allMatch(n -> n.relays.seen(ROOM).equals(both)));
    all.run(Duration.ofSeconds(2));
    assertThat(all.node(second).node.tree().home(ROOM)).isEqualTo(home);
    assertThat(all.wires.edges(ROOM)).hasSize(4);
    assertThat(all.living()).allMatch(node -> node.relays.viewers(ROOM) == 5);
  }

  @Test
  void a_link_without_media_is_made_anew() {
    Simulation all = cluster(8);
    String home = home(all);
    String leaf = watchedFrom(all, home);
    all.run(Duration.ofSeconds(2));
    String id = all.node(leaf).node.tree().links().findFirst().orElseThrow().id();
    all.wires.cut(home, leaf, true);
    all.run(Duration.ofSeconds(6));
    all.wires.cut(home, leaf, false);
    all.runUntil("it is joined again", MEDIA, () -> all.wires.edges(ROOM).size() == 1);
    all.runUntil("it is seen again", MEDIA, () -> sees(all, leaf));
    assertThat(all.node(leaf).node.tree().links().findFirst().orElseThrow().id()).isNotEqualTo(id);
  }

  @Test
  void a_publisher_that_stalls_costs_no_link() {
    Simulation all = cluster(8);
    String home = home(all);
    String leaf = watchedFrom(all, home);
    all.run(Duration.ofSeconds(2));
    String id = all.node(leaf).node.tree().links().findFirst().orElseThrow().id();

    RelayedStream slower = FakeRelays.stream("main", 1000, 900_000);
    RelayedStream stalled = FakeRelays.stream("main", 1000, 0);
    all.node(home).relays.publish(ROOM, slower); // What is not urgent waits for two seconds now.
    all.run(Duration.ofMillis(100));
    all.wires.cut(home, leaf, true);
    all.node(home).relays.publish(ROOM, stalled);
    all.runUntil(
        "it is told at once",
        Duration.ofSeconds(1),
        () -> all.node(leaf).relays.seen(ROOM, ENDPOINT).equals(Optional.of(stalled)));
    all.run(Duration.ofSeconds(30));
    all.node(home).relays.publish(ROOM, STREAM);
    all.runUntil(
        "that too",
        Duration.ofSeconds(1),
        () -> all.node(leaf).relays.seen(ROOM, ENDPOINT).equals(Optional.of(STREAM)));
    all.run(Duration.ofSeconds(2));
    assertThat(all.node(leaf).node.tree().links().findFirst().orElseThrow().id()).isEqualTo(id);

    all.runUntil(
        "then it is dead",
        Duration.ofSeconds(4),
        () -> all.node(leaf).node.tree().links().noneMatch(link -> link.id().equals(id)));
  }

  @Test
  void of_two_streams_of_one_name_that_nearer_to_the_home_stays() {
    Simulation all = cluster(1);
    String home = home(all);
    List<String> others = others(all, home);
    all.node(home).relays.publish(ROOM, STREAM);
    all.node(others.get(0)).relays.watch(ROOM, 1);
    all.run(Duration.ofSeconds(2));
    // Its publisher came before it has heard of the other one: over two links.
    all.node(others.get(1)).relays.publish(ROOM, FakeRelays.stream("main", 9000, 1));
    all.node(others.get(2)).relays.publish(ROOM, FakeRelays.stream("third", 1000, 1));
    all.run(Duration.ofSeconds(6));
    assertThat(all.node(others.get(1)).relays.endedPublishers)
        .containsExactly("ep-main-9000 EXPIRED");
    assertThat(all.node(others.get(2)).relays.endedPublishers)
        .containsExactly("ep-third-1000 SSRC_IN_USE");
    assertThat(all.node(home).relays.endedPublishers).isEmpty();
    all.node(others.get(1)).relays.watch(ROOM, 1);
    all.run(Duration.ofSeconds(4));
    assertThat(all.node(others.get(1)).relays.seen(ROOM)).containsExactly(ENDPOINT);
  }

  @Test
  void bitrates_are_told_seldom_and_viewers_more_often() {
    Simulation all = cluster(8, 2);
    String home = home(all);
    String leaf = others(all, home).get(0);
    all.node(home).relays.publish(ROOM, STREAM);
    all.node(leaf).relays.watch(ROOM, 1);
    all.run(Duration.ofSeconds(5));
    RelayedStream faster = FakeRelays.stream("main", 1000, 2_000_000);
    all.node(home).relays.publish(ROOM, faster);
    all.run(Duration.ofMillis(200));
    RelayedStream fastest = FakeRelays.stream("main", 1000, 3_000_000);
    all.node(home).relays.publish(ROOM, fastest);
    all.run(Duration.ofMillis(500));
    assertThat(all.node(leaf).relays.seen(ROOM, ENDPOINT)).contains(faster);
    all.run(Duration.ofMillis(2000));
    assertThat(all.node(leaf).relays.seen(ROOM, ENDPOINT)).contains(fastest);

    all.node(leaf).relays.watch(ROOM, 2);
    all.run(Duration.ofMillis(100));
    all.node(leaf).relays.watch(ROOM, 3);
    all.run(Duration.ofMillis(100));
    assertThat(all.node(home).relays.viewers(ROOM)).isEqualTo(2);
    all.run(Duration.ofMillis(600));
    assertThat(all.node(home).relays.viewers(ROOM)).isEqualTo(3);
  }

  @Test
  void who_comes_to_watch_waits_until_the_room_is_there() {
    Simulation all = cluster(8);
    String home = home(all);
    String leaf = others(all, home).get(0);
    CompletableFuture<Void> nothing = all.node(leaf).node.approach(ROOM, Approach.WATCH, false);
    all.run(Duration.ofMillis(5));
    assertThat(nothing).isCompleted();

    all.node(home).relays.publish(ROOM, STREAM);
    all.run(Duration.ofMillis(200));
    CompletableFuture<Void> link = all.node(leaf).node.approach(ROOM, Approach.WATCH, false);
    assertThat(link).isNotDone();
    all.runUntil("it is there", Duration.ofSeconds(1), link::isDone);
    assertThat(link).isCompleted();
    assertThat(sees(all, leaf)).isTrue();

    // Where the bridge makes no links, the player is taken nevertheless.
    String third = others(all, home).get(1);
    all.node(third).relays.refuseLinks(true);
    CompletableFuture<Void> late = all.node(third).node.approach(ROOM, Approach.WATCH, false);
    all.run(Duration.ofMillis(2900));
    assertThat(late).isNotDone();
    all.run(Duration.ofMillis(200));
    assertThat(late).isCompleted();
  }

  /** Whoever runs it links the bridges of a meeting: those who want to see it are sent to one. */
  @Test
  void the_meeting_lives_where_its_publisher_is_and_is_watched_where_it_is_seen() {
    Simulation all = cluster(8);
    RoomName meeting = new RoomName("meeting1");
    String hashed = Homes.first(meeting, names).orElseThrow();
    String other = others(all, hashed).get(0);
    all.node(other).relays.publish(meeting, STREAM);
    all.node(hashed).relays.watch(meeting, 1);
    all.run(Duration.ofSeconds(3));
    assertThat(all.node(hashed).node.tree().home(meeting)).isEqualTo(other);
    assertThat(all.node(other).node.tree().path(meeting)).containsExactly(other);
    assertThat(all.node(hashed).relays.seen(meeting)).isEmpty();
    assertThatThrownBy(() -> approach(all, hashed, meeting, Approach.WATCH, false))
        .isInstanceOfSatisfying(
            BridgeException.class, e -> assertThat(e.elsewhere()).contains(other + "/whep"));
    assertThatCode(() -> approach(all, hashed, meeting, Approach.WATCH, true))
        .doesNotThrowAnyException();
    assertThatCode(() -> approach(all, other, meeting, Approach.WATCH, false))
        .doesNotThrowAnyException();
  }

  @Test
  void a_member_that_leaves_is_missed_at_once() {
    Simulation all = cluster(8);
    String home = home(all);
    String leaf = others(all, home).get(0);
    all.node(leaf).relays.publish(ROOM, STREAM);
    others(all, leaf).forEach(name -> all.node(name).relays.watch(ROOM, 1));
    all.runUntil("all see it", MEDIA, () -> allSee(all));
    var unused = all.node(home).node.close();
    all.run(Duration.ofMillis(500));
    all.node(home).die();
    all.runUntil("all others see it", Duration.ofSeconds(2), () -> allSee(all));
  }

  @Test
  void publishers_go_to_the_home_and_players_where_room_is() {
    List<String> three = names.subList(0, 3);
    Simulation all =
        new Simulation(
            3,
            self ->
                new ClusterConfig(
                    true,
                    self,
                    three,
                    Optional.empty(),
                    Duration.ofSeconds(30),
                    "x".repeat(32),
                    ClusterConfig.Publish.HOME,
                    8,
                    10,
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(4),
                    Duration.ofSeconds(3)));
    three.forEach(all::start);
    all.run(Duration.ofSeconds(3));
    String home = home(all);
    List<String> others = others(all, home);

    assertThatThrownBy(() -> approach(all, others.get(0), Approach.PUBLISH))
        .isInstanceOfSatisfying(
            BridgeException.class, e -> assertThat(e.elsewhere()).contains(home + "/whip"));
    assertThat(approached(all, home)).isTrue();
    assertThat(
            all.node(others.get(0))
                .node
                .approach(new RoomName("meeting2"), Approach.PUBLISH, false))
        .satisfies(
            done -> {
              all.run(Duration.ofMillis(10));
              assertThat(done).isCompleted();
            });

    all.node(others.get(0)).relays.watch(ROOM, 10);
    all.node(home).relays.watch(ROOM, 4);
    all.node(others.get(1)).relays.watch(ROOM, 3);
    all.run(Duration.ofSeconds(3));
    assertThatThrownBy(() -> approach(all, others.get(0), Approach.WATCH))
        .isInstanceOfSatisfying(
            BridgeException.class,
            e -> assertThat(e.elsewhere()).contains(others.get(1) + "/whep"));
    assertThat(all.node(others.get(0)).node.refuge(ROOM, true)).isPresent();

    // A home that drains takes none: the publisher stays where it came.
    all.node(home).availability = Availability.draining(Optional.empty());
    all.run(Duration.ofSeconds(2));
    String next = Homes.first(ROOM, others).orElseThrow();
    assertThat(all.node(others.get(0)).node.tree().home(ROOM)).isEqualTo(next);
  }

  private static void approach(Simulation all, String name, Approach approach) throws Exception {
    approach(all, name, ROOM, approach, false);
  }

  private static void approach(
      Simulation all, String name, RoomName room, Approach approach, boolean seen)
      throws Exception {
    CompletableFuture<Void> done = all.node(name).node.approach(room, approach, seen);
    all.run(Duration.ofMillis(10));
    try {
      done.getNow(null);
    } catch (java.util.concurrent.CompletionException e) {
      throw (Exception) e.getCause();
    }
  }

  private static boolean approached(Simulation all, String name) {
    CompletableFuture<Void> done = all.node(name).node.approach(ROOM, Approach.PUBLISH, false);
    all.run(Duration.ofMillis(10));
    return done.isDone() && !done.isCompletedExceptionally();
  }

  @Test
  void below_an_inner_member_comes_only_who_has_nobody_below_and_is_not_above() {
    Simulation all = cluster(1, 3);
    String home = home(all);
    all.node(home).relays.publish(ROOM, STREAM);
    others(all, home).forEach(name -> all.node(name).relays.watch(ROOM, 1));
    all.runUntil("all see it", MEDIA, () -> allSee(all));
    String inner = all.node(home).node.tree().links().findFirst().orElseThrow().peer();
    String leaf =
        others(all, home).stream().filter(name -> !name.equals(inner)).findFirst().orElseThrow();
    assertThat(all.node(leaf).node.tree().path(ROOM)).containsExactly(leaf, inner, home);

    assertThat(link(all, "http://x", inner, false))
        .isEqualTo(new LinkAnswer.Elsewhere(home, false));
    assertThat(link(all, "http://x", inner, true)).isEqualTo(new LinkAnswer.Elsewhere(leaf, true));
    assertThat(link(all, "http://x", home, false)).isEqualTo(new LinkAnswer.Elsewhere(inner, true));
    assertThat(link(all, home, leaf, true))
        .isEqualTo(new LinkAnswer.Refused("it would be a cycle"));
    assertThat(link(all, inner, leaf, true)).isInstanceOf(LinkAnswer.Refused.class);
    assertThat(link(all, "http://x", leaf, true)).isInstanceOf(LinkAnswer.Linked.class);
  }

  @Test
  void who_is_being_linked_takes_nobody() {
    Simulation all = cluster(8, 3);
    String home = home(all);
    String leaf = others(all, home).get(0);
    all.node(home).relays.publish(ROOM, STREAM);
    all.run(Duration.ofSeconds(1));
    CompletableFuture<Void> coming = all.node(leaf).node.approach(ROOM, Approach.WATCH, false);
    all.run(Duration.ZERO);
    assertThat(link(all, "http://x", leaf, true)).isInstanceOf(LinkAnswer.Refused.class);
    all.runUntil("it is there", MEDIA, coming::isDone);
    all.node(leaf).relays.watch(ROOM, 1);
    all.run(Duration.ofSeconds(1));
    assertThat(link(all, "http://x", leaf, true)).isInstanceOf(LinkAnswer.Linked.class);
  }

  private static LinkAnswer link(Simulation all, String from, String to, boolean leaf) {
    CompletableFuture<LinkAnswer> answer =
        all.node(to)
            .node
            .answers()
            .link(
                from,
                new LinkRequest(ROOM, "id" + all.random.nextInt(), "x", Messages.TRANSPORT, leaf));
    for (int i = 0; i < 400 && !answer.isDone(); i++) {
      all.run(Duration.ofMillis(1));
    }
    return answer.join();
  }

  private Optional<String> instead(Simulation all, String name, RoomName room, Approach approach) {
    return instead(all, name, room, approach, true);
  }

  private Optional<String> instead(
      Simulation all, String name, RoomName room, Approach approach, boolean seen) {
    CompletableFuture<Optional<String>> answer = all.node(name).node.instead(room, approach, seen);
    all.run(Duration.ofMillis(10));
    return answer.join();
  }

  @Test
  void who_cannot_be_taken_goes_to_a_member_with_room() {
    Simulation all = cluster(8, 3);
    String home = home(all);
    List<String> others = others(all, home);
    String next = Homes.first(ROOM, others).orElseThrow();
    String last = others.stream().filter(name -> !name.equals(next)).findFirst().orElseThrow();
    // Publishers go to the home, or from there to the one that would be next.
    assertThat(instead(all, last, ROOM, Approach.PUBLISH)).contains(home + "/whip");
    assertThat(instead(all, home, ROOM, Approach.PUBLISH)).contains(next + "/whip");
    all.node(home).relays.publish(ROOM, STREAM);
    all.run(Duration.ofSeconds(1));
    all.node(home).availability = Availability.draining(Optional.empty());
    all.run(Duration.ofSeconds(2));
    assertThat(instead(all, last, ROOM, Approach.PUBLISH)).contains(next + "/whip");

    all.node(next).relays.watch(ROOM, 4);
    all.run(Duration.ofSeconds(2));
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      sent.add(instead(all, home, ROOM, Approach.WATCH).orElseThrow());
    }
    assertThat(sent.subList(0, 4)).containsOnly(last + "/whep");
    assertThat(sent).filteredOn((next + "/whep")::equals).hasSize(3);

    all.node(next).availability = Availability.overloaded(Optional.empty(), "Test.");
    all.node(last).availability = Availability.overloaded(Optional.empty(), "Test.");
    all.run(Duration.ofSeconds(2));
    assertThat(instead(all, home, ROOM, Approach.WATCH)).isEmpty();
    assertThat(instead(all, home, ROOM, Approach.PUBLISH)).isEmpty();
    assertThat(all.node(home).node.refuge(ROOM, true)).isEmpty();
  }

  /** No other member shows it: nobody links it there. */
  @Test
  void players_of_a_meeting_are_sent_to_its_home_or_nowhere() {
    RoomName meeting = new RoomName("meeting1");
    Simulation all = cluster(8, 3);
    String home = names.get(0);
    String other = names.get(1);
    assertThat(instead(all, other, meeting, Approach.WATCH, false)).isPresent();
    all.node(home).relays.publish(meeting, STREAM);
    all.run(Duration.ofSeconds(2));
    assertThat(instead(all, home, meeting, Approach.WATCH, true)).isEmpty();
    // Whether it is seen there, over others' links, or not.
    assertThat(instead(all, other, meeting, Approach.WATCH, true)).contains(home + "/whep");
    assertThat(instead(all, other, meeting, Approach.WATCH, false)).contains(home + "/whep");

    all.node(home).availability = Availability.draining(Optional.empty());
    all.run(Duration.ofSeconds(2));
    assertThat(instead(all, home, meeting, Approach.WATCH, true)).isEmpty();
    assertThat(instead(all, other, meeting, Approach.WATCH, false)).isEmpty();
    assertThat(instead(all, home, ROOM, Approach.WATCH, true)).isPresent();
    assertThat(instead(all, home, meeting, Approach.PUBLISH, true)).isPresent();
  }

  /** A meeting to which nobody publishes by WHIP is nobody's, and seen by some nevertheless. */
  @Test
  void players_of_a_meeting_that_is_seen_stay_where_no_home_is_known() {
    Simulation all = cluster(8, 2);
    RoomName meeting = new RoomName("meeting1");
    assertThat(instead(all, names.get(0), meeting, Approach.WATCH, true)).isEmpty();
    assertThat(instead(all, names.get(0), meeting, Approach.WATCH, false)).isPresent();
  }

  @Test
  void players_who_come_for_a_meeting_are_not_sent_to_a_home_that_takes_none() {
    Simulation all = cluster(8, 2);
    RoomName meeting = new RoomName("meeting1");
    String home = names.get(0);
    String other = names.get(1);
    all.node(home).relays.publish(meeting, STREAM);
    all.run(Duration.ofSeconds(2));
    assertThatThrownBy(() -> approach(all, other, meeting, Approach.WATCH, false))
        .isInstanceOfSatisfying(
            BridgeException.class, e -> assertThat(e.elsewhere()).contains(home + "/whep"));
    all.node(home).availability = Availability.draining(Optional.empty());
    all.run(Duration.ofSeconds(2));
    assertThatCode(() -> approach(all, other, meeting, Approach.WATCH, false))
        .doesNotThrowAnyException();
  }

  @Test
  void a_home_with_as_many_players_as_it_takes_refuses_those_of_its_meetings() {
    Simulation all = new Simulation(7, self -> Simulation.config(self, names.subList(0, 2), 8, 1));
    names.subList(0, 2).forEach(all::start);
    RoomName meeting = new RoomName("meeting1");
    String home = names.get(0);
    all.run(Duration.ofSeconds(3));
    all.node(home).relays.publish(meeting, STREAM);
    all.node(home).relays.watch(meeting, 1);
    all.run(Duration.ofSeconds(2));
    assertThatThrownBy(() -> approach(all, home, meeting, Approach.WATCH, true))
        .isInstanceOfSatisfying(
            BridgeException.class,
            e -> {
              assertThat(e.elsewhere()).isEmpty();
              assertThat(e.retryAfter()).isPresent();
            });
    assertThatThrownBy(() -> approach(all, home, ROOM, Approach.WATCH, true))
        .isInstanceOfSatisfying(
            BridgeException.class, e -> assertThat(e.elsewhere()).contains(names.get(1) + "/whep"));
  }

  @Test
  void players_that_leave_a_meeting_hear_of_no_other_member() {
    Simulation all = cluster(8, 2);
    RoomName meeting = new RoomName("meeting1");
    ClusterNode node = all.node(names.get(0)).node;
    String other = names.get(1) + "/whep";
    assertThat(node.refuge(meeting, true)).isEmpty();
    assertThat(node.refuge(meeting, false)).contains(other);
    assertThat(node.refuge(ROOM, true)).contains(other);
  }

  @Test
  void who_was_sent_here_stays_and_the_room_comes() {
    Simulation all = new Simulation(7, self -> Simulation.config(self, names.subList(0, 2), 8, 1));
    names.subList(0, 2).forEach(all::start);
    all.run(Duration.ofSeconds(3));
    String home = home(all);
    String leaf = others(all, home).get(0);
    all.node(home).relays.publish(ROOM, STREAM);
    all.node(leaf).relays.watch(new RoomName("other"), 1);
    all.run(Duration.ofSeconds(2));
    CompletableFuture<Void> sent = all.node(leaf).node.bring(ROOM);
    all.run(Duration.ofMillis(5));
    assertThat(sent).isNotDone();
    all.runUntil("it is there", Duration.ofSeconds(1), sent::isDone);
    assertThat(sees(all, leaf)).isTrue();
  }

  @Test
  void players_without_a_way_to_the_home_are_sent_there_after_a_while() {
    Simulation all = cluster(8, 2);
    String home = home(all);
    List<ReconnectRequest> asked = new ArrayList<>();
    String leaf = others(all, home).get(0);
    var observing = all.node(leaf).node.observeReconnects(ROOM, asked::add);
    watchedFrom(all, home);
    all.wires.cut(home, leaf, true);
    all.run(Duration.ofSeconds(15));
    assertThat(asked).isEmpty();
    all.run(Duration.ofSeconds(7));
    assertThat(asked)
        .containsExactly(new ReconnectRequest(Optional.empty(), Optional.of(home + "/whep")));

    // Whom nobody answers knows of no better place.
    all.cut(home, leaf, true);
    all.run(Duration.ofSeconds(60));
    assertThat(asked).hasSize(1);
    observing.close();
  }

  @Test
  void a_bridge_that_does_not_link_says_so_once() {
    Simulation all = cluster(8, 2);
    String home = home(all);
    String leaf = others(all, home).get(0);
    List<String> said = new ArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord event) {
            if (event.getLevel().intValue() >= Level.WARNING.intValue()) {
              said.add(event.getMessage());
            }
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger(Downlinks.class.getName());
    logger.addHandler(handler);
    try {
      all.node(home).relays.refuseLinks(true);
      all.node(leaf).relays.publish(ROOM, STREAM);
      all.run(Duration.ofSeconds(30));
      assertThat(said).hasSize(1);
      all.node(home).relays.refuseLinks(false);
      all.runUntil("it is linked", MEDIA, () -> all.wires.edges(ROOM).size() == 1);
      all.wires.cut(home, leaf, true);
      all.node(home).relays.refuseLinks(true);
      all.run(Duration.ofSeconds(30));
      assertThat(said).hasSize(2);
    } finally {
      logger.removeHandler(handler);
    }
  }

  @Test
  void a_home_that_drains_is_left_when_nobody_is_on_it() {
    Simulation all = cluster(8, 3);
    String home = home(all);
    List<String> others = others(all, home);
    all.node(others.get(0)).relays.publish(ROOM, STREAM);
    all.living().forEach(node -> node.relays.watch(ROOM, 1));
    all.runUntil("all see it", MEDIA, () -> allSee(all));
    all.node(home).availability = Availability.draining(Optional.empty());
    all.run(Duration.ofSeconds(15));
    assertThat(all.node(home).relays.links(ROOM)).isEqualTo(2); // Its player has not left.

    all.node(home).relays.watch(ROOM, 0);
    all.runUntil(
        "the others have it without it",
        MEDIA,
        () ->
            all.node(home).node.tree().isEmpty()
                && all.wires.edges(ROOM).size() == 1
                && others.stream().allMatch(name -> sees(all, name)));
    all.run(Duration.ofSeconds(10));
    String next = Homes.first(ROOM, others).orElseThrow();
    assertThat(all.node(home).node.tree().home(ROOM)).isEqualTo(next);
    assertThat(all.node(home).relays.links(ROOM)).isZero();
  }

  @Test
  void members_that_come_move_none_but_their_own_rooms() {
    List<RoomName> rooms = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      rooms.add(new RoomName("r" + i));
    }
    List<String> four = names.subList(0, 4);
    int moved = 0;
    for (RoomName room : rooms) {
      String before = Homes.first(room, four).orElseThrow();
      String after = Homes.first(room, names).orElseThrow();
      if (!before.equals(after)) {
        assertThat(after).isEqualTo(names.get(4));
        moved++;
      }
    }
    assertThat(moved).isBetween(150, 250);
  }
}
