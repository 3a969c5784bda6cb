package io.github.jvbwhip.benchmarks.jvb;

import io.github.jvbwhip.core.rtp.PacketKind;
import io.github.jvbwhip.core.rtp.RtpHeader;
import io.github.jvbwhip.core.rtp.SequenceUnwrapper;
import io.github.jvbwhip.testpeer.transport.DatagramFilter;
import java.util.List;

/**
 * Counts the media that reach a player's socket, by the headers, which SRTP leaves readable, and
 * keeps them from being decrypted: what is measured is the bridge, not its players. Thread-safe.
 */
final class StreamCounter implements DatagramFilter {
  private static final class Stream {
    final long ssrc;
    final SequenceUnwrapper sequence = new SequenceUnwrapper();
    long first;
    long received;

    Stream(long ssrc) {
      this.ssrc = ssrc;
    }
  }

  private final List<Stream> streams;

  /**
   * @param ssrcs of the streams that count
   */
  StreamCounter(List<Long> ssrcs) {
    streams = ssrcs.stream().map(Stream::new).toList();
  }

  @Override
  public synchronized boolean passes(byte[] data) {
    if (PacketKind.of(data, 0, data.length) != PacketKind.RTP
        || data.length < RtpHeader.FIXED_LENGTH) {
      return true;
    }
    long ssrc = RtpHeader.ssrc(data, 0);
    for (Stream stream : streams) {
      if (stream.ssrc == ssrc) {
        long number = stream.sequence.unwrap(RtpHeader.sequenceNumber(data, 0));
        stream.first = stream.received == 0 ? number : stream.first;
        stream.received++;
      }
    }
    return false;
  }

  /** Whether each stream has come. */
  synchronized boolean isComplete() {
    return streams.stream().allMatch(stream -> stream.received > 0);
  }

  /** What was sent: what came, and what is missing in between. */
  synchronized long sent() {
    return streams.stream()
        .filter(stream -> stream.received > 0)
        .mapToLong(stream -> stream.sequence.highest() - stream.first + 1)
        .sum();
  }

  synchronized long missing() {
    return sent() - streams.stream().mapToLong(stream -> stream.received).sum();
  }
}
