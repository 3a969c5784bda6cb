package io.github.jvbwhip.load;

import io.github.jvbwhip.load.client.Session;
import io.github.jvbwhip.load.net.EventLoop;
import io.github.jvbwhip.load.report.DelayFigures;
import io.github.jvbwhip.load.report.Histogram;
import io.github.jvbwhip.load.report.Tally;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One event loop and the members of the run that it serves. */
final class ClientLoop implements AutoCloseable {
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long NANOS_PER_MICRO = 1000;

  /**
   * What all members of a loop have counted so far.
   *
   * @param lateness of the loop, in microseconds
   * @param recentDelayMillis the median since the last look; 0 when nothing came
   */
  record Snapshot(
      Tally publishers,
      Tally players,
      RunTimes times,
      Set<Integer> ports,
      Set<String> srtpProfiles,
      Histogram lateness,
      double recentDelayMillis) {}

  private final EventLoop loop;
  private final DelayFigures delays = new DelayFigures();

  /** In microseconds, on the loop only. */
  private final Histogram lateness = new Histogram();

  private long lastTick = System.nanoTime();

  /** On the loop only. */
  private final List<Member> members = new ArrayList<>();

  ClientLoop(String name) throws IOException {
    loop = EventLoop.start(name);
    loop.execute(() -> loop.every(TICK_NANOS, this::tick));
  }

  EventLoop events() {
    return loop;
  }

  /** Those of the players on this loop. */
  DelayFigures delays() {
    return delays;
  }

  /** Takes a member and begins its session. */
  void start(Member member) {
    loop.execute(() -> members.add(member));
    member.session().start();
  }

  private void tick(long now) {
    lateness.record(Math.max(0, now - lastTick - TICK_NANOS) / NANOS_PER_MICRO);
    lastTick = now;
    for (int i = 0; i < members.size(); i++) {
      members.get(i).session().tick(now);
    }
  }

  /** Forgets how late packets, and this loop itself, have been so far, and all gaps. */
  void forgetDelays() {
    loop.execute(
        () -> {
          delays.clear();
          lateness.clear();
          for (Member member : members) {
            if (member.player() != null) {
              member.player().forgetGaps();
            }
          }
        });
  }

  /** Counts. */
  CompletableFuture<Snapshot> snapshot() {
    return CompletableFuture.supplyAsync(this::count, loop);
  }

  private Snapshot count() {
    Tally publishers = new Tally();
    Tally players = new Tally();
    RunTimes times = new RunTimes();
    Set<Integer> ports = new HashSet<>();
    Set<String> profiles = new TreeSet<>();
    for (Member member : members) {
      Session session = member.session();
      member.addTo(publishers, players, times);
      ports.add(session.port());
      if (!session.srtpProfile().isEmpty()) {
        profiles.add(session.srtpProfile());
      }
    }
    times.delays(delays.all());
    Histogram late = new Histogram();
    late.add(lateness);
    return new Snapshot(
        publishers, players, times, ports, profiles, late, delays.takeRecentMedianMillis());
  }

  @Override
  public void close() {
    loop.close();
  }
}
