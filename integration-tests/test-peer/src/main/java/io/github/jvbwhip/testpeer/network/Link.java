package io.github.jvbwhip.testpeer.network;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One direction of a {@link Relay}. Thread-safe; datagrams come on the network's thread alone. */
public final class Link {
  private final Network network;
  private final Random random;
  private final AtomicInteger passed = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();
  private volatile Conditions conditions = Conditions.perfect();
  private volatile DatagramChannel exit;
  private volatile @Nullable InetSocketAddress target;
  private long freeAt;
  private long lastAt;

  /**
   * @param random decides what is lost, late and overtaken: the same in each run, by its seed
   * @param exit what the other side sees datagrams come from
   */
  Link(Network network, Random random, DatagramChannel exit) {
    this.network = network;
    this.random = random;
    this.exit = exit;
  }

  /** From now on it is like this; what is on its way arrives as it would have. */
  public void set(Conditions next) {
    conditions = next;
  }

  /** Datagrams that have got through. */
  public int passed() {
    return passed.get();
  }

  /** Datagrams that got lost. */
  public int lost() {
    return lost.get();
  }

  void leaveBy(DatagramChannel next) {
    exit = next;
  }

  void leadTo(InetSocketAddress address) {
    target = address;
  }

  boolean leadsTo(InetSocketAddress address) {
    return address.equals(target);
  }

  /** Takes a datagram; it arrives later, or never. */
  void accept(byte[] data, long now) {
    Conditions present = conditions;
    boolean overtaken = random.nextDouble() < present.reordered();
    double late = random.nextDouble();
    if (random.nextDouble() < present.loss() || !present.filter().passes(data)) {
      lost.incrementAndGet();
      return;
    }
    long sent = now;
    if (present.bitsPerSecond() > 0) {
      sent = Math.max(now, freeAt);
      if (sent - now > Conditions.QUEUE.toNanos()) {
        lost.incrementAndGet();
        return;
      }
      sent += data.length * 8L * 1_000_000_000L / present.bitsPerSecond();
      freeAt = sent;
    }
    long at = sent + present.delay().toNanos() + (long) (late * present.jitter().toNanos());
    if (overtaken) {
      at += Conditions.HELD_BACK.toNanos();
    } else {
      at = Math.max(at, lastAt);
      lastAt = at;
    }
    network.deliver(this, data, at);
  }

  /** Sends a datagram to the end, past all conditions. */
  void send(byte[] data) {
    InetSocketAddress to = target;
    if (to == null) {
      lost.incrementAndGet();
      return;
    }
    try {
      exit.send(ByteBuffer.wrap(data), to);
      passed.incrementAndGet();
    } catch (IOException e) {
      lost.incrementAndGet(); // The relay is being closed, or the other side is.
    }
  }
}
