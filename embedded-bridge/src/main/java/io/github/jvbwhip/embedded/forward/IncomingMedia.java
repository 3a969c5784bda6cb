package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.Feedback;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.MediaNotice;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.bridge.TrackSnapshot;
import io.github.jvbwhip.core.codec.SentCodecs;
import io.github.jvbwhip.core.negotiation.CodecMatcher;
import io.github.jvbwhip.core.picture.PictureCache;
import io.github.jvbwhip.core.rtp.payload.VideoLayersAllocation;
import io.github.jvbwhip.core.rtp.payload.VideoSize;
import io.github.jvbwhip.core.stage.PublishedEncoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One m-section of a publisher: its payload types, its encodings as far as they are known, and
 * those who follow it. Guarded by the room's lock.
 */
final class IncomingMedia implements EncodingSource {
  private static final int PAYLOAD_TYPES = 128;
  private static final MediaFollower[] NOBODY = {};

  private final MediaOwner owner;
  private final IngestMedia plan;
  private final @Nullable IncomingCodec[] codecs = new @Nullable IncomingCodec[PAYLOAD_TYPES];
  private final int[] originals = new int[PAYLOAD_TYPES];
  private final boolean nack;
  private final boolean pli;
  private final boolean fir;
  private final Supplier<PictureCache> pictures;
  private List<Encoding> encodings = List.of();

  /** Those that follow this media; replaced when one comes or goes, so that the path only reads. */
  private MediaFollower[] followers = NOBODY;

  private final PublishedLayers layers = new PublishedLayers();
  private final OfferedEncodings offered = new OfferedEncodings(this);

  /** Of which this is one more encoding, by another session; else this. */
  private IncomingMedia whole = this;

  private boolean active;
  private long lastArrival;

  /**
   * @param pictures makes what keeps the packets of an encoding for those who join
   */
  IncomingMedia(MediaOwner owner, IngestMedia plan, Supplier<PictureCache> pictures) {
    this.owner = owner;
    this.plan = plan;
    this.pictures = pictures;
    Arrays.fill(originals, -1);
    for (NegotiatedCodec codec : plan.codecs()) {
      codecs[codec.payloadType()] = IncomingCodec.of(codec);
      codec.rtxPayloadType().ifPresent(rtx -> originals[rtx] = codec.payloadType());
    }
    nack = offers(Feedback.NACK);
    pli = offers(Feedback.NACK_PLI);
    fir = offers(Feedback.CCM_FIR);
  }

  /** Whether that feedback was negotiated. */
  boolean offers(Feedback feedback) {
    return plan.codecs().stream().anyMatch(c -> c.feedback().contains(feedback));
  }

  @Override
  public MediaOwner owner() {
    return owner;
  }

  IngestMedia plan() {
    return plan;
  }

  MediaKind kind() {
    return plan.kind();
  }

  /** An encoding of this media, which is not known by it before {@link #put}. */
  Encoding encoding(Optional<String> rid, long ssrc) {
    return new Encoding(kind(), rid, ssrc, pictures.get());
  }

  /** The codec of that payload type, or null when it was not negotiated (or is RTX). */
  @Nullable IncomingCodec codec(int payloadType) {
    return codecs[payloadType];
  }

  /** Whether the payload type belongs here, be it media or retransmissions. */
  boolean has(int payloadType) {
    return codecs[payloadType] != null || originals[payloadType] >= 0;
  }

  /** The payload type whose retransmissions that one carries, or -1. */
  int retransmits(int payloadType) {
    return originals[payloadType];
  }

  boolean takesNack() {
    return nack;
  }

  boolean takesFir() {
    return fir && !pli;
  }

  /** Whether the publisher acts on keyframe requests of some kind. */
  boolean takesKeyframeRequests() {
    return pli || fir;
  }

  /** The encodings known so far, in the order in which they became known. */
  List<Encoding> encodings() {
    return encodings;
  }

  /** As it is told: with what it sends, as far as that is known. */
  TrackSnapshot snapshot() {
    List<Codec> negotiated = plan.codecs().stream().map(NegotiatedCodec::codec).toList();
    List<Codec> codecs = SentCodecs.of(negotiated, sent().toList());
    boolean video = kind() == MediaKind.VIDEO;
    return new TrackSnapshot(
        kind(),
        codecs,
        active,
        offered.isAny()
            ? offered.layers()
            : video ? layers.of(encodings, isSimulcast()) : List.of());
  }

  /** Adds what is amiss with what comes in. */
  void notice(Set<MediaNotice> to, long now) {
    if (kind() == MediaKind.VIDEO) {
      encodings.forEach(encoding -> encoding.notice(takesKeyframeRequests(), to, now));
    }
  }

  /** The codecs that come in now, or that came last. */
  private Stream<Codec> sent() {
    boolean any = encodings.stream().anyMatch(Encoding::active);
    return encodings.stream()
        .filter(encoding -> encoding.active() || !any)
        .flatMap(encoding -> encoding.sent().stream())
        .map(codec -> codec.negotiated().codec());
  }

  /** The encodings to choose from, smallest first. */
  List<PublishedEncoding> smallestFirst() {
    return PublishedEncoding.smallestFirst(
        offered.isAny() ? offered.all() : List.<PublishedEncoding>copyOf(encodings));
  }

  /** What comes in of that choice. */
  @Nullable Encoding chosen(PublishedEncoding choice) {
    return choice instanceof OfferedEncoding there
        ? offered.bringing(there.name()).orElse(null)
        : (Encoding) choice;
  }

  @Override
  public Optional<Encoding> newest() {
    return encodings.isEmpty()
        ? Optional.empty()
        : Optional.of(encodings.get(encodings.size() - 1));
  }

  /** The encoding of that name, where it is known. */
  Optional<Encoding> newest(String rid) {
    return encodings.stream().filter(each -> each.rid().equals(Optional.of(rid))).findFirst();
  }

  @Override
  public boolean brings(Encoding encoding) {
    return encodings.contains(encoding);
  }

  /** Whether that encoding is of this media, by whatever session it comes. */
  boolean has(Encoding encoding) {
    return brings(encoding) || offered.has(encoding);
  }

  /** What another server, by which it comes, has of it. */
  OfferedEncodings offered() {
    return offered;
  }

  /** Becomes one more encoding of another media, whose followers are told of it from now on. */
  void join(IncomingMedia of, String name) {
    whole = of;
    of.offered.add(name, this);
  }

  /** Takes that back. */
  void leave(long now) {
    whole.offered.remove(this);
    whole.reconsider(now);
  }

  /**
   * Whether packets of that media can be taken for some of this one: payload types and header
   * extensions have the same numbers.
   */
  boolean isNumberedAs(IncomingMedia other) {
    return other.plan.extensions().stream().allMatch(plan.extensions()::contains)
        && other.plan.codecs().stream().allMatch(this::hasSame);
  }

  private boolean hasSame(NegotiatedCodec theirs) {
    return plan.codecs().stream()
        .anyMatch(
            own ->
                own.payloadType() == theirs.payloadType()
                    && own.rtxPayloadType().equals(theirs.rtxPayloadType())
                    && CodecMatcher.sameFormat(own.codec(), theirs.codec()));
  }

  /** Asks for the keyframes that are wanted and due, out of turn. */
  void askForKeyframes(long now) {
    owner.askForKeyframes(now);
    offered.askForKeyframes(now);
  }

  /** Whether that RID was signalled, or this media has but one encoding. */
  boolean expects(String rid) {
    return plan.encodings().size() == 1
        || plan.encodings().stream().anyMatch(e -> e.rid().equals(Optional.of(rid)));
  }

  boolean isSimulcast() {
    return plan.encodings().size() > 1;
  }

  /**
   * Adds an encoding; one of the same RID, or the only one of a media without simulcast, is
   * replaced: its sender started anew.
   *
   * @return the encoding that it replaces
   */
  @Nullable Encoding put(Encoding encoding) {
    List<Encoding> next = new ArrayList<>();
    Encoding replaced = null;
    for (Encoding each : encodings) {
      boolean same =
          each.ssrc == encoding.ssrc
              || !isSimulcast()
              || (each.rid().isPresent() && each.rid().equals(encoding.rid()));
      if (same) {
        replaced = each;
      } else {
        next.add(each);
      }
    }
    next.add(encoding);
    encodings = List.copyOf(next);
    return replaced;
  }

  /** Takes over what the publisher says of its encodings, which it counts in the offer's order. */
  void allocate(VideoLayersAllocation allocation) {
    for (Encoding encoding : encodings) {
      int index = 0;
      while (index < plan.encodings().size()
          && !plan.encodings().get(index).rid().equals(encoding.rid())) {
        index++;
      }
      long kilobits = 0;
      VideoSize size = null;
      for (VideoLayersAllocation.AllocatedLayer layer : allocation.layers()) {
        List<Long> rates = layer.kilobitsPerSecond();
        if (layer.stream() == index && !rates.isEmpty()) {
          // The last rate includes the temporal layers below; spatial layers come smallest first.
          kilobits += rates.get(rates.size() - 1);
          size = layer.size();
        }
      }
      encoding.allocate(kilobits * 1000, size);
    }
  }

  @Override
  public MediaFollower[] followers() {
    return whole.followers;
  }

  /**
   * Hands a packet to all that follow. A fault of one costs neither the others nor the publisher.
   */
  void forward(IncomingPacket packet, Encoding from, IncomingCodec as, byte[] buffer) {
    for (MediaFollower follower : whole.followers) {
      try {
        follower.forward(packet, from, as, buffer);
      } catch (RuntimeException | Error e) {
        follower.failed(e);
      }
    }
  }

  /** Lets all that follow look again which encoding is sent; for faults see {@link #forward}. */
  void reconsider(long now) {
    for (MediaFollower follower : whole.followers) {
      try {
        follower.reconsider(now);
      } catch (RuntimeException | Error e) {
        follower.failed(e);
      }
    }
  }

  void add(MediaFollower follower) {
    MediaFollower[] next = Arrays.copyOf(followers, followers.length + 1);
    next[followers.length] = follower;
    followers = next;
  }

  void remove(MediaFollower follower) {
    followers = Arrays.stream(followers).filter(f -> f != follower).toArray(MediaFollower[]::new);
    offered.recount();
  }

  /** Whether media is coming in, as it was told last. */
  boolean active() {
    return active;
  }

  void setActive(boolean active) {
    this.active = active;
  }

  /** A packet has come. */
  void arrived(long now) {
    lastArrival = now;
  }

  long lastArrival() {
    return lastArrival;
  }
}
