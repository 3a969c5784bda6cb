package io.github.jvbwhip.dropin;

import static io.github.jvbwhip.dropin.Peers.eventually;
import static io.github.jvbwhip.dropin.Peers.otherNumbers;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.rtp.RtcpPacket;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * Bridges of a cluster that die, hang and come back at random, while people publish and watch, who
 * connect again as such clients do. {@code -Dchaos.seconds} and {@code -Dchaos.seed} show more.
 */
@RequiresJvb
class ClusterChaosJvbTest {
  private static final int BRIDGES = 3;
  private static final int ROOMS = 2;
  private static final int PLAYERS = 4;

  /** What a client waits for media before it connects anew. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final Duration AT_THE_END = Duration.ofSeconds(90);

  private final Random random = new Random(Long.getLong("chaos.seed", 1));
  private final long seconds = Long.getLong("chaos.seconds", 40);
  private final List<Client> clients = new ArrayList<>();

  /** Somebody who wants to publish, or to watch, whatever happens to bridges. */
  private final class Client implements AutoCloseable {
    private final BridgeCluster cluster;
    private final String path;
    private final boolean publishes;
    private volatile boolean over;
    private volatile TestPeer peer;
    private volatile int connections;
    private int tried = random.nextInt(BRIDGES);
    private final Thread thread = new Thread(this::stay, "test-chaos-client");

    Client(BridgeCluster cluster, String path, boolean publishes) {
      this.cluster = cluster;
      this.path = path;
      this.publishes = publishes;
      thread.setDaemon(true);
      thread.start();
    }

    private void stay() {
      while (!over) {
        try (TestPeer next = TestPeer.open()) {
          tried = (tried + 1) % BRIDGES;
          OfferSpec offer = publishes ? OfferSpec.publisher(Codec.VP8) : otherNumbers(Codec.VP8);
          if (next.connect(cluster.url(tried, path), offer).status() == 201) {
            next.awaitConnected(PATIENCE);
            connections++;
            peer = next;
            use(next);
            leave(next);
          }
        } catch (RuntimeException | AssertionError e) {
          // That bridge is dead, or hangs: the next one.
        }
        peer = null;
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
      }
    }

    private void leave(TestPeer of) {
      try {
        of.hangUp();
      } catch (RuntimeException e) {
        // Nobody is there to take it.
      }
    }

    /** Until it is over, nothing comes any more, or the server ends it. */
    private void use(TestPeer now) {
      if (publishes) {
        now.video(VideoSettings.defaults().withKeyframeInterval(60)).start();
      }
      int seen = -1;
      long changed = System.nanoTime();
      while (!over && now.failure().isEmpty() && !now.isClosedByRemote()) {
        int packets =
            publishes ? now.rtcp().count(RtcpPacket.class) : now.received().videoPackets();
        if (packets != seen) {
          seen = packets;
          changed = System.nanoTime();
        } else if (System.nanoTime() - changed > PATIENCE.toNanos()) {
          return;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
      }
    }

    int packets() {
      TestPeer now = peer;
      return now == null ? 0 : now.received().videoPackets();
    }

    @Override
    public void close() throws InterruptedException {
      over = true;
      thread.join(TimeUnit.SECONDS.toMillis(60));
      assertThat(thread.isAlive()).isFalse();
    }
  }

  @Test
  void at_the_end_every_player_plays_and_every_bridge_is_empty_after_they_leave() throws Exception {
    try (BridgeCluster cluster =
        BridgeCluster.startOrSkip(BRIDGES, "max-links = 1, linger = 1 second")) {
      try {
        meet(cluster);
        disturb(cluster);
        for (Client client : clients) {
          if (!client.publishes) {
            awaitPicture(client);
          }
        }
      } finally {
        for (Client client : clients) {
          client.over = true;
        }
        for (Client client : clients) {
          client.close();
        }
      }
      for (int member = 0; member < BRIDGES; member++) {
        eventually(AT_THE_END, "nobody is there", cluster.state(member)::isEmpty);
      }
    }
  }

  private void meet(BridgeCluster cluster) {
    for (int room = 0; room < ROOMS; room++) {
      clients.add(new Client(cluster, "/whip/room" + room, true));
      for (int player = 0; player < PLAYERS; player++) {
        clients.add(new Client(cluster, "/whep/room" + room, false));
      }
    }
  }

  private void disturb(BridgeCluster cluster) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() < end) {
      pass(3 + random.nextInt(6));
      int member = random.nextInt(BRIDGES);
      if (random.nextBoolean()) {
        cluster.kill(member);
        pass(1 + random.nextInt(8));
        cluster.restart(member);
      } else {
        cluster.suspend(member);
        pass(1 + random.nextInt(8));
        cluster.resume(member);
      }
    }
  }

  /** What happens next happens then; nothing is waited for. */
  private static void pass(int seconds) throws InterruptedException {
    TimeUnit.SECONDS.sleep(seconds);
  }

  private void awaitPicture(Client client) throws Exception {
    int connections = client.connections;
    int packets = client.packets();
    eventually(
        AT_THE_END,
        "a player plays",
        () -> client.connections == connections ? client.packets() - packets : client.packets(),
        more -> more > 50);
  }
}
