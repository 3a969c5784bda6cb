package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.EndpointListener;
import io.github.jvbwhip.core.bridge.Feedback;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.IngestRequest;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.MediaNotice;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.codec.SentCodecs;
import io.github.jvbwhip.core.metrics.SessionMetrics;
import io.github.jvbwhip.core.rtp.SsrcTable;
import io.github.jvbwhip.jvb.RoomConference.Place;
import io.github.jvbwhip.jvb.host.Allocation;
import io.github.jvbwhip.jvb.host.HostEndpoint;
import io.github.jvbwhip.jvb.host.IngestLink;
import io.github.jvbwhip.jvb.host.IngestTaps;
import io.github.jvbwhip.jvb.host.SourcePlan;
import io.github.jvbwhip.jvb.media.EncodingMeter;
import io.github.jvbwhip.jvb.media.LearntEncoding;
import io.github.jvbwhip.jvb.media.SourceGroups;
import io.github.jvbwhip.jvb.media.SsrcLearner;
import io.github.jvbwhip.jvb.media.SsrcTranslation;
import io.github.jvbwhip.jvb.room.KeyframeRequests;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A publisher. */
final class JvbIngest extends JvbEndpoint implements RoomPublisher {
  private static final Logger LOG = LoggerFactory.getLogger(JvbIngest.class);

  /** When sources that the bridge has refused are told again. */
  private static final long AGAIN_NANOS = 1_000_000_000L;

  /** What was negotiated is missed when it has not come so long after the connection. */
  private static final long MISSED_NANOS = 5_000_000_000L;

  private final IngestRequest request;
  private final List<Codec> codecs;
  private final SsrcLearner learner;
  private final Consumer<JvbIngest> learnt;
  private final KeyframeRequests keyframes;
  private final IngestLink link;
  private volatile SourceGroups groups;
  private volatile Map<Long, EncodingMeter> meters = Map.of();
  private long learningNanos;
  private boolean telling;
  private List<SourcePlan> refused = List.of();
  private long refusedNanos;

  /**
   * @param ssrcs what the learner has got
   * @param groups what the bridge has been told
   * @param news hears, on a network thread, that SSRCs of it were learnt; must only enqueue
   * @param learnt hears that the bridge has new sources of it, whose packets are still kept back:
   *     {@link #release} them
   */
  JvbIngest(
      Place place,
      Surroundings room,
      IngestRequest request,
      SsrcLearner learner,
      SsrcTranslation ssrcs,
      SourceGroups groups,
      Consumer<JvbIngest> news,
      Consumer<JvbIngest> learnt,
      EndpointListener listener)
      throws BridgeException {
    super(place, room, request.transport(), listener);
    this.request = request;
    this.codecs = request.media().stream().flatMap(JvbIngest::codecs).distinct().toList();
    this.learner = learner;
    this.learnt = learnt;
    this.groups = groups;
    this.keyframes = new KeyframeRequests(this::requestKeyframe, room.tasks()::nanoTime);
    this.link =
        place
            .conference()
            .attach(
                place.allocation(),
                new IngestTaps(
                    request.media(),
                    learner,
                    ssrcs,
                    request.limits().maxBitrate(),
                    () -> news.accept(this),
                    this::keyframeAsked,
                    room.changed(),
                    this::secured,
                    this::alerted));
    measure(groups);
    accept();
  }

  private void requestKeyframe(long ssrc) {
    link.requestKeyframe(ssrc);
  }

  private void keyframeAsked(long ssrc) {
    keyframes.sent(ssrc);
    EncodingMeter meter = meters.get(ssrc);
    if (meter != null) {
      meter.asked(room().tasks().nanoTime());
    }
  }

  @Override
  public Set<MediaNotice> notices() {
    Set<MediaNotice> notices = EnumSet.noneOf(MediaNotice.class);
    if (isEnded() || !isConnected()) {
      return notices;
    }
    long now = room().tasks().nanoTime();
    if (learner.hasUntold()) {
      notices.add(MediaNotice.UNASSIGNED);
    }
    if (now - connectedNanos() > MISSED_NANOS) {
      if (isMissed(MediaKind.AUDIO, now)) {
        notices.add(MediaNotice.NO_AUDIO);
      }
      if (isMissed(MediaKind.VIDEO, now)) {
        notices.add(MediaNotice.NO_VIDEO);
      }
    }
    for (int section = 0; section < request.media().size(); section++) {
      IngestMedia media = request.media().get(section);
      if (media.kind() == MediaKind.VIDEO) {
        boolean takesRequests = takesKeyframeRequests(media);
        measured(section).forEach(meter -> meter.notice(takesRequests, notices, now));
      }
    }
    return notices;
  }

  /** Whether it negotiated media of that kind, and none comes in. */
  private boolean isMissed(MediaKind kind, long nowNanos) {
    boolean any = false;
    for (int section = 0; section < request.media().size(); section++) {
      if (request.media().get(section).kind() == kind) {
        any = true;
        if (isActive(section, nowNanos)) {
          return false;
        }
      }
    }
    return any;
  }

  private static boolean takesKeyframeRequests(IngestMedia media) {
    return media.codecs().stream()
        .anyMatch(
            codec ->
                codec.feedback().contains(Feedback.NACK_PLI)
                    || codec.feedback().contains(Feedback.CCM_FIR));
  }

  @Override
  IngestLink link() {
    return link;
  }

  StreamName stream() {
    return request.stream();
  }

  /** Whether its video is a screen. */
  boolean isScreen() {
    return request.publisher().screen();
  }

  @Override
  public List<IngestMedia> media() {
    return request.media();
  }

  SourceGroups groups() {
    return groups;
  }

  @Nullable EncodingMeter meter(long ssrc) {
    return meters.get(ssrc);
  }

  /**
   * Whether another encoding has come in its place, or is about to come: its encoder has begun anew
   * with another SSRC. That packets can be decrypted shows only after they were announced.
   */
  boolean isReplaced(LearntEncoding encoding, long nowNanos) {
    return groups.successors(encoding).stream()
        .map(successor -> meters.get(successor.ssrc()))
        .anyMatch(meter -> meter != null && meter.isDue(nowNanos));
  }

  /** Asks for this publisher's keyframes. */
  KeyframeRequests keyframes() {
    return keyframes;
  }

  /** All negotiated codecs, the preferred first. */
  List<Codec> codecs() {
    return codecs;
  }

  /** What the bridge is told about these groups. */
  static List<SourcePlan> plans(String endpointId, List<IngestMedia> media, SourceGroups groups) {
    return groups.groups().stream()
        .map(
            group -> {
              MediaKind kind = media.get(group.section()).kind();
              return new SourcePlan(
                  kind,
                  SourcePlan.name(endpointId, kind, group.number()),
                  group.encodings().stream()
                      .map(e -> new SourcePlan.Encoding(e.ssrc(), e.rtxSsrc()))
                      .toList());
            })
        .toList();
  }

  /** The encodings whose SSRCs are known by now. */
  List<LearntEncoding> known() {
    return learner.encodings();
  }

  /** Has the bridge told what was learnt. Decides. */
  void learn(List<LearntEncoding> known, long nowNanos) {
    learner
        .takeUntold()
        .ifPresent(s -> LOG.warn("Publisher {}: packets of SSRC {} tell no m-section", id(), s));
    if (isEnded() || known.isEmpty() || telling) {
      return;
    }
    if (!groups.lacks(known)) {
      learningNanos = 0;
    } else if (learningNanos == 0) {
      learningNanos = nowNanos;
    }
    long elapsed = learningNanos == 0 ? 0 : nowNanos - learningNanos;
    List<LearntEncoding> gone = gone(nowNanos);
    learner.forget(gone);
    SourceGroups next = groups.with(request.media(), known, elapsed).without(gone);
    List<SourcePlan> plans = plans(id(), request.media(), next);
    if (plans.equals(plans(id(), request.media(), groups)) || isRefused(plans, nowNanos)) {
      return;
    }
    telling = true;
    calls().call(() -> tell(plans, next));
  }

  /** Whether the bridge has just refused them; it is asked again a little later. */
  private boolean isRefused(List<SourcePlan> plans, long nowNanos) {
    return plans.equals(refused) && nowNanos - refusedNanos < AGAIN_NANOS;
  }

  /** What has been replaced and is silent, and what has turned out to be no packet of it. */
  private List<LearntEncoding> gone(long nowNanos) {
    return groups.encodings().stream()
        .filter(
            encoding -> {
              EncodingMeter meter = meters.get(encoding.ssrc());
              return meter != null
                  && meter.isSilent(nowNanos)
                  && (isReplaced(encoding, nowNanos) || encoding.seen() && !meter.isSeen());
            })
        .toList();
  }

  private void tell(List<SourcePlan> plans, SourceGroups next) {
    if (!isEnded()) {
      Optional<String> refusal = place().allocation().setSources(plans);
      room().tasks().execute(() -> told(plans, next, refusal));
    }
  }

  private void told(List<SourcePlan> plans, SourceGroups next, Optional<String> refusal) {
    telling = false;
    if (isEnded()) {
      return;
    }
    if (refusal.isPresent()) {
      if (!plans.equals(refused)) {
        LOG.warn("Endpoint {}: sources not taken: {}", id(), refusal.get());
      }
      refused = plans;
      refusedNanos = room().tasks().nanoTime();
      return;
    }
    refused = List.of();
    LOG.info("Publisher {}: {} sources", id(), next.groups().size());
    groups = next;
    measure(next);
    learnt.accept(this);
  }

  /** Lets the packets of all sources that the bridge knows pass. Decides. */
  void release() {
    link.release(this::accept);
  }

  private void accept() {
    long now = room().tasks().nanoTime();
    learner.accept(groups.encodings()).forEach(since -> room().metrics().learnt(now - since));
  }

  private void measure(SourceGroups next) {
    long now = room().tasks().nanoTime();
    Map<Long, EncodingMeter> all = new HashMap<>();
    Map<Long, long[]> encodings = new HashMap<>();
    for (SourceGroups.SourceGroup group : next.groups()) {
      long[] ssrcs = group.encodings().stream().mapToLong(LearntEncoding::ssrc).toArray();
      encodings.put(ssrcs[0], ssrcs);
      for (LearntEncoding each : group.encodings()) {
        EncodingMeter known = meters.get(each.ssrc());
        boolean smallest = each.ssrc() == ssrcs[0];
        all.put(
            each.ssrc(), known == null ? new EncodingMeter(each.place(), smallest, now) : known);
      }
    }
    meters = Map.copyOf(all);
    link.measure(SsrcTable.of(all));
    keyframes.setSources(SsrcTable.of(encodings));
  }

  /** Whether media of that m-section comes in now. */
  boolean isActive(int section, long nowNanos) {
    return measured(section).anyMatch(meter -> meter.isActive(nowNanos));
  }

  /** What is sent in that m-section, as far as that is known: what comes in now, or came last. */
  List<Codec> sent(int section, long nowNanos) {
    boolean any = isActive(section, nowNanos);
    Set<Codec> seen = new HashSet<>();
    measured(section)
        .filter(meter -> !any || meter.isActive(nowNanos))
        .map(EncodingMeter::codec)
        .filter(Objects::nonNull)
        .forEach(seen::add);
    return SentCodecs.of(codecs(request.media().get(section)).toList(), seen);
  }

  private Stream<EncodingMeter> measured(int section) {
    return groups.encodings().stream()
        .filter(encoding -> encoding.section() == section)
        .map(encoding -> meters.get(encoding.ssrc()))
        .filter(Objects::nonNull);
  }

  private static Stream<Codec> codecs(IngestMedia section) {
    return section.codecs().stream().map(NegotiatedCodec::codec);
  }

  /** Measures the bitrates, and tells how much may come, about once a second. Decides. */
  void sample(long nowNanos) {
    meters.values().forEach(meter -> meter.sample(nowNanos));
    OptionalLong most = request.limits().maxBitrate();
    if (most.isPresent()
        && request.takesBitrate()
        && !meters.isEmpty()
        && link.transport() == HostEndpoint.Transport.CONNECTED) {
      link.tellBitrate(most.getAsLong(), meters.keySet());
    }
  }

  @Override
  public void giveWay() {
    close(Allocation::giveWay);
  }

  @Override
  SessionMetrics.Kind kind() {
    return SessionMetrics.Kind.WHIP;
  }
}
