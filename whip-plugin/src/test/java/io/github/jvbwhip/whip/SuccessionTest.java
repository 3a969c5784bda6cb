package io.github.jvbwhip.whip;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.FakeBridge;
import io.github.jvbwhip.core.bridge.FakeIngest;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.session.SessionEndReason;
import io.github.jvbwhip.core.session.SessionRegistry;
import io.github.jvbwhip.core.session.SessionState;
import io.github.jvbwhip.http.TestRuntime;
import io.github.jvbwhip.http.TestServer;
import io.github.jvbwhip.http.access.Principal;
import io.github.jvbwhip.http.composition.Mount;
import io.github.jvbwhip.http.exchange.Call;
import io.github.jvbwhip.http.exchange.Proxies;
import io.github.jvbwhip.http.exchange.Reply;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.Problems;
import io.github.jvbwhip.http.runtime.ServerRuntime;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Publishers that come for one stream at once. All on one thread: what happens meanwhile on others
 * happens where something is asked of the executor, the random numbers or the bridge.
 */
class SuccessionTest {
  private static final RoomName ROOM = RoomName.of("room").orElseThrow();
  private static final int ORDERS = 3000;
  private static final int PUBLISHERS = 6;

  private static Call call;

  private final TestRuntime threads = new TestRuntime();
  private final List<Runnable> tasks = new ArrayList<>();
  private final List<CompletableFuture<Reply>> replies = new ArrayList<>();
  private Runnable meanwhile = () -> {};
  private FakeBridge bridge;
  private SessionRegistry<PublisherSession> sessions;
  private PublisherOpening opening;

  @BeforeAll
  static void receive() throws Exception {
    CompletableFuture<Call> received = new CompletableFuture<>();
    HttpServlet servlet =
        new HttpServlet() {
          @Override
          protected void doPost(HttpServletRequest request, HttpServletResponse response)
              throws IOException {
            received.complete(
                new Call(
                    request,
                    new Proxies(List.of()),
                    Principal.ANONYMOUS,
                    request.getInputStream().readAllBytes()));
          }
        };
    try (TestServer server = new TestServer(List.of(Mount.at("/whip/*", servlet)))) {
      server.send("POST", "/whip/room", Samples.rfcOffer(), "Content-Type", "application/sdp");
    }
    call = received.join();
  }

  @AfterEach
  void stop() {
    threads.close();
  }

  private void start(long seed) throws Exception {
    tasks.clear();
    replies.clear();
    Random numbers = new Random(seed);
    RandomGenerator random =
        new RandomGenerator() {
          @Override
          public long nextLong() {
            return numbers.nextLong();
          }

          @Override
          public void nextBytes(byte[] bytes) {
            meanwhile.run();
            numbers.nextBytes(bytes);
          }
        };
    ServerRuntime real = threads.runtime();
    ServerRuntime runtime =
        new ServerRuntime(
            real.clock(), random, this::execute, real.scheduler(), real.posts(), real.sessions());
    WhipConfig config = WhipServer.config("rate-limit.requests-per-second = 0");
    bridge = new FakeBridge();
    sessions =
        new SessionRegistry<>(
            config.http().limits(), runtime.clock(), runtime.random(), runtime.executor());
    opening = new PublisherOpening(bridge, config, sessions, runtime);
  }

  private void execute(Runnable task) {
    tasks.add(task);
    meanwhile.run();
  }

  private CompletableFuture<Reply> publish() {
    int place = replies.size();
    replies.add(new CompletableFuture<>());
    CompletableFuture<Reply> reply;
    try {
      reply = opening.publish(call, ROOM, StreamName.DEFAULT, "/room");
    } catch (ProblemException e) {
      reply = CompletableFuture.failedFuture(e);
    }
    replies.set(place, reply);
    return reply;
  }

  private void runNewest() {
    tasks.remove(tasks.size() - 1).run();
  }

  private static int status(CompletableFuture<Reply> reply) {
    assertThat(reply).isDone();
    try {
      return reply.join().status();
    } catch (CompletionException e) {
      return Problems.of(Problems.cause(e)).orElseThrow().type().status();
    }
  }

  private void assertThatTheLastOneHasIt() {
    assertThat(bridge.ingests()).hasSize(1);
    assertThat(sessions.sessions())
        .singleElement()
        .satisfies(
            session ->
                assertThat(session.endpoint().map(endpoint -> (FakeIngest) endpoint))
                    .contains(bridge.ingests().get(0)));
  }

  @Test
  void who_comes_while_the_publisher_is_ended_does_not_cost_its_successor_the_stream()
      throws Exception {
    start(1);
    CompletableFuture<Reply> first = publish();
    runNewest();
    assertThat(status(first)).isEqualTo(201);
    meanwhile =
        () -> {
          meanwhile = () -> {};
          publish();
        };
    publish();

    CompletableFuture<Reply> last = publish();
    while (!tasks.isEmpty()) {
      runNewest(); // The first one is freed at the very last.
    }

    assertThat(status(last)).isEqualTo(201);
    assertThatTheLastOneHasIt();
  }

  @Test
  void one_has_the_stream_in_whatever_order_things_happen() throws Exception {
    for (int seed = 0; seed < ORDERS; seed++) {
      start(seed);
      Random order = new Random(seed);
      boolean slow = order.nextBoolean();
      if (slow) {
        bridge.holdOpenings();
      }
      meanwhile =
          () -> {
            while (order.nextInt(3) == 0) {
              step(order, slow);
            }
          };
      while (replies.size() < PUBLISHERS || !tasks.isEmpty() || bridge.heldOpenings() > 0) {
        step(order, slow);
      }

      assertThat(replies.stream().map(SuccessionTest::status))
          .as("order %d", seed)
          .isSubsetOf(201, 409)
          .last()
          .isEqualTo(201);
      assertThatTheLastOneHasIt();
    }
  }

  private void step(Random order, boolean slow) {
    switch (order.nextInt(slow ? 9 : 8)) {
      case 0, 1, 2 -> {
        if (replies.size() < PUBLISHERS) {
          publish();
        }
      }
      case 3, 4, 5, 6 -> {
        if (!tasks.isEmpty()) {
          tasks.remove(order.nextInt(tasks.size())).run();
        }
      }
      case 7 -> {
        if (replies.size() < PUBLISHERS) {
          sessions.sessions().stream()
              .filter(session -> session.state() == SessionState.CONNECTING)
              .forEach(
                  session -> {
                    var unused = session.end(SessionEndReason.DELETED, "meanwhile");
                  });
        }
      }
      default -> {
        bridge.releaseOpenings();
        bridge.holdOpenings();
      }
    }
  }
}
