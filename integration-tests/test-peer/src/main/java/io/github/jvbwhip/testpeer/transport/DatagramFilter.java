package io.github.jvbwhip.testpeer.transport;

import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Decides which datagrams get through and which get lost, on the wire side of the peer's socket.
 * Called from one thread per direction; implementations that keep state are safe for that.
 */
@FunctionalInterface
public interface DatagramFilter {
  /** Whether the datagram in {@code data} (encrypted, as on the wire) gets through. */
  boolean passes(byte[] data);

  /** Lets everything through. */
  static DatagramFilter all() {
    return data -> true;
  }

  /** Lets nothing through, as a pulled cable would. */
  static DatagramFilter nothing() {
    return data -> false;
  }

  /** Loses the given media packets and nothing else (STUN, DTLS and RTCP get through). */
  static DatagramFilter losing(RtpSelection lost) {
    return data ->
        Datagrams.kindOf(data) != Datagrams.Kind.RTP
            || !lost.selects(
                data[1] & 0x7f, Datagrams.unsigned16(data, 2), Datagrams.unsigned32(data, 8));
  }

  /** Selects media packets by what SRTP leaves readable. */
  @FunctionalInterface
  interface RtpSelection {
    /** Whether the packet with this payload type, sequence number and SSRC is selected. */
    boolean selects(int payloadType, int sequenceNumber, long ssrc);

    /** The same fraction of packets (0 to 1) in each run, spread by a generator with this seed. */
    static RtpSelection fraction(double fraction, long seed) {
      Random random = new Random(seed);
      return (payloadType, sequenceNumber, ssrc) -> random.nextDouble() < fraction;
    }

    /** Each {@code n}-th packet, counted over all SSRCs. */
    static RtpSelection everyNth(int n) {
      AtomicLong count = new AtomicLong();
      return (payloadType, sequenceNumber, ssrc) -> count.incrementAndGet() % n == 0;
    }

    /** Packets of this payload type among {@code other}. */
    static RtpSelection ofPayloadType(int wanted, RtpSelection other) {
      return (payloadType, sequenceNumber, ssrc) ->
          payloadType == wanted && other.selects(payloadType, sequenceNumber, ssrc);
    }

    /** The first transmission of each of these sequence numbers; a repetition gets through. */
    static RtpSelection onceEach(Set<Integer> sequenceNumbers) {
      Set<Integer> left = ConcurrentHashMap.newKeySet();
      left.addAll(sequenceNumbers);
      return (payloadType, sequenceNumber, ssrc) -> left.remove(sequenceNumber);
    }
  }
}
