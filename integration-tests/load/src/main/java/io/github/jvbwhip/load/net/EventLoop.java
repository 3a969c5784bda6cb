package io.github.jvbwhip.load.net;

import io.github.jvbwhip.core.threads.DaemonThreads;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that serves the sockets of many clients. What belongs to a client is touched on its
 * loop alone, so that no client needs a lock. Nothing is allocated for a packet.
 */
public final class EventLoop implements Executor, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);

  /** More than a datagram of any usual link. */
  static final int LARGEST_DATAGRAM = 2048;

  /** How many datagrams of one socket are read before it is the next one's turn. */
  private static final int BATCH = 32;

  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long LONGEST_WAIT = 1000 * NANOS_PER_MILLI;

  private final Selector selector;
  private final Thread thread;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final List<Periodic> periodics = new ArrayList<>();
  private final ByteBuffer datagram = ByteBuffer.allocateDirect(LARGEST_DATAGRAM);
  private final byte[] bytes = new byte[LARGEST_DATAGRAM];
  private final DelayLine delayed = new DelayLine();
  private final Consumer<SelectionKey> readable = this::read;
  private volatile boolean closed;

  private EventLoop(String name) throws IOException {
    selector = Selector.open();
    thread =
        DaemonThreads.single(name, fault -> LOG.error("an event loop ended", fault))
            .newThread(this::run);
  }

  /** Starts a loop. */
  public static EventLoop start(String name) throws IOException {
    EventLoop loop = new EventLoop(name);
    loop.thread.start();
    return loop;
  }

  /** Runs this on the loop, soon. */
  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    if (Thread.currentThread() != thread) {
      selector.wakeup();
    }
  }

  /**
   * Runs this on the loop again and again, by the time of {@link System#nanoTime()}, until it is
   * cancelled. To be called on the loop.
   */
  public Cancellation every(long periodNanos, LongConsumer task) {
    Periodic periodic = new Periodic(periodNanos, task, System.nanoTime() + periodNanos);
    periodics.add(periodic);
    return () -> periodics.remove(periodic);
  }

  /** Ends what {@link #every} began; to be called on the loop. */
  public interface Cancellation {
    void cancel();
  }

  /** Opens a socket on a free port of this address; to be called on the loop. */
  public UdpPort open(InetAddress address, Impairment impairment, DatagramReceiver receiver)
      throws IOException {
    return new UdpPort(selector, address, impairment, receiver);
  }

  private void run() {
    while (!closed) {
      try {
        turn();
      } catch (IOException | RuntimeException e) {
        LOG.error("the turn of an event loop failed", e);
      }
    }
  }

  private void turn() throws IOException {
    long wait = tasks.isEmpty() ? nanosToWait(System.nanoTime()) : 0;
    if (wait <= 0) {
      selector.selectNow(readable);
    } else {
      selector.select(readable, Math.max(1, (wait + NANOS_PER_MILLI / 2) / NANOS_PER_MILLI));
    }
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      runLogged(task);
    }
    long now = System.nanoTime();
    delayed.deliver(now);
    for (int i = 0; i < periodics.size(); i++) {
      periodics.get(i).runWhenDue(now);
    }
  }

  private long nanosToWait(long now) {
    long wait = Math.min(LONGEST_WAIT, delayed.nanosToWait(now));
    for (int i = 0; i < periodics.size(); i++) {
      wait = Math.min(wait, periodics.get(i).due - now);
    }
    return wait;
  }

  private void read(SelectionKey key) {
    UdpPort port = (UdpPort) key.attachment();
    for (int i = 0; i < BATCH; i++) {
      datagram.clear();
      InetSocketAddress from = port.receive(datagram);
      if (from == null) {
        return;
      }
      datagram.flip();
      int length = datagram.remaining();
      datagram.get(bytes, 0, length);
      long now = System.nanoTime();
      if (port.impairment().loses(bytes, length)) {
        continue;
      }
      if (port.impairment().delayNanos() > 0) {
        delayed.add(port, bytes, length, from, now);
      } else {
        port.deliver(bytes, length, from, now);
      }
    }
  }

  private static void runLogged(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.error("a task of an event loop failed", e);
    }
  }

  @Override
  public void close() {
    closed = true;
    selector.wakeup();
    try {
      thread.join();
      selector.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // The process ends anyway.
    }
  }

  private static final class Periodic {
    private final long period;
    private final LongConsumer task;
    private long due;

    Periodic(long period, LongConsumer task, long due) {
      this.period = period;
      this.task = task;
      this.due = due;
    }

    void runWhenDue(long now) {
      if (now - due < 0) {
        return;
      }
      // A late turn is made up for, unless it is very late.
      due = now - due > 10 * period ? now + period : due + period;
      runLogged(() -> task.accept(now));
    }
  }
}
