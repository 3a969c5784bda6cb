package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.LayerInfo;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.MediaNotice;
import io.github.jvbwhip.core.bridge.PublisherLimits;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.bridge.StreamSnapshot;
import io.github.jvbwhip.core.metrics.DropReason;
import io.github.jvbwhip.core.metrics.PacketCounter;
import io.github.jvbwhip.core.metrics.PacketTotals;
import io.github.jvbwhip.core.picture.ChunkPool;
import io.github.jvbwhip.core.picture.PictureCache;
import io.github.jvbwhip.core.rtp.ArrivalTracker.Arrival;
import io.github.jvbwhip.core.rtp.InsertedNumbers;
import io.github.jvbwhip.core.rtp.RtpHeader;
import io.github.jvbwhip.core.rtp.Rtx;
import io.github.jvbwhip.core.rtp.extension.TransportSequenceNumber;
import io.github.jvbwhip.core.rtp.rtcp.Rtcp;
import io.github.jvbwhip.core.rtp.rtcp.SenderReport;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A publisher: its media, and the way of its packets to those who follow it. The public methods are
 * thread-safe, they take the room's lock; all else is guarded by it.
 */
public final class Publisher implements MediaOwner {
  private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

  /** What was negotiated is missed when it has not come so long after the connection. */
  private static final long MISSED_NANOS = 5_000_000_000L;

  private final RoomResources room;
  private final StreamName name;
  private final PacketSink sink;
  private final LongConsumer changed;
  private final List<IncomingMedia> media = new ArrayList<>();
  private final EncodingRoutes routes;
  private final PublisherFeedback feedback;
  private final SpeechLevel speech = new SpeechLevel();
  private final ReceivedExtensions extensions;
  private final IngestLimit limit;
  private final PacketCounter packets = new PacketCounter();
  private @Nullable IncomingMedia further;
  private boolean open = true;
  private boolean shown;
  private boolean connected;
  private long connectedAt;
  private long recovered;

  /**
   * @param changed is told, under the room's lock, when media starts and when the publisher leaves
   */
  Publisher(
      RoomResources room,
      StreamName name,
      List<IngestMedia> plans,
      PublisherLimits limits,
      PacketSink sink,
      LongConsumer changed) {
    this.room = room;
    this.name = name;
    this.sink = sink;
    this.changed = changed;
    ChunkPool.Share memory = room.pictures.share();
    plans.forEach(
        plan ->
            media.add(
                new IncomingMedia(
                    this, plan, () -> new PictureCache(room.config.firstPicture(), memory))));
    routes = new EncodingRoutes(media);
    extensions = new ReceivedExtensions(media);
    limit = new IngestLimit(name, room.config.maxPublisherBitrate());
    feedback =
        new PublisherFeedback(
            media,
            sink,
            room.buffer,
            TrackIdentity.ssrc(room.random),
            extensions.hasTransportNumbers(),
            limits.maxBitrate(),
            room.config);
  }

  // The packet path.

  /**
   * An RTP packet has come from the publisher: it goes to all that follow, before this returns.
   *
   * @param b may be changed
   * @param nanoTime of its arrival
   */
  public void onRtp(byte[] b, int off, int len, long nanoTime) {
    synchronized (room.lock) {
      if (!open) {
        return;
      }
      if (len > IncomingPacket.MAX_LENGTH || !RtpHeader.isValid(b, off, len)) {
        packets.dropped(DropReason.UNREADABLE);
      } else if (limit.admits(len, nanoTime)) {
        receive(b, off, len, nanoTime);
      }
    }
  }

  private void receive(byte[] b, int packetAt, int packetLength, long now) {
    int off = packetAt;
    int len = packetLength;
    int transportNumber = extensions.transportNumber(b, off);
    if (transportNumber != TransportSequenceNumber.NONE) {
      feedback.arrived(transportNumber, now);
    }
    long ssrc = RtpHeader.ssrc(b, off);
    EncodingRoute route = routes.get(ssrc);
    if (route == null) {
      route = routes.learn(b, off, ssrc);
      if (route == null) {
        packets.dropped(DropReason.UNKNOWN_SSRC);
        return;
      }
    }
    Encoding encoding = route.encoding();
    IncomingMedia from = route.media();
    if (route.retransmission()) {
      int original = from.retransmits(RtpHeader.payloadType(b, off));
      // In place: the header moves over the original sequence number.
      if (original < 0
          || Rtx.decapsulate(b, off, len, b, off + Rtx.OVERHEAD, original, encoding.ssrc)
              == Rtx.NONE) {
        return;
      }
      off += Rtx.OVERHEAD;
      len -= Rtx.OVERHEAD;
    }
    IncomingCodec codec = from.codec(RtpHeader.payloadType(b, off));
    if (codec == null) {
      packets.dropped(DropReason.PAYLOAD_TYPE);
      return;
    }
    int sequenceNumber = RtpHeader.sequenceNumber(b, off);
    long timestamp = RtpHeader.timestamp(b, off);
    boolean retransmission = route.retransmission();
    Arrival arrival = encoding.received(sequenceNumber, timestamp, codec, retransmission, now);
    if (arrival == Arrival.RESTART) {
      route = routes.restart(route);
      if (route == null) {
        packets.dropped(DropReason.STRAY);
        return;
      }
      encoding = route.encoding();
      arrival = encoding.received(sequenceNumber, timestamp, codec, retransmission, now);
    }
    if (!arrival.isWanted()) {
      packets.dropped(DropReason.STRAY);
      return;
    }
    recovered += retransmission ? 1 : 0;
    encoding.sends(codec, timestamp, now);
    byte[] completed = room.completed;
    if (encoding.lacksParameterSets(b, off, len)) {
      int length = encoding.writeParameterSets(b, off, completed);
      pass(
          completed, 0, length, RtpHeader.sequenceNumber(completed, 0), from, encoding, codec, now);
    }
    int number = encoding.number();
    if (number == InsertedNumbers.NONE) {
      packets.dropped(DropReason.LATE);
      return;
    }
    packets.rewritten();
    if (encoding.lacksSequenceHeader(b, off, len)) {
      int length = encoding.writeWithSequenceHeader(b, off, len, completed);
      pass(completed, 0, length, number, from, encoding, codec, now);
    } else {
      pass(b, off, len, number, from, encoding, codec, now);
    }
  }

  private void pass(
      byte[] b,
      int off,
      int len,
      int number,
      IncomingMedia from,
      Encoding encoding,
      IncomingCodec codec,
      long now) {
    IncomingPacket packet = room.packet;
    packet.read(b, off, len, number, codec.keyframes(), now);
    from.arrived(now);
    if (!from.active()) {
      from.setActive(true);
      changed.accept(now);
    }
    if (encoding.arrived(packet)) {
      from.reconsider(now);
    }
    encoding.inspect(packet, codec);
    if (from.kind() == MediaKind.VIDEO) {
      encoding.layers.read(packet, codec, extensions.descriptorId());
      extensions.allocate(from, b, off);
      encoding.keep(packet, codec);
    } else {
      extensions.hear(speech, b, off, now);
    }
    from.forward(packet, encoding, codec, room.buffer);
  }

  /** An RTCP packet has come from the publisher: of it, sender reports are of interest. */
  public void onRtcp(byte[] b, int off, int len, long nanoTime) {
    synchronized (room.lock) {
      if (!open || !Rtcp.isValid(b, off, len)) {
        return;
      }
      for (int at = off; at < off + len; at = Rtcp.next(b, at)) {
        EncodingRoute route = SenderReport.is(b, at) ? routes.get(SenderReport.ssrc(b, at)) : null;
        if (route != null && !route.retransmission()) {
          route
              .encoding()
              .senderReport(
                  SenderReport.ntpTime(b, at), SenderReport.rtpTimestamp(b, at), nanoTime);
        }
      }
    }
  }

  // For its session.

  /** Media can come from now on. */
  public void connected(long now) {
    synchronized (room.lock) {
      connected = true;
      connectedAt = now;
    }
  }

  /** What is amiss with what it sends. */
  public Set<MediaNotice> notices(long now) {
    Set<MediaNotice> notices = EnumSet.noneOf(MediaNotice.class);
    synchronized (room.lock) {
      if (!open || !connected) {
        return notices;
      }
      if (routes.hasUntold()) {
        notices.add(MediaNotice.UNASSIGNED);
      }
      if (now - connectedAt > MISSED_NANOS) {
        if (isMissed(MediaKind.AUDIO)) {
          notices.add(MediaNotice.NO_AUDIO);
        }
        if (isMissed(MediaKind.VIDEO)) {
          notices.add(MediaNotice.NO_VIDEO);
        }
      }
      media.forEach(each -> each.notice(notices, now));
    }
    return notices;
  }

  /** Whether it negotiated media of that kind, and none comes in. */
  private boolean isMissed(MediaKind kind) {
    List<IncomingMedia> all = media.stream().filter(each -> each.kind() == kind).toList();
    return !all.isEmpty() && all.stream().noneMatch(IncomingMedia::active);
  }

  /** Packets that did not come, and those that came as retransmissions. */
  public LossCounters losses() {
    synchronized (room.lock) {
      long lost = encodings().mapToLong(encoding -> encoding.reception.lostCount()).sum();
      return new LossCounters(Math.max(0, lost), recovered, OptionalLong.empty());
    }
  }

  /** What has become of its packets so far. */
  public PacketTotals totals() {
    synchronized (room.lock) {
      return packets.totals().plus(DropReason.BITRATE, limit.dropped());
    }
  }

  /** Leaves the room. Idempotent. */
  public void close(long now) {
    synchronized (room.lock) {
      if (open) {
        open = false;
        encodings().forEach(Encoding::end);
        if (further != null) {
          further.leave(now);
        }
        changed.accept(now);
      }
    }
  }

  /** Another server says what else it has; see {@link OfferedEncodings#offer}. */
  public void offer(
      List<LayerInfo> layers, Optional<String> brought, Consumer<Set<String>> wanted, long now) {
    synchronized (room.lock) {
      Optional<IncomingMedia> video = video();
      if (open && video.isPresent()) {
        video.get().offered().offer(layers, brought, wanted);
        video.get().reconsider(now);
        video.get().offered().recount();
        changed.accept(now);
      }
    }
  }

  // Under the room's lock.

  /**
   * Brings one more encoding of what another publisher brings.
   *
   * @return whether that is possible
   */
  boolean join(Publisher whole) {
    Optional<IncomingMedia> of = whole.video();
    Optional<IncomingMedia> own = video();
    Optional<String> rid = own.flatMap(media -> media.plan().encodings().get(0).rid());
    if (of.isEmpty() || rid.isEmpty() || !of.get().isNumberedAs(own.get())) {
      return false;
    }
    own.get().join(of.get(), rid.get());
    further = own.get();
    return true;
  }

  /** Whether it is no stream of its own. */
  boolean isFurther() {
    return further != null;
  }

  /** The RIDs of its video, where it may have several. */
  List<String> plannedRids() {
    List<String> rids =
        video().stream()
            .flatMap(each -> each.plan().encodings().stream())
            .flatMap(encoding -> encoding.rid().stream())
            .toList();
    return rids.size() > 1 ? rids : List.of();
  }

  private Optional<IncomingMedia> video() {
    return media.stream().filter(each -> each.kind() == MediaKind.VIDEO).findFirst();
  }

  @Override
  public StreamName name() {
    return name;
  }

  PacketSink sink() {
    return sink;
  }

  List<IncomingMedia> media() {
    return media;
  }

  Stream<Encoding> encodings() {
    return media.stream().flatMap(each -> each.encodings().stream());
  }

  void show() {
    shown = true;
  }

  /** Whether its endpoint is open: before, nobody sees it. */
  boolean isShown() {
    return shown;
  }

  @Override
  public boolean isClosed() {
    return !open;
  }

  /** How loudly it speaks, in dB above the background. */
  int loudness(long now) {
    return speech.decibels(now);
  }

  /** Whether a picture comes in. */
  boolean isSeen() {
    return media.stream().anyMatch(each -> each.kind() == MediaKind.VIDEO && each.active());
  }

  boolean isActive() {
    return media.stream().anyMatch(IncomingMedia::active);
  }

  @Override
  public boolean hasReportedAll() {
    for (IncomingMedia each : media) {
      boolean reported = each.encodings().stream().anyMatch(e -> e.clock.isKnown());
      if (each.active() && !reported) {
        return false;
      }
    }
    return true;
  }

  StreamSnapshot snapshot() {
    return new StreamSnapshot(name, media.stream().map(IncomingMedia::snapshot).toList());
  }

  /** Some times a second: whether media has stopped is noticed, and what cannot wait is said. */
  void tick(long now) {
    long limit = room.config.stoppedAfter().toNanos();
    for (IncomingMedia each : media) {
      if (each.active() && now - each.lastArrival() > limit) {
        each.setActive(false);
        changed.accept(now);
      }
    }
    if (connected) {
      feedback.tick(now);
    }
  }

  @Override
  public void askForKeyframes(long now) {
    if (connected) {
      feedback.askForKeyframes(now);
    }
  }

  /** Once a second: reports, and how much has come. */
  void tickSecond(long now) {
    limit.tell(now);
    routes.tickSecond();
    routes
        .takeUntold()
        .ifPresent(s -> LOG.warn("Publisher {}: packets of SSRC {} tell no m-section", name, s));
    encodings().forEach(encoding -> encoding.roll(now));
    media.forEach(each -> each.offered().recount());
    if (connected) {
      feedback.tickSecond(now);
    }
  }
}
