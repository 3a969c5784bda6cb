package io.github.jvbwhip.embedded.transport;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is sent while a batch of received datagrams is handled, kept until the last of them: a
 * client's packets then go to the kernel in one call, as segments of one message (UDP_SEGMENT), and
 * through most of its network stack as one. What belongs to the last datagram is sent at once, so
 * that nothing waits for anything but packets that have come already.
 *
 * <p>Collected by the thread that reads the socket; a {@link Sender} that another thread uses
 * meanwhile sends first what waits of it here. What waits is guarded by the lock of its sender; the
 * memory for a message to the kernel by this object's monitor.
 */
final class SendBatch {
  /** A picture to each of many clients. What does not fit is sent at once. */
  private static final int BYTES = 1 << 20;

  private static final int PACKETS = 1024;

  /** UDP_MAX_SEGMENTS, and the longest datagram of IPv4. */
  private static final int MAX_SEGMENTS = 64;

  private static final int MAX_BYTES = 65_507;

  private static final int SOL_UDP = 17;
  private static final int UDP_SEGMENT = 103;
  private static final int CONTROL = 24;
  private static final int CONTROL_LENGTH = 18;
  private static final int CONTROL_VALUE = 16;

  /** The network device cannot be given segments. */
  private static final int EIO = 5;

  /** Whose packets wait. Its lock guards them. */
  interface Sender {
    /** Takes the lock, and sends what waits. */
    void sendWaiting();

    /** A packet that waited was not sent after all; the lock is held. */
    void unsent(int bytes);
  }

  /** The packets of a sender that wait, a chain; guarded by its lock. */
  static final class Waiting {
    private static final int NONE = -1;

    private final Sender sender;
    private byte[] address = {};
    private int first = NONE;
    private int last = NONE;

    Waiting(Sender sender) {
      this.sender = sender;
    }
  }

  private final LinuxUdp socket;
  private final ByteBuffer data = NativeMemory.allocate(BYTES);
  private final long dataAddress = NativeMemory.address(data);
  private final int[] starts = new int[PACKETS];
  private final int[] lengths = new int[PACKETS];
  private final int[] followers = new int[PACKETS];
  private final ByteBuffer header = NativeMemory.allocate(MessageHeaders.SINGLE);
  private final ByteBuffer parts = NativeMemory.allocate(MAX_SEGMENTS * MessageHeaders.PART);
  private final ByteBuffer name = NativeMemory.allocate(SocketAddresses.LENGTH);
  private final ByteBuffer control = NativeMemory.allocate(CONTROL);
  private final long headerAddress = NativeMemory.address(header);
  private final long partsAddress = NativeMemory.address(parts);
  private final long nameAddress = NativeMemory.address(name);
  private final long controlAddress = NativeMemory.address(control);
  private boolean segmenting = true;

  // Of the thread that collects.
  private @Nullable Thread collector;
  private final @Nullable Waiting[] begun = new Waiting[PACKETS];
  private int begunCount;
  private int packets;
  private int bytes;
  private boolean last;

  SendBatch(LinuxUdp socket) {
    this.socket = socket;
    control.putLong(0, CONTROL_LENGTH);
    control.putInt(Long.BYTES, SOL_UDP);
    control.putInt(Long.BYTES + Integer.BYTES, UDP_SEGMENT);
  }

  /** From now on, what waits there goes to that address. */
  void direct(Waiting waiting, InetSocketAddress remote) {
    waiting.address = SocketAddresses.write(remote, socket.isIpv6());
  }

  /** From now on, what this thread sends is collected. */
  void collect() {
    collector = Thread.currentThread();
  }

  /** Whether the datagram at hand is the last one of its batch. */
  void setLast(boolean newLast) {
    last = newLast;
  }

  /** Whether nothing is to wait any more. */
  boolean isLast() {
    return last;
  }

  /**
   * Takes a packet of a sender, whose lock is held; only on the thread that collects.
   *
   * @return false when it has to be sent in another way
   */
  boolean add(Waiting waiting, byte[] buffer, int offset, int length) {
    if (Thread.currentThread() != collector || packets == PACKETS || bytes + length > BYTES) {
      return false;
    }
    int packet = packets++;
    starts[packet] = bytes;
    lengths[packet] = length;
    followers[packet] = Waiting.NONE;
    data.put(bytes, buffer, offset, length);
    bytes += length;
    if (waiting.first == Waiting.NONE) {
      waiting.first = packet;
      begun[begunCount++] = waiting;
    } else {
      followers[waiting.last] = packet;
    }
    waiting.last = packet;
    return true;
  }

  /** Sends all that waits; on the thread that collects, with no lock held. */
  void flush() {
    for (int i = 0; i < begunCount; i++) {
      Waiting waiting = begun[i];
      if (waiting != null) {
        waiting.sender.sendWaiting();
      }
    }
    Arrays.fill(begun, 0, begunCount, null);
    begunCount = 0;
    packets = 0;
    bytes = 0;
  }

  /** Sends what waits of a sender, whose lock is held. */
  void send(Waiting waiting) {
    int packet = waiting.first;
    waiting.first = Waiting.NONE;
    while (packet != Waiting.NONE) {
      packet = sendSegments(packet, waiting);
    }
  }

  /**
   * Sends as many as can be segments of one message: all of one size, but for a shorter last one.
   *
   * @return the packet after those
   */
  private synchronized int sendSegments(int first, Waiting waiting) {
    int size = lengths[first];
    int count = 0;
    int total = 0;
    int next = first;
    int length;
    do {
      length = lengths[next];
      MessageHeaders.putPart(parts, count++, dataAddress + starts[next], length);
      total += length;
      next = followers[next];
    } while (segmenting
        && next != Waiting.NONE
        && count < MAX_SEGMENTS
        && length == size
        && lengths[next] <= size
        && total + lengths[next] <= MAX_BYTES);
    name.put(0, waiting.address);
    MessageHeaders.putNameLength(header, 0, waiting.address.length);
    if (!send(0, count, size)) {
      int packet = first;
      for (int i = 0; i < count; i++) {
        if (count == 1 || !send(i, 1, size)) {
          waiting.sender.unsent(lengths[packet]);
        }
        packet = followers[packet];
      }
    }
    return next;
  }

  private boolean send(int part, int count, int size) {
    MessageHeaders.put(
        header, 0, nameAddress, partsAddress + (long) part * MessageHeaders.PART, count);
    control.putShort(CONTROL_VALUE, (short) size);
    MessageHeaders.putControl(header, 0, count > 1 ? controlAddress : 0, count > 1 ? CONTROL : 0);
    int error = socket.send(headerAddress);
    if (error == EIO && count > 1) {
      segmenting = false;
    }
    return error == 0;
  }
}
