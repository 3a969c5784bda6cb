package io.github.jvbwhip.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvbwhip.cluster.wire.Heartbeat;
import io.github.jvbwhip.cluster.wire.Hello;
import io.github.jvbwhip.core.bridge.Availability;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two bridges that have one name. */
class TwinsTest {
  private final Logger logger = Logger.getLogger(Twins.class.getName());
  private final List<String> said = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord event) {
          assertThat(event.getLevel()).isEqualTo(Level.SEVERE);
          said.add(new SimpleFormatter().formatMessage(event));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };
  private final List<String> names = Simulation.names(2);
  private final Simulation all = new Simulation(1, self -> Simulation.config(self, names, 8));
  private final Simulation.Node node = all.start(names.get(0));
  private final Twins twins = new Twins(new Hello("http://a", "1"), node);

  @BeforeEach
  void listen() {
    logger.addHandler(handler);
  }

  @AfterEach
  void listenNoMore() {
    logger.removeHandler(handler);
  }

  private static Heartbeat from(String incarnation) {
    return new Heartbeat(
        incarnation,
        false,
        new Heartbeat.Load(Availability.State.ACCEPTING, 0, 0),
        Heartbeat.Known.NOTHING,
        Optional.empty(),
        List.of());
  }

  @Test
  void who_answers_with_the_own_name_is_named_once() {
    twins.greeted("http://alias", new Hello("http://a", "1"));
    twins.greeted("http://other", new Hello("http://b", "2"));
    assertThat(said).isEmpty();
    twins.greeted("http://other", new Hello("http://a", "2"));
    twins.greeted("http://other", new Hello("http://a", "2"));
    assertThat(said)
        .containsExactly(
            "self = http://a is used by another bridge, at http://other: each needs a URL of its"
                + " own");
  }

  @Test
  void who_asks_with_the_own_name_is_refused() {
    all.run(Duration.ofSeconds(1));
    CompletableFuture<Heartbeat> answer =
        node.node.answers().heartbeat(names.get(0), from("another"));
    all.run(Duration.ofMillis(10));
    assertThatThrownBy(answer::join).hasMessageContaining("Your name is this member's own.");
    assertThat(said).singleElement().asString().contains("is used by another bridge");
    assertThat(node.node.tree().members().all()).noneMatch(m -> m.name().equals(names.get(0)));
  }

  @Test
  void processes_of_one_name_that_alternate_are_named_now_and_then() {
    for (String each : List.of("1", "2", "3", "2", "3")) {
      assertThat(said).isEmpty();
      twins.heard("http://b", from(each));
    }
    assertThat(said)
        .containsExactly("Two bridges use one self = http://b: each needs a URL of its own");
    for (int i = 0; i < 10; i++) {
      twins.heard("http://b", from("2"));
      twins.heard("http://b", from("3"));
    }
    assertThat(said).hasSize(1);
    all.run(Duration.ofMinutes(11));
    twins.heard("http://b", from("2"));
    twins.heard("http://b", from("3"));
    assertThat(said).hasSize(2);
  }
}
