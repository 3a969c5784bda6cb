package io.github.jvbwhip.benchmarks.sse;

import io.github.jvbwhip.benchmarks.process.Logs;
import io.github.jvbwhip.benchmarks.process.Server;
import io.github.jvbwhip.dtls.DtlsIdentity;
import io.github.jvbwhip.testpeer.signalling.HttpSignalling;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Events of WHEP sessions on the standalone server, which has a process of its own: how long one
 * takes from its POST to the last of many streams, what heap a connected stream holds in the
 * server, and what becomes of a stream that nobody reads. The sessions are connected by ICE and
 * DTLS, with as many streams each as a session may have. The readers, one selector for all, share
 * the machine.
 *
 * <p>Arguments: streams (2000), events (100). Needs a file descriptor for each stream in either
 * process.
 */
public final class EventDelivery {
  private static final int STREAMS_PER_SESSION = 4;
  private static final int WARM_UP = 50;
  private static final int LIMIT_BYTES = 20_000;
  private static final String TYPES = "[\"scte35\"]";
  private static final String TOKEN = "benchmark";
  private static final String CONFIG = "videobridge.whep.scte35.tokens = [ \"" + TOKEN + "\" ]\n";

  /** A splice information section, and one of the largest that may be. */
  private static final String MESSAGE = "/DAlAAAAAAAAAP/wFAUAAAPof+/+SVqZrP4Ae5igAAEBAQAA";

  private static final String LARGE_MESSAGE = "A".repeat(5460);
  private static final int LARGE_MESSAGES = 100;
  private static final int MAX_LARGE_MESSAGES = 3000;

  private final Server server;
  private final EventClients clients;
  private final List<IdlePlayer> players = new ArrayList<>();
  private final DtlsIdentity identity = DtlsIdentity.generate(new SecureRandom(), Instant.now());

  private EventDelivery(Server server, EventClients clients) {
    this.server = server;
    this.clients = clients;
  }

  /** Runs it; see the class. */
  public static void main(String[] args) throws Exception {
    Logs.quiet();
    int streams = args.length > 0 ? Integer.parseInt(args[0]) : 2000;
    int events = args.length > 1 ? Integer.parseInt(args[1]) : 100;
    try (Server server = Server.embedded(CONFIG);
        EventClients clients = new EventClients(server.url("").getPort())) {
      EventDelivery delivery = new EventDelivery(server, clients);
      delivery.connect(streams);
      delivery.deliver(streams, events);
      delivery.stall();
      delivery.players.forEach(IdlePlayer::close);
    }
    System.exit(0);
  }

  private void connect(int streams) throws IOException, InterruptedException {
    int sessions = (streams + STREAMS_PER_SESSION - 1) / STREAMS_PER_SESSION;
    for (int i = 0; i < sessions; i++) {
      IdlePlayer player = new IdlePlayer(server.url("whep/audience"), identity);
      players.add(player);
      player.awaitConnected();
    }
    // What the first stream brings, classes above all, is no stream's own cost.
    clients.connect(players.get(0).openEvents(TYPES));
    clients.awaitEvents(1);
    long before = live();
    for (int i = 1; i < streams; i++) {
      clients.connect(players.get(i / STREAMS_PER_SESSION).openEvents(TYPES));
    }
    // Each stream greets with its reconnection time.
    clients.awaitEvents(streams - 1);
    print(
        "%d sessions, %d streams: %d bytes of heap per idle stream (limit %d), %d threads",
        sessions,
        streams,
        (live() - before) / (streams - 1),
        LIMIT_BYTES,
        server.jvm().threadCount());
  }

  private long live() throws IOException {
    long first = server.jvm().liveBytes().values().stream().mapToLong(Long::longValue).sum();
    long second = server.jvm().liveBytes().values().stream().mapToLong(Long::longValue).sum();
    return Math.min(first, second);
  }

  private void deliver(int streams, int events) throws IOException {
    URI injection = server.url("whep/audience:scte35");
    for (int i = 0; i < WARM_UP; i++) {
      inject(injection, MESSAGE);
      clients.awaitEvents(streams);
    }
    double[] posted = new double[events];
    double[] delivered = new double[events];
    long processor = server.jvm().processorNanos();
    for (int i = 0; i < events; i++) {
      long start = System.nanoTime();
      inject(injection, MESSAGE);
      posted[i] = (System.nanoTime() - start) / 1e6;
      clients.awaitEvents(streams);
      delivered[i] = (System.nanoTime() - start) / 1e6;
    }
    processor = server.jvm().processorNanos() - processor;
    Arrays.sort(posted);
    Arrays.sort(delivered);
    print(
        "POST to the last of %d streams: median %.0f ms, 95 %% within %.0f ms, worst %.0f ms (limit"
            + " 200 ms); POST alone: median %.1f ms",
        streams,
        delivered[events / 2],
        delivered[events * 95 / 100],
        delivered[events - 1],
        posted[events / 2]);
    print(
        "processor time of the server: %.1f ms per event, %.1f us per stream",
        processor / 1e6 / events, processor / 1e3 / events / streams);
  }

  /** One reader takes nothing any more: the producer goes on, and the stream is closed. */
  private void stall() throws IOException, InterruptedException {
    IdlePlayer player = new IdlePlayer(server.url("whep/stalled"), identity);
    players.add(player);
    player.awaitConnected();
    long before = connections();
    clients.connectWithoutReading(player.openEvents(TYPES));
    URI injection = server.url("whep/stalled:scte35");
    List<Double> posted = new ArrayList<>();
    do {
      for (int i = 0; i < LARGE_MESSAGES; i++) {
        long start = System.nanoTime();
        inject(injection, LARGE_MESSAGE);
        posted.add((System.nanoTime() - start) / 1e6);
        // Slowly, since what is to fill up is the way to the reader, and not the queue before it.
        TimeUnit.MILLISECONDS.sleep(10);
      }
    } while (connections() > before && posted.size() < MAX_LARGE_MESSAGES);
    posted.sort(Comparator.naturalOrder());
    print(
        "a stream that nobody reads: %s after %.1f MB; POST meanwhile: median %.1f ms, worst %.1f ms",
        connections() > before ? "still open" : "closed",
        posted.size() * LARGE_MESSAGE.length() / 1e6,
        posted.get(posted.size() / 2),
        posted.get(posted.size() - 1));
  }

  /** Event streams that the server writes to. */
  private long connections() throws IOException {
    return server.jvm().liveBytes().getOrDefault("io.github.jvbwhip.http.sse.SseConnection", 0L);
  }

  private static void inject(URI injection, String message) throws IOException {
    Reply reply =
        HttpSignalling.send(
            "POST", injection, "text/plain", message, Map.of("Authorization", "Bearer " + TOKEN));
    if (reply.status() != 204) {
      throw new IOException("status " + reply.status() + ": " + reply.body());
    }
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format + "%n", values);
  }
}
