package io.github.jvbwhip.load;

import io.github.jvbwhip.core.threads.DaemonThreads;
import io.github.jvbwhip.dtls.DtlsIdentity;
import io.github.jvbwhip.dtls.SrtpProfile;
import io.github.jvbwhip.load.client.Player;
import io.github.jvbwhip.load.client.Publisher;
import io.github.jvbwhip.load.client.Session;
import io.github.jvbwhip.load.client.SessionResources;
import io.github.jvbwhip.load.client.Signalling;
import io.github.jvbwhip.load.client.WarmUp;
import io.github.jvbwhip.load.net.Impairment;
import io.github.jvbwhip.load.report.Errors;
import io.github.jvbwhip.load.report.Histogram;
import io.github.jvbwhip.load.report.Tally;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All publishers and players of a run, and what they share. Used by one thread. */
final class Crowd implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Crowd.class);
  private static final int DTLS_THREADS = 16;
  private static final long SNAPSHOT_SECONDS = 10;
  private static final long DELETE_SECONDS = 10;

  private final LoadPlan plan;
  private final Errors errors = new Errors();
  private final List<ClientLoop> loops = new ArrayList<>();
  private final List<Member> members = new ArrayList<>();
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          DTLS_THREADS,
          DaemonThreads.numbered("load-dtls", fault -> LOG.error("a handshake failed", fault)));
  private final Signalling signalling;
  private final SessionResources resources;
  private final AtomicInteger unsettled = new AtomicInteger();

  Crowd(LoadPlan plan) throws IOException {
    this.plan = plan;
    signalling = new Signalling(plan.token(), plan.connectTimeout());
    resources =
        new SessionResources(
            signalling,
            DtlsIdentity.generate(new SecureRandom(), Clock.systemUTC().instant()),
            List.of(SrtpProfile.AEAD_AES_128_GCM, SrtpProfile.AES128_CM_HMAC_SHA1_80),
            threads,
            plan.connectTimeout(),
            errors);
    WarmUp.run(resources);
    for (int i = 0; i < plan.loops(); i++) {
      loops.add(new ClientLoop("load-loop-" + (i + 1)));
    }
  }

  Errors errors() {
    return errors;
  }

  /** How many have begun and are neither connected nor have failed. */
  int unsettled() {
    return unsettled.get();
  }

  void startPublisher(int number) {
    ClientLoop loop = nextLoop();
    Random random = random(number);
    Publisher publisher = new Publisher(plan.publisher(), loop.events(), random);
    Session session =
        Session.of(publisher, loop.events(), resources, plan.whip(number), random, this::settled);
    start(loop, Member.of(session, publisher));
  }

  void startPlayer(int number) {
    ClientLoop loop = nextLoop();
    Random random = random(plan.publishers() + number);
    Player player = new Player(plan.player(), loop.delays(), random.nextInt() & 0xffffffffL);
    Impairment impairment = new Impairment(plan.loss(), plan.delay().toNanos(), random.nextLong());
    Session session =
        Session.of(
            player, impairment, loop.events(), resources, plan.whep(number), random, this::settled);
    start(loop, Member.of(session, player));
  }

  private void settled() {
    unsettled.decrementAndGet();
  }

  private void start(ClientLoop loop, Member member) {
    unsettled.incrementAndGet();
    members.add(member);
    loop.start(member);
  }

  private ClientLoop nextLoop() {
    return loops.get(members.size() % loops.size());
  }

  /** With one seed, each member meets the same chances. */
  private Random random(int member) {
    return new Random(plan.seed() * 1_000_003 + member);
  }

  /** What all have counted so far. */
  ClientLoop.Snapshot snapshot() throws InterruptedException {
    Tally publishers = new Tally();
    Tally players = new Tally();
    RunTimes times = new RunTimes();
    Set<Integer> ports = new HashSet<>();
    Set<String> profiles = new TreeSet<>();
    Histogram lateness = new Histogram();
    double delay = 0;
    for (ClientLoop loop : loops) {
      try {
        ClientLoop.Snapshot one = loop.snapshot().get(SNAPSHOT_SECONDS, TimeUnit.SECONDS);
        publishers.add(one.publishers());
        players.add(one.players());
        times.add(one.times());
        ports.addAll(one.ports());
        profiles.addAll(one.srtpProfiles());
        lateness.add(one.lateness());
        delay = Math.max(delay, one.recentDelayMillis());
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      } catch (TimeoutException e) {
        errors.add("generator", "an event loop is too busy to count");
      }
    }
    return new ClientLoop.Snapshot(publishers, players, times, ports, profiles, lateness, delay);
  }

  /**
   * How late packets were, and what gaps they had, counts from now on, when nobody is on the way to
   * be connected.
   */
  void forgetDelays() {
    loops.forEach(ClientLoop::forgetDelays);
  }

  /** DELETEs all sessions, some at a time, players first. */
  void end() throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DELETE_SECONDS);
    for (int i = members.size(); i > 0; i -= plan.maxConnecting()) {
      List<CompletableFuture<Void>> ends = new ArrayList<>();
      for (Member member : members.subList(Math.max(0, i - plan.maxConnecting()), i)) {
        ends.add(member.session().end());
      }
      try {
        CompletableFuture.allOf(ends.toArray(new CompletableFuture<?>[0]))
            .get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        errors.add("DELETE", "sessions were not ended in time");
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      }
    }
  }

  @Override
  public void close() {
    loops.forEach(ClientLoop::close);
    signalling.close();
    threads.shutdownNow();
  }
}
