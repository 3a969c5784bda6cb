package io.github.jvbwhip.testpeer;

import io.github.jvbwhip.testpeer.rtp.RtcpPacket;
import io.github.jvbwhip.testpeer.rtp.RtcpWriter;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Sends RTCP feedback on command, each as a compound packet with a receiver report in front.
 * Thread-safe.
 */
public final class Feedback {
  private final long senderSsrc;
  private final Consumer<byte[]> transport;
  private final AtomicInteger fullIntraRequests = new AtomicInteger();
  private final AtomicInteger transportFeedbacks = new AtomicInteger();

  Feedback(long senderSsrc, Consumer<byte[]> transport) {
    this.senderSsrc = senderSsrc;
    this.transport = transport;
  }

  /** The SSRC that stands as the sender of all this. */
  public long senderSsrc() {
    return senderSsrc;
  }

  /** Asks for packets again. */
  public void nack(long mediaSsrc, Collection<Integer> sequenceNumbers) {
    send(RtcpWriter.nack(senderSsrc, mediaSsrc, sequenceNumbers));
  }

  /** Asks for a keyframe by PLI. */
  public void pictureLoss(long mediaSsrc) {
    send(RtcpWriter.pictureLoss(senderSsrc, mediaSsrc));
  }

  /** Asks for a keyframe by FIR; each call is a new request. */
  public void fullIntraRequest(long mediaSsrc) {
    int number = fullIntraRequests.incrementAndGet() & 0xff;
    send(RtcpWriter.fullIntraRequest(senderSsrc, mediaSsrc, number));
  }

  /** Says how much can be received, in bits per second. */
  public void remb(long bitrate, List<Long> mediaSsrcs) {
    send(RtcpWriter.remb(senderSsrc, bitrate, mediaSsrcs));
  }

  /**
   * Says when packets arrived, by their transport-wide numbers.
   *
   * @param arrivalMicros for each number from {@code baseSequence} on; -1 for one that is lost
   */
  public void transportFeedback(long mediaSsrc, int baseSequence, long... arrivalMicros) {
    int number = transportFeedbacks.getAndIncrement();
    send(RtcpWriter.transportFeedback(senderSsrc, mediaSsrc, baseSequence, arrivalMicros, number));
  }

  /** Sends a receiver report. */
  public void receiverReport(List<RtcpPacket.ReportBlock> blocks) {
    transport.accept(RtcpWriter.receiverReport(senderSsrc, blocks));
  }

  /** Sends a goodbye for this SSRC. */
  public void bye(long ssrc) {
    send(RtcpWriter.bye(ssrc));
  }

  /** Sends any bytes as RTCP; they are protected, so that the other side gets to see them. */
  public void raw(byte[] rtcp) {
    transport.accept(rtcp);
  }

  private void send(byte[] packet) {
    transport.accept(RtcpWriter.compound(RtcpWriter.receiverReport(senderSsrc, List.of()), packet));
  }
}
