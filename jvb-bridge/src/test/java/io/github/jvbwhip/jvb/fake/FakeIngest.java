package io.github.jvbwhip.jvb.fake;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.rtp.PayloadTypeMap;
import io.github.jvbwhip.core.rtp.RtpHeader;
import io.github.jvbwhip.core.rtp.SsrcTable;
import io.github.jvbwhip.core.rtp.payload.KeyframeDetector;
import io.github.jvbwhip.jvb.host.IngestLink;
import io.github.jvbwhip.jvb.host.IngestTaps;
import io.github.jvbwhip.jvb.host.SourcePlan;
import io.github.jvbwhip.jvb.media.EncodingMeter;
import io.github.jvbwhip.jvb.media.IngestNumbers;
import io.github.jvbwhip.jvb.media.SsrcLearner;
import io.github.jvbwhip.jvb.media.SsrcTranslation;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A publisher's hooks in memory: packets are kept back, measured and renumbered as in the bridge,
 * then given to the players that it is to forward them to. Thread-safe.
 */
public final class FakeIngest extends FakeLink implements IngestLink {
  private static final int SMALLEST_HEIGHT = 180;

  private final IngestTaps taps;
  private final IngestNumbers numbers;
  private final @Nullable KeyframeDetector[] detectors;
  private final @Nullable Codec[] codecs;
  private final Queue<byte[]> held = new ArrayDeque<>();
  private final List<ToldBitrate> told = new CopyOnWriteArrayList<>();

  /** What a publisher is told by REMB about one stream. */
  public record ToldBitrate(long ssrc, long bitsPerSecond) {}

  private volatile SsrcTable<EncodingMeter> meters = SsrcTable.of(Map.of());

  FakeIngest(FakeEndpoint endpoint, IngestTaps taps) {
    super(endpoint);
    this.taps = taps;
    this.numbers = IngestNumbers.of(taps.media(), endpoint.conference().numbers());
    this.detectors = IngestNumbers.detectors(taps.media());
    this.codecs = IngestNumbers.codecs(taps.media());
  }

  IngestTaps taps() {
    return taps;
  }

  /** Somebody else sends an RTP packet in its client's name, which cannot be decrypted. */
  public synchronized void forge(byte[] packet) {
    if (taps.learner().packet(packet, 0, packet.length, endpoint().conference().host().nanoTime())
        == SsrcLearner.Verdict.HOLD_NEWS) {
      taps.news().run();
    }
  }

  /** Its client sends an RTP packet. */
  public synchronized void receive(byte[] packet) {
    if (endpoint().isExpired()) {
      return;
    }
    byte[] own = packet.clone();
    SsrcLearner.Verdict verdict =
        taps.learner().packet(own, 0, own.length, endpoint().conference().host().nanoTime());
    if (verdict == SsrcLearner.Verdict.PASS) {
      process(own);
    } else {
      held.add(own);
      if (verdict == SsrcLearner.Verdict.HOLD_NEWS) {
        taps.news().run();
      }
    }
  }

  @Override
  public synchronized void release(Runnable accept) {
    accept.run();
    for (Iterator<byte[]> all = held.iterator(); all.hasNext(); ) {
      byte[] packet = all.next();
      if (taps.learner().isAccepted(RtpHeader.ssrc(packet, 0))) {
        all.remove();
        process(packet);
      }
    }
  }

  private void process(byte[] packet) {
    long known = taps.ssrcs().toConference(RtpHeader.ssrc(packet, 0));
    long ssrc = known == SsrcTranslation.NONE ? taps.ssrcs().stranger() : known;
    RtpHeader.setSsrc(packet, 0, ssrc);
    int original = RtpHeader.payloadType(packet, 0);
    int payloadType = numbers.payloadTypes().map(original);
    if (payloadType == PayloadTypeMap.DROP) {
      return;
    }
    int payload = RtpHeader.payloadOffset(packet, 0);
    KeyframeDetector detector = detectors[original];
    EncodingMeter meter = meters.get(ssrc);
    if (meter != null) {
      meter.sends(codecs[original]);
      meter.packet(
          packet,
          0,
          payload,
          packet.length - payload,
          detector,
          endpoint().conference().host().nanoTime());
    }
    boolean keyframe =
        detector != null && detector.isKeyframe(packet, payload, packet.length - payload);
    RtpHeader.setPayloadType(packet, 0, payloadType);
    numbers.extensions().rewrite(packet, 0);
    for (SourcePlan source : endpoint().sources()) {
      for (int i = 0; i < source.encodings().size(); i++) {
        if (source.encodings().get(i).ssrc() == ssrc) {
          forward(packet, source, i, keyframe);
        }
      }
    }
  }

  private void forward(byte[] packet, SourcePlan source, int encoding, boolean keyframe) {
    endpoint()
        .conference()
        .forward(
            endpoint().id(), packet, source, encoding, keyframe, () -> bridgeAsks(source), null);
  }

  /** Whether the bridge knows it to be the publisher's. */
  boolean sends(long ssrc) {
    return endpoint().sources().stream()
        .flatMap(source -> source.encodings().stream())
        .anyMatch(encoding -> encoding.ssrc() == ssrc);
  }

  @Override
  public List<Layer> layers(String sourceName) {
    return endpoint().sources().stream()
        .filter(source -> source.name().equals(sourceName))
        .flatMap(source -> IntStream.range(0, source.encodings().size()).boxed())
        .map(index -> new Layer(index, 0, SMALLEST_HEIGHT << index))
        .toList();
  }

  /** What measures an encoding, once the bridge was told of it. */
  public @Nullable EncodingMeter meter(long ssrc) {
    return meters.get(ssrc);
  }

  @Override
  public void measure(SsrcTable<EncodingMeter> table) {
    meters = table;
  }

  @Override
  public void requestKeyframe(long ssrc) {
    endpoint().askKeyframe(taps.ssrcs().toPublisher(ssrc));
    taps.keyframeAsked().accept(ssrc);
  }

  @Override
  public void tellBitrate(long bitsPerSecond, Set<Long> ssrcs) {
    ssrcs.forEach(ssrc -> told.add(new ToldBitrate(taps.ssrcs().toPublisher(ssrc), bitsPerSecond)));
  }

  /** What its client has been told that it may send at most, and about which of its streams. */
  public List<ToldBitrate> told() {
    return List.copyOf(told);
  }

  /** The bridge asks for a keyframe, as it does of the first encoding when a source is taken up. */
  private void bridgeAsks(SourcePlan source) {
    requestKeyframe(source.encodings().get(0).ssrc());
  }
}
