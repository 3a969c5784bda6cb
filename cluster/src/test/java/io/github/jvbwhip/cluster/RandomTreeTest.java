package io.github.jvbwhip.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvbwhip.cluster.Simulation.Node;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.relay.RelayListener;
import io.github.jvbwhip.core.relay.RoomSide;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Members that come, die, are cut off and come back in whichever order, with messages that get
 * lost: links never make a cycle, and when all is quiet everybody sees everything, and at last
 * nothing is left.
 */
class RandomTreeTest {
  private static final List<RoomName> ROOMS =
      List.of(new RoomName("one"), new RoomName("two"), new RoomName("party"));

  /** Of thousands of members that are gone nobody wants to read. */
  private final Logger log = Logger.getLogger("io.github.jvbwhip.cluster");

  @BeforeEach
  void quiet() {
    log.setLevel(Level.OFF);
  }

  @AfterEach
  void asBefore() {
    log.setLevel(null);
  }

  @Test
  void no_order_of_things_makes_a_cycle_and_all_ends_well() {
    int runs = Integer.getInteger("cluster.runs", 60);
    long first = Long.getLong("cluster.seed", 1);
    for (long seed = first; seed < first + runs; seed++) {
      try {
        new Run(seed).play();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("with -Dcluster.seed=" + seed + ": " + e.getMessage(), e);
      }
    }
  }

  @Test
  void what_looks_for_cycles_sees_one() {
    Simulation all = new Simulation(1, self -> Simulation.config(self, List.of(), 1));
    RoomName room = ROOMS.get(0);
    List<Node> three = Simulation.names(3).stream().map(all::start).toList();
    for (int i = 0; i < 3; i++) {
      RelayListener nobody = new Nobody();
      var down = three.get(i).relays.begin(room, "link" + i, nobody);
      all.run(Duration.ofMillis(50));
      var up =
          three
              .get((i + 1) % 3)
              .relays
              .accept(room, "link" + i, down.join().localTransport(), nobody);
      all.run(Duration.ofMillis(50));
      down.join().connect(up.join().localTransport());
    }
    all.guard(room);
    assertThatThrownBy(() -> all.run(Duration.ofSeconds(1))).hasMessageContaining("a cycle");
  }

  private static final class Nobody implements RelayListener {
    @Override
    public void changed(RoomSide ours) {}

    @Override
    public void ended(String detail) {}
  }

  @Test
  void where_links_break_all_the_time_there_is_no_cycle_either() {
    int runs = Integer.getInteger("cluster.runs", 40);
    long first = Long.getLong("cluster.seed", 1);
    for (long seed = first; seed < first + runs; seed++) {
      try {
        breakLinks(seed);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("with -Dcluster.seed=" + seed + ": " + e.getMessage(), e);
      }
    }
  }

  private static void breakLinks(long seed) {
    RoomName room = ROOMS.get(0);
    Random random = new Random(seed);
    List<String> names = Simulation.names(4 + random.nextInt(4));
    int maxLinks = 1 + random.nextInt(2);
    Simulation all = new Simulation(seed, self -> Simulation.config(self, names, maxLinks));
    names.forEach(all::start);
    all.guard(room);
    all.run(Duration.ofSeconds(2));
    long ssrc = 1;
    for (String name : names) {
      all.node(name).relays.publish(room, FakeRelays.stream("s" + ssrc, 10 * ssrc++, 1));
    }
    for (int step = 0; step < 150; step++) {
      String name = names.get(random.nextInt(names.size()));
      if (random.nextInt(40) == 0) {
        all.node(name).die();
        all.start(name);
        all.node(name).relays.publish(room, FakeRelays.stream("s" + ssrc, 10 * ssrc++, 1));
      } else {
        all.node(name).relays.breakLink(room, random.nextInt(3));
      }
      all.run(Duration.ofMillis(random.nextInt(500)));
    }
    all.run(Duration.ofSeconds(60));
    for (Node node : all.living()) {
      assertThat(node.relays.seen(room)).as(node.name).hasSize(names.size());
    }
  }

  private static final class Run {
    private final Random random;
    private final List<String> names;
    private final Simulation all;
    private long ssrc = 1;

    Run(long seed) {
      random = new Random(seed);
      names = Simulation.names(2 + random.nextInt(6));
      int maxLinks = 1 + random.nextInt(3);
      all = new Simulation(seed, self -> Simulation.config(self, names, maxLinks));
      names.forEach(all::start);
      ROOMS.forEach(all::guard);
    }

    void play() {
      for (int step = 0; step < 40; step++) {
        disturb();
        all.run(Duration.ofMillis(random.nextInt(2500)));
      }
      mend();
      all.run(Duration.ofSeconds(60));
      ROOMS.forEach(this::checkWhole);
      for (Node node : all.living()) {
        for (RoomName room : ROOMS) {
          node.relays.published(room).forEach(each -> node.relays.unpublish(room, each));
          node.relays.watch(room, 0);
        }
      }
      all.run(Duration.ofSeconds(40L * names.size()));
      assertThat(all.wires.sides()).isZero();
      all.living().forEach(node -> assertThat(node.node.tree().isEmpty()).isTrue());
    }

    private Node any() {
      return all.node(names.get(random.nextInt(names.size())));
    }

    private RoomName room() {
      return ROOMS.get(random.nextInt(ROOMS.size()));
    }

    private void disturb() {
      Node node = any();
      switch (random.nextInt(9)) {
        case 0 -> node.die();
        case 1, 2 -> {
          if (node.dead) {
            all.start(node.name);
          }
        }
        case 3 -> cut(node, any(), true);
        case 4 -> {
          // All of one member's: it is on its own.
          boolean now = random.nextBoolean();
          names.forEach(other -> cut(node, all.node(other), now));
        }
        case 5 -> {
          if (!node.dead) {
            node.relays.publish(
                room(), FakeRelays.stream("s" + ssrc, 10 * ssrc++, random.nextInt(1000)));
          }
        }
        case 6 -> {
          RoomName room = room();
          List<String> published = new ArrayList<>(node.relays.published(room));
          if (!node.dead && !published.isEmpty()) {
            node.relays.unpublish(room, published.get(0));
          }
        }
        default -> {
          if (!node.dead) {
            node.relays.watch(room(), random.nextInt(4));
          }
        }
      }
    }

    private void cut(Node one, Node other, boolean now) {
      if (one != other) {
        all.cut(one.name, other.name, now);
      }
    }

    private void mend() {
      for (String one : names) {
        if (all.node(one).dead && random.nextBoolean()) {
          all.start(one);
        }
        names.stream()
            .filter(other -> !other.equals(one))
            .forEach(other -> all.cut(one, other, false));
      }
    }

    private String state(RoomName room) {
      StringBuilder text = new StringBuilder();
      for (Node node : all.living()) {
        text.append(
            "\n"
                + node.name
                + " players "
                + node.relays.players(room)
                + " published "
                + node.relays.published(room)
                + " viewers "
                + node.relays.viewers(room)
                + " way "
                + node.node.tree().path(room));
        node.node
            .tree()
            .links()
            .filter(each -> each.room().equals(room))
            .forEach(
                each ->
                    text.append(
                        "\n   "
                            + each.id().substring(0, 4)
                            + (each.leadsUp() ? " up " : " down ")
                            + each.peer()
                            + " ours "
                            + each.ours().viewers()
                            + " theirs "
                            + each.theirs().viewers()));
      }
      return text.toString();
    }

    private void checkWhole(RoomName room) {
      Set<String> published =
          all.living().stream()
              .flatMap(node -> node.relays.published(room).stream())
              .collect(Collectors.toCollection(TreeSet::new));
      int viewers = all.living().stream().mapToInt(node -> node.relays.players(room)).sum();
      Set<String> roots = new HashSet<>();
      for (Node node : all.living()) {
        boolean inIt = node.relays.players(room) > 0 || !node.relays.published(room).isEmpty();
        if (inIt && !published.isEmpty()) {
          assertThat(node.relays.seen(room))
              .as("%s sees in %s", node.name, room)
              .isEqualTo(published);
          assertThat(node.relays.viewers(room))
              .as("viewers of %s at %s: %s", room, node.name, state(room))
              .isEqualTo(viewers);
          List<String> path = node.node.tree().path(room);
          assertThat(path).as("way of %s in %s", node.name, room).isNotEmpty();
          roots.add(path.get(path.size() - 1));
        }
      }
      assertThat(roots).hasSizeLessThanOrEqualTo(1);
    }
  }
}
