package io.github.jvbwhip.benchmarks.layers;

import io.github.jvbwhip.benchmarks.process.Logs;
import io.github.jvbwhip.benchmarks.process.Server;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.signalling.HttpSignalling;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a switch of layers takes, from the POST of the layer until the first frame of the new
 * encoding is received: a simulcast of three encodings in VP8, whose publisher answers a PLI with
 * its next frame, and one player that goes from one to another. The server has a process of its
 * own; ICE, DTLS and SRTP are real.
 *
 * <p>Arguments: the bridge ({@code embedded} or {@code jvb}), switches (200).
 */
public final class LayerSwitch {
  private static final int WARM_UP = 20;
  private static final int FRAMES_PER_SECOND = 30;
  private static final int LIMIT_MILLIS = 1000 / FRAMES_PER_SECOND + 200;
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final VideoSettings LARGEST =
      new VideoSettings(1280, 720, FRAMES_PER_SECOND, 600_000, 0);

  /** Of the new layer, until the next one is chosen: the switches are as far apart as seconds. */
  private static final int FRAMES_BETWEEN = FRAMES_PER_SECOND;

  /** A peer keeps all packets, and takes its time to look at many. */
  private static final int SWITCHES_PER_PLAYER = 20;

  private static final Pattern LAYER_LINK =
      Pattern.compile("<([^>]+)>; rel=\"urn:ietf:params:whep:ext:core:layer\"");

  /** An encoding and what it shows. */
  private record Layer(String rid, String size) {}

  /** In an order with every way from one to another. */
  private static final List<Layer> ORDER =
      List.of(
          new Layer("l", "320x180"),
          new Layer("h", "1280x720"),
          new Layer("m", "640x360"),
          new Layer("l", "320x180"),
          new Layer("m", "640x360"),
          new Layer("h", "1280x720"));

  private final Server server;
  private final TestPeer publisher = TestPeer.open();
  private final Random random = new Random(1);

  private LayerSwitch(Server server) {
    this.server = server;
  }

  /** Runs it; see the class. */
  public static void main(String[] args) throws Exception {
    Logs.quiet();
    String bridge = args.length > 0 ? args[0] : "embedded";
    int switches = args.length > 1 ? Integer.parseInt(args[1]) : 200;
    try (Server server = Server.of(bridge, "")) {
      LayerSwitch layers = new LayerSwitch(server);
      layers.publish();
      layers.play(WARM_UP, new double[WARM_UP], new double[WARM_UP]);
      layers.measure(switches);
      layers.publisher.close();
    }
    System.exit(0);
  }

  private void publish() throws IOException {
    Reply reply =
        publisher.connect(
            server.url("whip/layers"), OfferSpec.simulcastPublisher(Codec.VP8, "l", "m", "h"));
    if (reply.status() != 201) {
      throw new IOException("status " + reply.status() + ": " + reply.body());
    }
    publisher.awaitConnected(PATIENCE);
    publisher.video(LARGEST).start();
  }

  private void measure(int switches) throws IOException, InterruptedException {
    double[] posts = new double[switches];
    double[] shown = new double[switches];
    int requests = publisher.rtcp().keyframeRequests();
    play(switches, posts, shown);
    requests = publisher.rtcp().keyframeRequests() - requests;
    Arrays.sort(posts);
    Arrays.sort(shown);
    print(
        "%d switches: POST to the first frame of the layer: median %.0f ms, 95 %% within %.0f ms,"
            + " worst %.0f ms (limit %d ms); POST alone: median %.1f ms",
        switches,
        shown[switches / 2],
        shown[switches * 95 / 100],
        shown[switches - 1],
        LIMIT_MILLIS,
        posts[switches / 2]);
    print(
        "requests for keyframes, of all encodings, for one switch: %.1f",
        (double) requests / switches);
  }

  private void play(int switches, double[] posts, double[] shown)
      throws IOException, InterruptedException {
    for (int from = 0; from < switches; from += SWITCHES_PER_PLAYER) {
      try (TestPeer player = TestPeer.open()) {
        Reply session = player.connect(server.url("whep/layers"), OfferSpec.player(Codec.VP8));
        awaitSteady(player, "1280x720");
        URI choice = choice(session);
        for (int i = from; i < Math.min(switches, from + SWITCHES_PER_PLAYER); i++) {
          Layer next = ORDER.get(i % ORDER.size());
          // The last frame has just come: at any time until the next one.
          TimeUnit.NANOSECONDS.sleep(random.nextInt(1_000_000_000 / FRAMES_PER_SECOND));
          long start = System.nanoTime();
          choose(choice, next);
          posts[i] = (System.nanoTime() - start) / 1e6;
          player.await(next.rid, PATIENCE, () -> size(player).equals(next.size));
          shown[i] = (System.nanoTime() - start) / 1e6;
          awaitSteady(player, next.size);
        }
        player.hangUp();
      }
    }
  }

  /** Waits until that size has come, and nothing else for some frames. */
  private static void awaitSteady(TestPeer player, String size) {
    int[] other = {frames(player)};
    player.await(
        size + ", and no other",
        PATIENCE,
        () -> {
          int now = frames(player);
          if (!size(player).equals(size)) {
            other[0] = now;
          }
          return now - other[0] >= FRAMES_BETWEEN;
        });
  }

  private static int frames(TestPeer player) {
    return player.received().frames();
  }

  private static String size(TestPeer player) {
    return player.received().video().stream().findFirst().map(s -> s.lastSize()).orElse("");
  }

  private static URI choice(Reply session) throws IOException {
    for (String link : session.headers("Link")) {
      Matcher matcher = LAYER_LINK.matcher(link);
      if (matcher.find()) {
        return session.uri().resolve(matcher.group(1));
      }
    }
    throw new IOException("no link to the layers");
  }

  private static void choose(URI choice, Layer layer) throws IOException {
    String body = "{\"rid\":\"" + layer.rid + "\"}";
    Reply reply = HttpSignalling.send("POST", choice, "application/json", body, Map.of());
    if (reply.status() != 200) {
      throw new IOException("status " + reply.status() + ": " + reply.body());
    }
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format + "%n", values);
  }
}
