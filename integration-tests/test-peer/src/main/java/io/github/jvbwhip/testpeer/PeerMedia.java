package io.github.jvbwhip.testpeer;

import io.github.jvbwhip.testpeer.rtp.RtcpPacket;
import io.github.jvbwhip.testpeer.rtp.RtcpReader;
import io.github.jvbwhip.testpeer.rtp.RtpPacket;
import io.github.jvbwhip.testpeer.sdp.LocalEncoding;
import io.github.jvbwhip.testpeer.transport.MediaTransport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** What a peer does with media: senders, receiver, and the RTCP between them. Thread-safe. */
final class PeerMedia {
  private final PeerOptions options;
  private final MediaTransport transport;
  private final Pacer pacer;
  private final Random random;
  private final Signal signal;
  private final Receiver receiver = new Receiver();
  private final RtcpLog rtcp = new RtcpLog();
  private final Feedback feedback;
  private final List<MediaSender> senders = new CopyOnWriteArrayList<>();
  private final AtomicInteger transportSequence = new AtomicInteger();

  PeerMedia(
      PeerOptions options, MediaTransport transport, Pacer pacer, Random random, Signal signal) {
    this.options = options;
    this.transport = transport;
    this.pacer = pacer;
    this.random = random;
    this.signal = signal;
    feedback = new Feedback(random.nextInt() & 0xffffffffL, transport::sendRtcp);
  }

  Receiver receiver() {
    return receiver;
  }

  RtcpLog rtcp() {
    return rtcp;
  }

  Feedback feedback() {
    return feedback;
  }

  /**
   * Makes a sender; with several encodings the settings are of the largest, each other one half the
   * size of the next.
   *
   * @param smallestFirst the order of {@code encodings} by size
   */
  MediaSender addSender(
      Negotiated media,
      List<LocalEncoding> encodings,
      VideoSettings settings,
      boolean smallestFirst) {
    List<EncodingSender> made = new ArrayList<>();
    List<VideoSettings> scaled = new ArrayList<>();
    int count = encodings.size();
    for (int i = 0; i < count; i++) {
      VideoSettings own = settings.scaledDown(smallestFirst ? count - 1 - i : i);
      scaled.add(own);
      made.add(
          new EncodingSender(
              encodings.get(i),
              media,
              own,
              random.nextInt(0x10000),
              random.nextInt() & 0xffffffffL,
              transport::sendRtp,
              () -> transportSequence.getAndIncrement() & 0xffff));
    }
    MediaSender sender = new MediaSender(pacer, made, scaled, signal::raise);
    senders.add(sender);
    return sender;
  }

  void receivedRtp(byte[] data) {
    receiver.received(data);
    signal.raise();
  }

  void receivedRtcp(byte[] data) {
    List<RtcpPacket> packets;
    try {
      packets = RtcpReader.read(data);
    } catch (IllegalArgumentException | java.nio.BufferUnderflowException e) {
      packets = List.of(new RtcpPacket.Other(0, data[1] & 0xff, -1));
    }
    rtcp.add(packets); // First: who sees what has come of one finds it here.
    packets.forEach(this::react);
    signal.raise();
  }

  private void react(RtcpPacket packet) {
    if (packet instanceof RtcpPacket.Nack nack && options.answersNacks()) {
      sender(nack.mediaSsrc()).ifPresent(s -> nack.sequenceNumbers().forEach(s::resend));
    } else if (packet instanceof RtcpPacket.PictureLoss loss) {
      wantKeyframe(loss.mediaSsrc());
    } else if (packet instanceof RtcpPacket.FullIntraRequest request) {
      request.mediaSsrcs().forEach(this::wantKeyframe);
    }
  }

  private void wantKeyframe(long ssrc) {
    if (options.answersKeyframeRequests()) {
      sender(ssrc).ifPresent(EncodingSender::wantKeyframe);
    }
  }

  private Optional<EncodingSender> sender(long ssrc) {
    return senders.stream().flatMap(sender -> sender.ofSsrc(ssrc).stream()).findFirst();
  }

  /** Asks again for what is still missing. */
  void sendNacks() {
    if (options.sendsNacks()) {
      receiver.forMissing(feedback::nack);
    }
  }

  /** Says when packets arrived since the last time. */
  void sendTransportFeedback() {
    ArrivalLog.Arrivals arrivals =
        options.sendsTransportFeedback() ? receiver.arrivals().take() : null;
    if (arrivals != null) {
      long anySsrc = receiver.streams().keySet().stream().findFirst().orElse(0L);
      feedback.transportFeedback(anySsrc, arrivals.baseSequence(), arrivals.micros());
    }
  }

  /** Sends sender and receiver reports. */
  void sendReports(Instant now) {
    if (!options.sendsReports()) {
      return;
    }
    for (MediaSender sender : senders) {
      sender.encodings().stream()
          .filter(encoding -> encoding.packets() > 0)
          .forEach(encoding -> transport.sendRtcp(encoding.senderReport(now)));
    }
    List<RtcpPacket.ReportBlock> blocks =
        receiver.streams().entrySet().stream().limit(31).map(PeerMedia::block).toList();
    if (!blocks.isEmpty()) {
      feedback.receiverReport(blocks);
    }
  }

  private static RtcpPacket.ReportBlock block(Map.Entry<Long, StreamLog> stream) {
    StreamLog log = stream.getValue();
    return new RtcpPacket.ReportBlock(
        stream.getKey(), 0, log.report().missing(), log.highest(), 0, 0, 0);
  }

  /** Sends a packet of the caller's making, protected. */
  void sendRtp(RtpPacket packet) {
    transport.sendRtp(packet.toBytes());
  }

  void stop() {
    senders.forEach(MediaSender::stop);
  }

  static List<LocalEncoding> encodings(List<String> rids, Random random) {
    List<String> names = rids.isEmpty() ? List.of("") : rids;
    return IntStream.range(0, names.size())
        .mapToObj(
            i ->
                new LocalEncoding(
                    names.get(i), random.nextInt() & 0xffffffffL, random.nextInt() & 0xffffffffL))
        .toList();
  }
}
