package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.bridge.Feedback;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.rtp.rtcp.Fir;
import io.github.jvbwhip.core.rtp.rtcp.Nack;
import io.github.jvbwhip.core.rtp.rtcp.Pli;
import io.github.jvbwhip.core.rtp.rtcp.ReceiverReport;
import io.github.jvbwhip.core.rtp.rtcp.Remb;
import io.github.jvbwhip.core.rtp.rtcp.SourceDescription;
import io.github.jvbwhip.core.rtp.rtcp.TransportCcRecorder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a publisher is told by RTCP: receiver reports, what is missing (NACK), that a keyframe is
 * needed (PLI or FIR, throttled), and for its congestion control either when each packet arrived
 * (transport-wide feedback) or an estimate (REMB), and by REMB too what it may send at most.
 * Guarded by the room's lock.
 */
final class PublisherFeedback {
  private static final int MAX_LENGTH = 1200;

  /** As many as a report can hold (RFC 3550 §6.4.2). */
  private static final int MAX_BLOCKS = 31;

  private static final int MAX_NACKED = 64;

  private final List<IncomingMedia> all;
  private final PacketSink sink;
  private final byte[] b;
  private final long ssrc;
  private final byte[] cname;
  private final long keyframeInterval;
  private final @Nullable TransportCcRecorder transportCc;
  private final @Nullable IngestEstimate estimate;
  private final OptionalLong told;
  private final int[] missing = new int[MAX_NACKED];
  private int firNumber;
  private long receivedBefore;
  private long lostBefore;

  /**
   * @param media all of the publisher's
   * @param buffer scratch space
   * @param ssrc under which the bridge speaks
   * @param maxBitrate of all, in bits per second; told also beside transport-wide feedback, where
   *     it is the highest that senders estimate
   */
  PublisherFeedback(
      List<IncomingMedia> media,
      PacketSink sink,
      byte[] buffer,
      long ssrc,
      boolean transportCc,
      OptionalLong maxBitrate,
      ForwardingConfig config) {
    all = media;
    this.sink = sink;
    this.b = buffer;
    this.ssrc = ssrc;
    cname = Long.toString(ssrc, 36).getBytes(StandardCharsets.US_ASCII);
    keyframeInterval = config.keyframeInterval().toNanos();
    this.transportCc = transportCc ? new TransportCcRecorder() : null;
    boolean remb = media.stream().anyMatch(each -> each.offers(Feedback.GOOG_REMB));
    long highest = Math.min(config.maxIngestBitrate(), maxBitrate.orElse(Long.MAX_VALUE));
    estimate = remb && !transportCc ? new IngestEstimate(highest) : null;
    told = remb && transportCc ? maxBitrate : OptionalLong.empty();
  }

  /** A packet with that transport-wide sequence number has come. */
  void arrived(int transportSequenceNumber, long now) {
    if (transportCc != null) {
      transportCc.received(transportSequenceNumber, now);
    }
  }

  /** Some times a second: what cannot wait. */
  void tick(long now) {
    for (IncomingMedia media : all) {
      for (Encoding encoding : media.encodings()) {
        askForMissing(media, encoding, now);
      }
    }
    askForKeyframes(now);
    while (transportCc != null && transportCc.isPending()) {
      int at = emptyReport();
      int length = transportCc.write(b, at, MAX_LENGTH - at, ssrc, anySsrc());
      if (length == 0) {
        break;
      }
      sink.sendRtcp(b, 0, at + length);
    }
  }

  /** Asks for the keyframes that are wanted, and due. */
  void askForKeyframes(long now) {
    for (IncomingMedia media : all) {
      for (Encoding encoding : media.encodings()) {
        if (media.takesKeyframeRequests() && encoding.askForKeyframe(keyframeInterval, now)) {
          askForKeyframe(media, encoding);
        }
      }
    }
  }

  private void askForMissing(IncomingMedia media, Encoding encoding, long now) {
    boolean shown = isShown(media, encoding);
    if (!media.takesNack() || !shown && !encoding.picture().isKept()) {
      encoding.losses.clear();
      return;
    }
    int count = encoding.missing(missing, now);
    if (count > 0) {
      int at = emptyReport();
      int length = at + Nack.write(b, at, ssrc, encoding.ssrc, missing, count);
      sink.sendRtcp(b, 0, length);
    }
    if (encoding.losses.takeGivenUp() > 0 && shown && media.kind() == MediaKind.VIDEO) {
      // The picture is broken for everybody; waiting for each player to say so takes longer.
      encoding.keyframe().want();
    }
  }

  private static boolean isShown(IncomingMedia media, Encoding encoding) {
    for (MediaFollower follower : media.followers()) {
      if (follower.isSending(encoding)) {
        return true;
      }
    }
    return false;
  }

  private void askForKeyframe(IncomingMedia media, Encoding encoding) {
    int at = emptyReport();
    int length =
        media.takesFir()
            ? Fir.write(b, at, ssrc, encoding.ssrc, firNumber++)
            : Pli.write(b, at, ssrc, encoding.ssrc);
    sink.sendRtcp(b, 0, at + length);
  }

  /** Once a second: receiver reports and, where negotiated, the estimate. */
  void tickSecond(long now) {
    List<Encoding> heard = encodings().filter(Encoding::active).limit(MAX_BLOCKS).toList();
    if (heard.isEmpty()) {
      return;
    }
    int length = ReceiverReport.write(b, 0, heard.size(), ssrc);
    for (int i = 0; i < heard.size(); i++) {
      heard.get(i).reception.writeBlock(b, ReceiverReport.block(0, i), now);
    }
    length += SourceDescription.write(b, length, ssrc, cname);
    if (estimate != null || told.isPresent()) {
      long bitrate =
          estimate == null
              ? told.getAsLong()
              : estimate.update(takeLoss(), encodings().mapToLong(Encoding::bitrate).sum());
      long[] ssrcs = heard.stream().mapToLong(encoding -> encoding.ssrc).toArray();
      length += Remb.write(b, length, ssrc, bitrate, ssrcs);
    }
    sink.sendRtcp(b, 0, length);
  }

  /** The fraction of packets lost since the last call. */
  private double takeLoss() {
    long received = encodings().mapToLong(e -> e.reception.receivedCount()).sum();
    long lost = encodings().mapToLong(e -> e.reception.lostCount()).sum();
    long newlyReceived = Math.max(0, received - receivedBefore);
    long newlyLost = Math.max(0, lost - lostBefore);
    receivedBefore = received;
    lostBefore = lost;
    long expected = newlyReceived + newlyLost;
    return expected == 0 ? 0 : (double) newlyLost / expected;
  }

  /** The report without blocks that a compound packet begins with (RFC 3550 §6.1). */
  private int emptyReport() {
    return ReceiverReport.write(b, 0, 0, ssrc);
  }

  private Stream<Encoding> encodings() {
    return all.stream().flatMap(media -> media.encodings().stream());
  }

  private long anySsrc() {
    return encodings().mapToLong(encoding -> encoding.ssrc).findFirst().orElse(0);
  }
}
