package io.github.jvbwhip.load.net;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Datagrams that wait for their time, in the order in which they came: all have the same delay.
 * Their places are used again. Not thread-safe.
 */
final class DelayLine {
  /** Half a second of what one loop can take. */
  private static final int MOST = 1 << 16;

  private static final class Held {
    private final byte[] bytes = new byte[EventLoop.LARGEST_DATAGRAM];
    private int length;
    private @Nullable UdpPort port;
    private @Nullable InetSocketAddress from;
    private long due;
  }

  private final ArrayDeque<Held> waiting = new ArrayDeque<>();
  private final ArrayDeque<Held> free = new ArrayDeque<>();

  /** Keeps a copy; what is too much is lost. */
  void add(UdpPort port, byte[] b, int length, InetSocketAddress from, long now) {
    if (waiting.size() == MOST) {
      return;
    }
    Held held = free.isEmpty() ? new Held() : free.removeLast();
    System.arraycopy(b, 0, held.bytes, 0, length);
    held.length = length;
    held.port = port;
    held.from = from;
    held.due = now + port.impairment().delayNanos();
    waiting.addLast(held);
  }

  /** Hands over what is due. */
  void deliver(long now) {
    for (Held held = waiting.peekFirst();
        held != null && now - held.due >= 0;
        held = waiting.peekFirst()) {
      waiting.removeFirst();
      if (held.port != null && held.from != null) {
        held.port.deliver(held.bytes, held.length, held.from, now);
      }
      held.port = null;
      free.addLast(held);
    }
  }

  /** Until the next one is due; {@link Long#MAX_VALUE} when there is none. */
  long nanosToWait(long now) {
    Held first = waiting.peekFirst();
    return first == null ? Long.MAX_VALUE : first.due - now;
  }
}
