package io.github.jvbwhip.benchmarks.jvb;

import io.github.jvbwhip.benchmarks.process.Jvm;
import io.github.jvbwhip.benchmarks.process.Logs;
import io.github.jvbwhip.benchmarks.process.Server;
import io.github.jvbwhip.testpeer.PeerOptions;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.signalling.HttpSignalling;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The heap that an idle session of the plugin holds in a Jitsi Videobridge: connected, without
 * media. What is told is what the bridge's heap grows by for each session, and what it grows by for
 * the same endpoint made over its own Colibri2 interface; the difference is the plugin's. Players
 * are in one room, publishers in a room each.
 *
 * <p>Arguments: sessions (200), rounds (1).
 */
public final class HeapPerSession {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(30);
  private static final int WARM_UP = 50;

  /** A timer of the bridge keeps each endpoint for half a minute after it was made. */
  private static final int FORGET_SECONDS = 35;

  /** So many looks at the heap, a second apart, that find nothing freed. */
  private static final int STEADY = 4;

  private static final int LIMIT = 64 * 1024;

  private static final String CONFIG =
      "videobridge.whip.media-timeout = 0s\n"
          // What is kept of a session after its end is not an idle session's.
          + "videobridge.whip.tombstone-time = 1s\n"
          + "videobridge.whep.tombstone-time = 1s\n"
          + "videobridge.entity-expiration.timeout = 1 hour\n";

  private static final OfferSpec PUBLISHER = OfferSpec.publisher(Codec.VP8);
  private static final OfferSpec PLAYER = OfferSpec.player(Codec.VP8);

  /** Makes the endpoint of one of the sessions. */
  private interface Making {
    String answer(int number, String offer) throws IOException;
  }

  private final Server bridge;
  private final Jvm jvm;
  private int comparisons;

  private HeapPerSession(Server bridge, Jvm jvm) {
    this.bridge = bridge;
    this.jvm = jvm;
  }

  /** Runs it; see the class. */
  public static void main(String[] args) throws Exception {
    Logs.quiet();
    int sessions = args.length > 0 ? Integer.parseInt(args[0]) : 200;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 1;
    try (Server bridge = Server.jvb(CONFIG)) {
      new HeapPerSession(bridge, bridge.jvm()).run(sessions, rounds);
    }
    System.exit(0);
  }

  private void run(int sessions, int rounds) throws IOException, InterruptedException {
    compare("warm", PLAYER, WARM_UP, true);
    compare("warm", PUBLISHER, WARM_UP, false);
    for (int i = 0; i < rounds; i++) {
      compare("player", PLAYER, sessions, true);
      compare("publisher", PUBLISHER, sessions, false);
    }
  }

  private void compare(String what, OfferSpec offer, int sessions, boolean watching)
      throws IOException, InterruptedException {
    int number = ++comparisons;
    long plugin =
        grown(
            offer,
            sessions,
            (i, text) ->
                watching
                    ? post("whep/room-" + number, text)
                    : post("whip/room-" + number + "-" + i, text));
    List<PlainConference> conferences = new ArrayList<>();
    long plain =
        grown(
            offer,
            sessions,
            (i, text) -> {
              if (i == 0 || !watching) {
                conferences.add(new PlainConference(bridge, "plain-" + number + "-" + i));
              }
              PlainConference conference = conferences.get(conferences.size() - 1);
              return watching ? conference.watch(text) : conference.publish(text);
            });
    for (PlainConference conference : conferences) {
      conference.expire();
    }
    System.out.printf(
        Locale.ROOT,
        "%-9s  with the plugin %6d bytes, plain %6d bytes: the plugin's %6d bytes (limit %d)%n",
        what,
        plugin,
        plain,
        plugin - plain,
        LIMIT);
  }

  /** By how much the heap grows for each session; they are closed again. */
  private long grown(OfferSpec offer, int sessions, Making making)
      throws IOException, InterruptedException {
    awaitEmpty();
    long before = live();
    List<TestPeer> peers = new ArrayList<>();
    try {
      for (int i = 0; i < sessions; i++) {
        TestPeer peer = TestPeer.open(PeerOptions.defaults().withoutNacks().withoutReports());
        peers.add(peer);
        peer.acceptAnswer(making.answer(i, peer.offer(offer)));
      }
      peers.forEach(peer -> peer.awaitConnected(CONNECT_LIMIT));
      return (live() - before) / sessions;
    } finally {
      peers.forEach(TestPeer::close);
    }
  }

  /**
   * What is reachable, once it has stopped to become less: the bridge frees endpoints by and by.
   */
  private long live() throws IOException, InterruptedException {
    long least = Long.MAX_VALUE;
    for (int steady = 0; steady < STEADY; ) {
      long now = jvm.liveBytes().values().stream().mapToLong(Long::longValue).sum();
      steady = now < least - least / 500 ? 0 : steady + 1;
      least = Math.min(least, now);
      TimeUnit.SECONDS.sleep(1);
    }
    return least;
  }

  private void awaitEmpty() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + CONNECT_LIMIT.toNanos();
    while (!HttpSignalling.send("GET", bridge.url("debug"), null, null, Map.of())
        .body()
        .contains("\"conferences\":{}")) {
      if (System.nanoTime() > deadline) {
        throw new IOException("endpoints are left");
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
    TimeUnit.SECONDS.sleep(FORGET_SECONDS);
  }

  private String post(String path, String offer) throws IOException {
    Reply reply = HttpSignalling.post(bridge.url(path), offer, Map.of());
    if (reply.status() != 201) {
      throw new IOException("status " + reply.status() + ": " + reply.body());
    }
    return reply.body();
  }
}
