package io.github.jvbwhip.benchmarks.jvb;

import io.github.jvbwhip.benchmarks.jvb.Cycles.Cycle;
import io.github.jvbwhip.benchmarks.jvb.Cycles.Turn;
import io.github.jvbwhip.benchmarks.process.Jvm;
import io.github.jvbwhip.benchmarks.process.Logs;
import io.github.jvbwhip.benchmarks.process.Server;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.CodecSpec;
import io.github.jvbwhip.testpeer.sdp.Extensions;
import io.github.jvbwhip.testpeer.sdp.MediaSpec;
import io.github.jvbwhip.testpeer.sdp.MediaSpec.Direction;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.signalling.HttpSignalling;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a forwarded packet costs a Jitsi Videobridge whose endpoints the plugin made, and whose
 * packets it rewrites, in proportion to the same endpoints made over the bridge's own Colibri2
 * interface. Both are in one bridge, a room each; their publishers take short turns, in alternating
 * order, with one in between in which both are idle.
 *
 * <p>While it is not its turn a room has two frames a second, so that the bridge does not suspend
 * it; what the bridge uses when both rooms do that is taken off. What counts is the processor time
 * of the bridge's Java threads: not that of the compiler, which still works now and then, and not
 * that of the garbage collector, which is why it is also told what a packet allocates. The plugin's
 * own threads, which decide what is shown, are told apart.
 *
 * <p>Arguments: players in each room (40), cycles of three turns (120), bits per second (1500000).
 */
public final class ForwardingCost {
  private static final int PLAYERS = 40;
  private static final int CYCLES = 120;
  private static final int BITS_PER_SECOND = 1_500_000;
  private static final int FRAMES_PER_SECOND = 30;
  private static final int WARM_UP_CYCLES = 30;
  private static final long SETTLE_MILLIS = 150;
  private static final long TURN_MILLIS = 600;
  private static final int CYCLES_PER_LINE = 20;

  private static final String CONFIG =
      // The players decrypt nothing, and so do not say how much of it came.
      "videobridge.cc.trust-bwe = false\n"
          // Endpoints without a bridge channel cannot say what they want.
          + "videobridge.cc.initial-max-height-px = 720\n";

  private static final Map<Integer, String> AUDIO_EXTENSIONS =
      Map.of(
          1, Extensions.AUDIO_LEVEL,
          2, Extensions.ABS_SEND_TIME,
          3, Extensions.TRANSPORT_CC,
          4, Extensions.MID);
  private static final Map<Integer, String> VIDEO_EXTENSIONS =
      Map.of(2, Extensions.ABS_SEND_TIME, 3, Extensions.TRANSPORT_CC, 4, Extensions.MID);
  private static final Map<Integer, String> OTHER_AUDIO_EXTENSIONS =
      Map.of(
          7, Extensions.AUDIO_LEVEL,
          8, Extensions.ABS_SEND_TIME,
          5, Extensions.TRANSPORT_CC,
          6, Extensions.MID);
  private static final Map<Integer, String> OTHER_VIDEO_EXTENSIONS =
      Map.of(8, Extensions.ABS_SEND_TIME, 5, Extensions.TRANSPORT_CC, 6, Extensions.MID);

  private final Jvm jvm;
  private final Room rewritten;
  private final Room plain;
  private final ScheduledExecutorService pace =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "pace");
            thread.setDaemon(true);
            return thread;
          });
  private volatile @Nullable Room active;
  private int tick;

  private ForwardingCost(Jvm jvm, Room rewritten, Room plain) {
    this.jvm = jvm;
    this.rewritten = rewritten;
    this.plain = plain;
  }

  /** Runs it; see the class. */
  public static void main(String[] args) throws Exception {
    Logs.quiet();
    double unused =
        ratio(
            argument(args, 0, PLAYERS),
            argument(args, 1, CYCLES),
            argument(args, 2, BITS_PER_SECOND));
    System.exit(0);
  }

  /**
   * Runs it as it is without arguments.
   *
   * @return what a packet costs that the plugin rewrites, to what it costs otherwise
   */
  public static double ratio() throws Exception {
    return ratio(PLAYERS, CYCLES, BITS_PER_SECOND);
  }

  private static double ratio(int players, int cycles, int bitrate) throws Exception {
    VideoSettings settings = new VideoSettings(1280, 720, FRAMES_PER_SECOND, bitrate, 0);
    try (Server bridge = Server.jvb(CONFIG);
        Room rewritten = rewritten(bridge, players, settings);
        Room plain = plain(bridge, players, settings)) {
      return new ForwardingCost(bridge.jvm(), rewritten, plain).run(cycles, players);
    }
  }

  private static int argument(String[] args, int index, int fallback) {
    return index < args.length ? Integer.parseInt(args[index]) : fallback;
  }

  /** Publisher, conference and players have different numbers each. */
  private static Room rewritten(Server bridge, int players, VideoSettings settings)
      throws IOException {
    return new Room(
        offer -> post(bridge.url("whip/rewritten/main"), offer),
        offer(Direction.SENDONLY, 96, 111, AUDIO_EXTENSIONS, VIDEO_EXTENSIONS),
        offer -> post(bridge.url("whep/rewritten/main"), offer),
        offer(Direction.RECVONLY, 120, 109, OTHER_AUDIO_EXTENSIONS, OTHER_VIDEO_EXTENSIONS),
        players,
        settings);
  }

  private static Room plain(Server bridge, int players, VideoSettings settings) throws IOException {
    PlainConference conference = new PlainConference(bridge, "plain");
    return new Room(
        conference::publish,
        offer(Direction.SENDONLY, 100, 111, AUDIO_EXTENSIONS, VIDEO_EXTENSIONS),
        conference::watch,
        offer(Direction.RECVONLY, 100, 111, AUDIO_EXTENSIONS, VIDEO_EXTENSIONS),
        players,
        settings);
  }

  private static OfferSpec offer(
      Direction direction,
      int vp8,
      int opus,
      Map<Integer, String> audioExtensions,
      Map<Integer, String> videoExtensions) {
    return OfferSpec.of(
        MediaSpec.audio(direction).withCodecs(CodecSpec.opus(opus)).withExtensions(audioExtensions),
        MediaSpec.video(direction, Codec.VP8)
            .withCodecs(CodecSpec.video(Codec.VP8, vp8))
            .withExtensions(videoExtensions));
  }

  private static String post(URI endpoint, String offer) throws IOException {
    Reply reply = HttpSignalling.post(endpoint, offer, Map.of());
    if (reply.status() != 201) {
      throw new IOException("status " + reply.status() + ": " + reply.body());
    }
    return reply.body();
  }

  private double run(int cycles, int players) throws InterruptedException {
    var unused =
        pace.scheduleAtFixedRate(
            this::sendFrames, 0, 1_000_000_000L / FRAMES_PER_SECOND, TimeUnit.NANOSECONDS);
    for (int i = 0; i < WARM_UP_CYCLES; i++) {
      cycle(i % 2 == 0);
    }
    if (!rewritten.isComplete() || !plain.isComplete()) {
      throw new IllegalStateException("not all players get sound and picture");
    }
    Cycles all = new Cycles();
    while (all.size() < cycles) {
      all.add(cycle(all.size() % 2 == 0));
      if (all.size() % CYCLES_PER_LINE == 0) {
        System.out.printf(Locale.ROOT, "%d cycles: ratio %.3f%n", all.size(), all.ratio());
      }
    }
    report(all, players);
    return all.ratio();
  }

  private Cycle cycle(boolean rewrittenFirst) throws InterruptedException {
    Turn first = turn(rewrittenFirst ? rewritten : plain);
    Turn idle = turn(null);
    Turn second = turn(rewrittenFirst ? plain : rewritten);
    return rewrittenFirst ? new Cycle(first, second, idle) : new Cycle(second, first, idle);
  }

  private void sendFrames() {
    tick++;
    Room turn = active;
    boolean others = tick % (FRAMES_PER_SECOND / 2) == 0;
    if (turn == rewritten || others) {
      rewritten.sendFrame();
    }
    if (turn == plain || others) {
      plain.sendFrame();
    }
  }

  private Turn turn(@Nullable Room room) throws InterruptedException {
    active = room;
    rewritten.sendAudio(room == rewritten);
    plain.sendAudio(room == plain);
    TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
    Map<Long, Jvm.Use> before = jvm.threads();
    long begun = System.nanoTime();
    long packetsBefore = room == null ? 0 : room.sent();
    TimeUnit.MILLISECONDS.sleep(TURN_MILLIS);
    long packets = room == null ? 0 : room.sent() - packetsBefore;
    double seconds = (System.nanoTime() - begun) / 1e9;
    double nanos = 0;
    double pluginNanos = 0;
    double bytes = 0;
    for (Map.Entry<Long, Jvm.Use> entry : jvm.threads().entrySet()) {
      Jvm.Use use = entry.getValue();
      Jvm.Use then = before.getOrDefault(entry.getKey(), new Jvm.Use("", 0, 0));
      if (isPlugins(use.thread())) {
        pluginNanos += use.processorNanos() - then.processorNanos();
      } else {
        nanos += use.processorNanos() - then.processorNanos();
        bytes += use.allocatedBytes() - then.allocatedBytes();
      }
    }
    return new Turn(seconds, nanos, pluginNanos, bytes, packets);
  }

  private static boolean isPlugins(String thread) {
    return thread.startsWith("jvb-whip") || thread.startsWith("whep-") || thread.startsWith("sse-");
  }

  private void report(Cycles all, int players) {
    System.out.printf(
        Locale.ROOT,
        "%d players, %.0f packets per second; lost on the way: %d of the rewritten, %d of the plain%n",
        players,
        all.packetsPerSecond(),
        rewritten.missing(),
        plain.missing());
    System.out.printf(
        Locale.ROOT,
        "per forwarded packet: rewritten %.2f us, plain %.2f us%n",
        all.rewritten(Turn::nanos) / 1e3,
        all.plain(Turn::nanos) / 1e3);
    System.out.printf(
        Locale.ROOT,
        "allocated per forwarded packet: rewritten %.0f bytes, plain %.0f bytes%n",
        all.rewritten(Turn::bytes),
        all.plain(Turn::bytes));
    System.out.println("ratio: " + all.ratio(false) + ", limit 1.03");
    System.out.println("with the plugin's own threads: " + all.ratio(true));
  }
}
