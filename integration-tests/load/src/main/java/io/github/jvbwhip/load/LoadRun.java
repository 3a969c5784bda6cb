package io.github.jvbwhip.load;

import com.sun.management.OperatingSystemMXBean;
import io.github.jvbwhip.load.ClientLoop.Snapshot;
import io.github.jvbwhip.load.report.Distribution;
import io.github.jvbwhip.load.report.Figure;
import io.github.jvbwhip.load.report.LoadReport;
import io.github.jvbwhip.load.report.LoadReport.Generator;
import io.github.jvbwhip.load.report.LoadReport.Server;
import io.github.jvbwhip.load.report.LoadReport.Window;
import io.github.jvbwhip.load.report.SocketDrops;
import io.github.jvbwhip.load.report.Tally;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One run: the publishers, then the players at their pace, then some time with all of them, then
 * the DELETEs. Tells what goes on each second. For one call of {@link #run}; {@link #stop} is
 * thread-safe.
 */
final class LoadRun {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final long STEP_MILLIS = 5;
  private static final long LINE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final double NANOS = 1e9;
  private static final double MICROS = 1e3;
  private static final int BITS = 8;

  /** What the counters were at some time. */
  private record Mark(long nanos, long cpuNanos, long serverNanos, Snapshot snapshot) {
    double secondsTo(Mark later) {
      return (later.nanos - nanos) / NANOS;
    }

    long playersTo(Mark later, Figure figure) {
      return later.snapshot.players().get(figure) - snapshot.players().get(figure);
    }

    double coreShareTo(Mark later) {
      return (double) (later.cpuNanos - cpuNanos) / (later.nanos - nanos);
    }
  }

  private final LoadPlan plan;
  private final PrintStream out;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private int publishersStarted;
  private int playersStarted;
  private long paceBegun;

  LoadRun(LoadPlan plan, PrintStream out) {
    this.plan = plan;
    this.out = out;
  }

  /** Ends the run early, in order. */
  void stop() {
    stopped.countDown();
  }

  LoadReport run() throws IOException, InterruptedException {
    try (Crowd crowd = new Crowd(plan)) {
      long begun = System.nanoTime();
      paceBegun = begun;
      Mark last = mark(crowd);
      Mark all = null;
      while (!stopped.await(STEP_MILLIS, TimeUnit.MILLISECONDS)) {
        long now = System.nanoTime();
        startDue(crowd, now);
        if (all == null && isComplete(crowd)) {
          crowd.forgetDelays();
          all = mark(crowd);
        }
        if (now - last.nanos >= LINE_NANOS) {
          Mark next = mark(crowd);
          out.println(line(begun, last, next));
          last = next;
        }
        if (all != null && now - all.nanos >= plan.duration().toNanos()) {
          break;
        }
      }
      Mark end = mark(crowd);
      Mark first = all == null ? end : all;
      Server server = server(first, end);
      long drops = SocketDrops.of(end.snapshot.ports());
      crowd.end();
      return report(crowd, begun, first, end, drops, server);
    }
  }

  private Mark mark(Crowd crowd) throws InterruptedException {
    return new Mark(
        System.nanoTime(),
        SYSTEM.getProcessCpuTime(),
        plan.server().processorTime().toNanos(),
        crowd.snapshot());
  }

  /** Publishers first: players come when these are connected or have failed. */
  private void startDue(Crowd crowd, long now) {
    boolean publishing = publishersStarted < plan.publishers();
    if (!publishing && playersStarted == 0 && crowd.unsettled() > 0) {
      paceBegun = now;
      return;
    }
    double due = 1 + (now - paceBegun) / NANOS * plan.perSecond();
    if (publishing) {
      while (publishersStarted < Math.min(due, plan.publishers()) && hasRoom(crowd)) {
        crowd.startPublisher(publishersStarted++);
      }
    } else {
      while (playersStarted < Math.min(due, plan.players()) && hasRoom(crowd)) {
        crowd.startPlayer(playersStarted++);
      }
    }
  }

  private boolean hasRoom(Crowd crowd) {
    return crowd.unsettled() < plan.maxConnecting();
  }

  private boolean isComplete(Crowd crowd) {
    return publishersStarted == plan.publishers()
        && playersStarted == plan.players()
        && crowd.unsettled() == 0;
  }

  private String line(long begun, Mark from, Mark to) {
    Tally players = to.snapshot.players();
    double seconds = from.secondsTo(to);
    return String.format(
        Locale.ROOT,
        "%5.0f s  connected %d, connecting %d, failed %d  %.0f packets/s  %.1f Mb/s"
            + "  lost %d, repaired %d  freezes %d  delay %.1f ms  cpu %.0f %%",
        (to.nanos - begun) / NANOS,
        players.get(Figure.CONNECTED),
        players.get(Figure.CONNECTING),
        players.get(Figure.FAILED),
        from.playersTo(to, Figure.PACKETS) / seconds,
        from.playersTo(to, Figure.BYTES) * BITS / seconds / 1e6,
        from.playersTo(to, Figure.VIDEO_LOST),
        from.playersTo(to, Figure.VIDEO_REPAIRED),
        from.playersTo(to, Figure.FREEZES),
        to.snapshot.recentDelayMillis(),
        100 * from.coreShareTo(to));
  }

  private @Nullable Server server(Mark from, Mark to) {
    if (plan.server().isEmpty() || from == to) {
      return null;
    }
    double taken = (double) to.serverNanos - from.serverNanos;
    return new Server(
        taken / NANOS,
        taken / (to.nanos - from.nanos),
        taken / MICROS / Math.max(1, from.playersTo(to, Figure.PACKETS)),
        plan.server().residentBytes());
  }

  private LoadReport report(
      Crowd crowd, long begun, Mark from, Mark to, long drops, @Nullable Server server)
      throws InterruptedException {
    Snapshot result = crowd.snapshot();
    double seconds = Math.max(from.secondsTo(to), 1 / NANOS);
    long packets = from.playersTo(to, Figure.PACKETS);
    long bytes = from.playersTo(to, Figure.BYTES);
    double share = from == to ? 0 : from.coreShareTo(to);
    long connected = to.snapshot.players().get(Figure.CONNECTED);
    return new LoadReport(
        (System.nanoTime() - begun) / NANOS,
        new Window(seconds, packets, bytes, packets / seconds, bytes * BITS / seconds),
        result.publishers().toMap(),
        result.players().toMap(),
        result.times().distributions(),
        List.copyOf(result.srtpProfiles()),
        crowd.errors().list(),
        new Generator(
            (to.cpuNanos - from.cpuNanos) / NANOS,
            share,
            connected == 0 ? 0 : share / connected,
            Distribution.ofMicros(to.snapshot.lateness()),
            drops),
        server);
  }
}
