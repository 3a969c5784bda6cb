package io.github.jvbwhip.benchmarks.forward;

import io.github.jvbwhip.core.bridge.EgressEndpoint;
import io.github.jvbwhip.core.rtp.PacketKind;
import io.github.jvbwhip.core.rtp.RtpHeader;
import io.github.jvbwhip.core.rtp.SequenceUnwrapper;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.transport.DatagramFilter;

/**
 * A connected player that counts what reaches its socket by the headers, which SRTP leaves
 * readable, and decrypts nothing: what is measured is the bridge, not its players.
 */
final class CountingPlayer implements DatagramFilter {
  private final TestPeer peer;
  private final EgressEndpoint endpoint;
  private final long ssrc;
  private final SequenceUnwrapper sequence = new SequenceUnwrapper();
  private long first;
  private long received;
  private boolean counting;

  CountingPlayer(TestPeer peer, EgressEndpoint endpoint, long ssrc) {
    this.peer = peer;
    this.endpoint = endpoint;
    this.ssrc = ssrc;
    peer.transport().setIncomingFilter(this);
  }

  @Override
  public synchronized boolean passes(byte[] data) {
    boolean media =
        PacketKind.of(data, 0, data.length) == PacketKind.RTP
            && data.length >= RtpHeader.FIXED_LENGTH;
    if (media && counting && RtpHeader.ssrc(data, 0) == ssrc) {
      long number = sequence.unwrap(RtpHeader.sequenceNumber(data, 0));
      first = received == 0 ? number : first;
      received++;
    }
    return !media;
  }

  synchronized void start() {
    counting = true;
  }

  synchronized void stop() {
    counting = false;
  }

  synchronized long received() {
    return received;
  }

  /** Packets between the first and the last that did not reach the socket. */
  synchronized long missing() {
    return received == 0 ? 0 : sequence.highest() - first + 1 - received;
  }

  /** Packets that the bridge handed to its socket. */
  long sent() {
    return endpoint.stats().packetsSent();
  }

  void close() {
    endpoint.close();
    peer.close();
  }
}
