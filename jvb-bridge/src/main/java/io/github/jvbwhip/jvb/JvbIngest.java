package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.core.bridge.EndpointListener;
import io.github.jvbwhip.core.bridge.IngestEndpoint;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.IngestRequest;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.rtp.SsrcTable;
import io.github.jvbwhip.jvb.colibri.ColibriRequests;
import io.github.jvbwhip.jvb.colibri.ColibriResponse;
import io.github.jvbwhip.jvb.colibri.MediaPlan;
import io.github.jvbwhip.jvb.colibri.SourcePlan;
import io.github.jvbwhip.jvb.hooks.IceTap;
import io.github.jvbwhip.jvb.hooks.IngestHook;
import io.github.jvbwhip.jvb.hooks.KeyframeRequests;
import io.github.jvbwhip.jvb.media.EncodingMeter;
import io.github.jvbwhip.jvb.media.LearntEncoding;
import io.github.jvbwhip.jvb.media.PacketTotals;
import io.github.jvbwhip.jvb.media.SourceGroups;
import io.github.jvbwhip.jvb.media.SsrcLearner;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jitsi.nlj.Transceiver;
import org.jitsi.videobridge.transport.ice.IceTransport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A publisher. */
final class JvbIngest extends JvbEndpoint implements IngestEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(JvbIngest.class);

  private final IngestRequest request;
  private final List<Codec> codecs;
  private final SsrcLearner learner;
  private final IngestHook hook;
  private final KeyframeRequests keyframes;
  private volatile SourceGroups groups;
  private volatile Map<Long, EncodingMeter> meters = Map.of();
  private long learningNanos;

  JvbIngest(
      JvbRoom room,
      EndpointContext context,
      IceTransport ice,
      IceTap tap,
      IngestRequest request,
      SsrcLearner learner,
      IngestHook hook,
      SourceGroups groups,
      EndpointListener listener) {
    super(room, context, ice, tap, request.transport(), listener);
    this.request = request;
    this.codecs =
        request.media().stream()
            .flatMap(section -> section.codecs().stream())
            .map(codec -> codec.codec())
            .toList();
    this.learner = learner;
    this.hook = hook;
    Transceiver transceiver = context.endpoint().getTransceiver();
    this.keyframes =
        new KeyframeRequests(ssrc -> transceiver.requestKeyFrame(null, ssrc), System::nanoTime);
    transceiver.getRtcpEventNotifier().addRtcpEventListener(keyframes, false);
    this.groups = groups;
    measure(groups);
    accept();
  }

  StreamName stream() {
    return request.stream();
  }

  List<IngestMedia> media() {
    return request.media();
  }

  SourceGroups groups() {
    return groups;
  }

  @Nullable EncodingMeter meter(long ssrc) {
    return meters.get(ssrc);
  }

  /** Asks for this publisher's keyframes. */
  KeyframeRequests keyframes() {
    return keyframes;
  }

  /** All negotiated codecs, the preferred first. */
  List<Codec> codecs() {
    return codecs;
  }

  /** The name of a source of this endpoint. */
  static String sourceName(String endpointId, MediaKind kind, int number) {
    return endpointId + (kind == MediaKind.AUDIO ? "-a" : "-v") + number;
  }

  /** What the bridge is told about these groups. */
  static List<SourcePlan> plans(String endpointId, List<IngestMedia> media, SourceGroups groups) {
    return groups.groups().stream()
        .map(
            group -> {
              MediaKind kind = media.get(group.section()).kind();
              return new SourcePlan(
                  kind,
                  sourceName(endpointId, kind, group.number()),
                  group.encodings().stream()
                      .map(e -> new SourcePlan.Encoding(e.ssrc(), e.rtxSsrc()))
                      .toList());
            })
        .toList();
  }

  /** The publisher's numbers, by kind. */
  static List<MediaPlan> mediaPlans(List<IngestMedia> media) {
    return media.stream()
        .map(section -> new MediaPlan(section.kind(), section.codecs(), section.extensions()))
        .toList();
  }

  /**
   * Tells the bridge what was learnt. Called on the control thread.
   *
   * @return whether there are new sources, whose packets are still kept back: {@link #release} them
   */
  boolean learn(long nowNanos) {
    List<LearntEncoding> known = learner.encodings();
    if (isEnded() || known.isEmpty()) {
      return false;
    }
    OptionalLong clash = room().clash(known, this);
    if (clash.isPresent()) {
      end(EndReason.SSRC_IN_USE, "another publisher sends with SSRC " + clash.getAsLong());
      return false;
    }
    if (!groups.lacks(known)) {
      learningNanos = 0;
    } else if (learningNanos == 0) {
      learningNanos = nowNanos;
    }
    long elapsed = learningNanos == 0 ? 0 : nowNanos - learningNanos;
    SourceGroups next = groups.with(request.media(), known, elapsed);
    if (plans(id(), request.media(), next).equals(plans(id(), request.media(), groups))) {
      return false;
    }
    ColibriResponse response =
        room()
            .send(
                stanza ->
                    ColibriRequests.sources(
                        stanza, context().key(), id(), plans(id(), request.media(), next)));
    if (response instanceof ColibriResponse.Refused refused) {
      LOG.warn("Publisher {}: sources not taken: {}", id(), refused.detail());
      return false;
    }
    LOG.info("Publisher {}: {} sources", id(), next.groups().size());
    groups = next;
    measure(next);
    return true;
  }

  /** Lets the packets of all sources that the bridge knows pass. Called on the control thread. */
  void release() {
    tap().release(this::accept);
  }

  private void accept() {
    long now = System.nanoTime();
    learner.accept(groups.encodings()).forEach(since -> JvbMetrics.get().learnt(now - since));
  }

  private void measure(SourceGroups next) {
    Map<Long, EncodingMeter> all = new HashMap<>(meters);
    next.encodings().forEach(e -> all.computeIfAbsent(e.ssrc(), EncodingMeter::new));
    meters = Map.copyOf(all);
    hook.measure(SsrcTable.of(all));
    Map<Long, long[]> encodings = new HashMap<>();
    for (SourceGroups.Group group : next.groups()) {
      long[] ssrcs = group.encodings().stream().mapToLong(LearntEncoding::ssrc).toArray();
      encodings.put(ssrcs[0], ssrcs);
    }
    keyframes.setSources(SsrcTable.of(encodings));
  }

  /** The kinds of which media comes in now. */
  Set<MediaKind> active(long nowNanos) {
    Set<MediaKind> now = EnumSet.noneOf(MediaKind.class);
    for (SourceGroups.Group group : groups.groups()) {
      for (LearntEncoding encoding : group.encodings()) {
        EncodingMeter meter = meters.get(encoding.ssrc());
        if (meter != null && meter.isActive(nowNanos)) {
          now.add(request.media().get(group.section()).kind());
        }
      }
    }
    return now;
  }

  /** Measures the bitrates. Called on the control thread, about once a second. */
  void sample(long nowNanos) {
    meters.values().forEach(meter -> meter.sample(nowNanos));
  }

  @Override
  JvbMetrics.Kind kind() {
    return JvbMetrics.Kind.WHIP;
  }

  @Override
  PacketTotals packetTotals() {
    return hook.totals().plus(tap().totals());
  }
}
