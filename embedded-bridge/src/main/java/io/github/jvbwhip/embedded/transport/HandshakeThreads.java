package io.github.jvbwhip.embedded.transport;

import io.github.jvbwhip.core.bridge.ClientNetwork;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Handshakes, each of which blocks a thread while it waits for its peer. Of one network only some
 * have threads at a time, so that nobody keeps others out by handshakes that come to nothing; those
 * beyond wait, and networks take turns; where too many wait, the longest line gets shorter. While
 * any wait, a handshake whose peer has not gone on with it for some time gives its thread up.
 * Thread-safe.
 */
final class HandshakeThreads {
  /** Some of one school or company may begin at once, and none of them takes long. */
  private static final int MAX_PER_NETWORK = 16;

  private static final int MAX_WAITING_PER_NETWORK = 128;
  private static final int MAX_WAITING = 512;

  /** A peer that is there goes on in a fraction of that, even where a fifth of all is lost. */
  private static final long PATIENCE_NANOS = 2_000_000_000L;

  /** One handshake. */
  interface Handshake {
    /** Blocks until it is over. */
    void run();

    /** When it was taken further, or has begun, by {@link System#nanoTime}. */
    long lastProgress();

    /** It does not {@link #run}, though it waited for its turn: others get it. */
    void giveWay();

    /** Lets {@link #run} return soon. */
    void giveUp();
  }

  private static final class Line {
    final Deque<Handshake> waiting = new ArrayDeque<>();
    final List<Handshake> running = new ArrayList<>();
  }

  private final Executor threads;
  private final int size;
  private final Map<ClientNetwork, Line> lines = new LinkedHashMap<>();
  private int running;
  private int waiting;

  /**
   * @param threads has {@code size} of them
   */
  HandshakeThreads(Executor threads, int size) {
    this.threads = threads;
    this.size = size;
  }

  /**
   * Runs a handshake, now or later.
   *
   * @param network of its peer
   * @throws RejectedExecutionException when too many wait already
   */
  void execute(ClientNetwork network, Handshake handshake) {
    Handshake pushedOut = null;
    boolean waits;
    synchronized (this) {
      Line line = lines.getOrDefault(network, new Line());
      waits = running == size || line.running.size() == MAX_PER_NETWORK;
      if (waits && line.waiting.size() == MAX_WAITING_PER_NETWORK) {
        throw new RejectedExecutionException("too many handshakes of one network");
      }
      if (waits && waiting == MAX_WAITING) {
        pushedOut = shortenLongest(line.waiting.size());
      }
      lines.put(network, line);
      if (waits) {
        line.waiting.addLast(handshake);
        waiting++;
      } else {
        line.running.add(handshake);
        running++;
      }
    }
    if (pushedOut != null) {
      pushedOut.giveWay();
    }
    if (!waits) {
      start(network, handshake);
    }
  }

  /** Takes the last one out of the longest line, which is longer than that of who comes. */
  private Handshake shortenLongest(int other) {
    Map.@Nullable Entry<ClientNetwork, Line> longest = null;
    for (Map.Entry<ClientNetwork, Line> each : lines.entrySet()) {
      int length = each.getValue().waiting.size();
      if (length > other && (longest == null || length >= longest.getValue().waiting.size())) {
        longest = each;
      }
    }
    if (longest == null) {
      throw new RejectedExecutionException("too many handshakes at a time");
    }
    Handshake last = longest.getValue().waiting.removeLast();
    waiting--;
    forgetWhenEmpty(longest.getKey(), longest.getValue());
    return last;
  }

  private void forgetWhenEmpty(ClientNetwork network, Line line) {
    if (line.running.isEmpty() && line.waiting.isEmpty()) {
      lines.remove(network);
    }
  }

  /** Takes one out that waits for its turn, since its session has ended. */
  synchronized void forget(Handshake handshake) {
    for (Map.Entry<ClientNetwork, Line> each : lines.entrySet()) {
      if (each.getValue().waiting.remove(handshake)) {
        waiting--;
        forgetWhenEmpty(each.getKey(), each.getValue());
        return;
      }
    }
  }

  private void start(ClientNetwork network, Handshake handshake) {
    try {
      threads.execute(() -> run(new Turn(network, handshake)));
    } catch (RuntimeException | Error e) {
      finish(new Turn(network, handshake));
      throw e;
    }
  }

  /** A thread does one handshake after the other, as long as any may have it. */
  private void run(Turn first) {
    Turn turn = first;
    while (turn != null) {
      try {
        turn.handshake().run();
      } catch (RuntimeException | Error e) {
        Thread current = Thread.currentThread();
        current.getUncaughtExceptionHandler().uncaughtException(current, e);
      }
      finish(turn);
      turn = next();
    }
  }

  private record Turn(ClientNetwork network, Handshake handshake) {}

  private synchronized void finish(Turn turn) {
    Line line = lines.get(turn.network());
    if (line != null && line.running.remove(turn.handshake())) {
      running--;
      forgetWhenEmpty(turn.network(), line);
    }
  }

  /** Whose turn it is; the network comes behind the others then. */
  private synchronized @Nullable Turn next() {
    for (Map.Entry<ClientNetwork, Line> each : lines.entrySet()) {
      ClientNetwork network = each.getKey();
      Line line = each.getValue();
      if (running < size && !line.waiting.isEmpty() && line.running.size() < MAX_PER_NETWORK) {
        Handshake handshake = line.waiting.removeFirst();
        waiting--;
        line.running.add(handshake);
        running++;
        lines.remove(network);
        lines.put(network, line);
        return new Turn(network, handshake);
      }
    }
    return null;
  }

  /** How many networks have handshakes here. */
  synchronized int networks() {
    return lines.size();
  }

  /** To be called about once a second: takes threads back from those that do not go on. */
  void giveUpStalled(long now) {
    List<Handshake> stalled = new ArrayList<>();
    synchronized (this) {
      boolean full = running == size && waiting > 0;
      for (Line line : lines.values()) {
        if (full || !line.waiting.isEmpty()) {
          line.running.stream()
              .filter(each -> now - each.lastProgress() > PATIENCE_NANOS)
              .forEach(stalled::add);
        }
      }
    }
    stalled.forEach(Handshake::giveUp);
  }
}
