package io.github.jvbwhip.jvb.fake;

import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.rtp.RtpHeader;
import io.github.jvbwhip.jvb.host.EgressLink;
import io.github.jvbwhip.jvb.host.EgressTaps;
import io.github.jvbwhip.jvb.host.SourcePlan;
import io.github.jvbwhip.jvb.media.Feed;
import io.github.jvbwhip.jvb.media.SlotRewriter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/**
 * A player's hooks in memory: what the player asked for is forwarded, of a source with several
 * encodings the largest that it allows, from a keyframe on. Thread-safe.
 */
public final class FakeEgress extends FakeLink implements EgressLink {
  private static final int SMALLEST_HEIGHT = 180;

  private final EgressTaps taps;
  private final List<byte[]> received = new CopyOnWriteArrayList<>();
  private final List<List<Video>> asked = new CopyOnWriteArrayList<>();
  private final Map<String, Integer> encodings = new HashMap<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Set<String> starved = ConcurrentHashMap.newKeySet();
  private List<Video> shown = List.of();
  private volatile Set<String> heard = Set.of();
  private volatile Set<String> forwarded = Set.of();
  private volatile BiConsumer<SlotRewriter, Feed> kept = (slot, source) -> {};

  FakeEgress(FakeEndpoint endpoint, EgressTaps taps) {
    super(endpoint);
    this.taps = taps;
  }

  EgressTaps taps() {
    return taps;
  }

  /** What its client got, in order. */
  public List<byte[]> received() {
    return List.copyOf(received);
  }

  /** What the bridge was asked to send of video, each time. */
  public List<List<Video>> asked() {
    return List.copyOf(asked);
  }

  /** The audio sources that the bridge was asked for last. */
  public Set<String> heard() {
    return heard;
  }

  /** The names of the sources that the streams to its client are to show, in their order. */
  public List<String> targets() {
    return taps.rewriters().stream()
        .map(SlotRewriter::target)
        .map(target -> target == null ? "" : target.sourceName())
        .toList();
  }

  /** The bandwidth does not suffice for that source any more. */
  public void starve(String source) {
    starved.add(source);
    stop(Set.of(source));
  }

  /** It does again. */
  public void feed(String source) {
    starved.remove(source);
  }

  /** Each source of which something is kept is sent by a test itself, and told to it. */
  public void keep(BiConsumer<SlotRewriter, Feed> test) {
    kept = test;
  }

  @Override
  public void feed(SlotRewriter slot, Feed source) {
    kept.accept(slot, source);
  }

  @Override
  public void show(List<Video> wanted) {
    asked.add(wanted);
    Set<String> dropped;
    synchronized (this) {
      shown = wanted;
      dropped = new HashSet<>(forwarded);
      wanted.forEach(video -> dropped.remove(video.source()));
    }
    stop(dropped);
  }

  private void stop(Set<String> sources) {
    Set<String> left;
    synchronized (this) {
      left = new HashSet<>(forwarded);
      if (!left.removeAll(sources)) {
        return;
      }
      forwarded = Set.copyOf(left);
      encodings.keySet().removeAll(sources);
    }
    sources.forEach(taps.stopped());
    taps.forwarded().run();
  }

  @Override
  public void hear(Set<String> sources) {
    heard = Set.copyOf(sources);
  }

  @Override
  public int forwardedCount() {
    look();
    return forwarded.size();
  }

  @Override
  public Set<String> forwarded() {
    look();
    return forwarded;
  }

  /** The bridge forwards the source of somebody whom the plugin does not know. */
  public void takeUp(String source) {
    synchronized (this) {
      Set<String> more = new HashSet<>(forwarded);
      more.add(source);
      forwarded = Set.copyOf(more);
    }
    taps.forwarded().run();
  }

  /**
   * A packet of a source came in.
   *
   * @param asks asks whoever sends it for a keyframe
   */
  void forward(Runnable asks, byte[] packet, SourcePlan source, int encoding, boolean keyframe) {
    if (source.kind() == MediaKind.AUDIO) {
      if (heard.contains(source.name())) {
        deliver(packet.clone(), false, SlotRewriter.Start.LOOK);
      }
      return;
    }
    if (!takeUp(asks, source) || !projects(source, encoding, keyframe)) {
      return;
    }
    byte[] projected = packet.clone();
    RtpHeader.setSsrc(projected, 0, source.encodings().get(0).ssrc());
    RtpHeader.setSequenceNumber(projected, 0, nextNumber(source.name()));
    SlotRewriter.Start start = keyframe ? SlotRewriter.Start.YES : SlotRewriter.Start.NO;
    int slot = deliver(projected, true, start);
    if (slot >= 0) {
      taps.rewriters().get(slot).setEncoding(encoding);
    }
  }

  /** The bridge begins to forward a source that comes in, and asks for a keyframe. */
  private boolean takeUp(Runnable asks, SourcePlan source) {
    synchronized (this) {
      boolean wanted =
          !starved.contains(source.name())
              && shown.stream().anyMatch(video -> video.source().equals(source.name()));
      if (!wanted || forwarded.contains(source.name())) {
        return wanted;
      }
    }
    takeUp(source.name());
    asks.run();
    return true;
  }

  private synchronized boolean projects(SourcePlan source, int encoding, boolean keyframe) {
    int target =
        shown.stream()
            .filter(video -> video.source().equals(source.name()))
            .mapToInt(video -> highest(video.maxHeight(), source.encodings().size()))
            .max()
            .orElse(0);
    if (keyframe && encoding == target) {
      encodings.put(source.name(), encoding);
    } else if (keyframe && encodings.getOrDefault(source.name(), -1) < 0 && encoding < target) {
      encodings.put(source.name(), encoding); // Better than nothing, until the target's comes.
    }
    return encodings.getOrDefault(source.name(), -1) == encoding;
  }

  private synchronized int nextNumber(String source) {
    return numbers.merge(source, 1, Integer::sum) & 0xFFFF;
  }

  private static int highest(int maxHeight, int encodings) {
    int highest = encodings - 1;
    while (maxHeight >= 0 && highest > 0 && SMALLEST_HEIGHT << highest > maxHeight) {
      highest--;
    }
    return highest;
  }

  /** As the hook in the bridge does it; the index of the stream, or -1 when it goes into none. */
  private synchronized int deliver(byte[] packet, boolean video, SlotRewriter.Start start) {
    List<SlotRewriter> slots = taps.rewriters();
    long ssrc = RtpHeader.ssrc(packet, 0);
    for (int i = 0; i < slots.size(); i++) {
      if (slots.get(i).isVideo() == video
          && slots.get(i).isAimedAt(ssrc)
          && rewrite(packet, slots.get(i), start)) {
        return i;
      }
    }
    for (int i = 0; i < slots.size(); i++) {
      if (slots.get(i).isVideo() == video && slots.get(i).goesOnWith(ssrc)) {
        return rewrite(packet, slots.get(i), start) ? i : -1;
      }
    }
    return -1;
  }

  private boolean rewrite(byte[] packet, SlotRewriter slot, SlotRewriter.Start start) {
    long now = endpoint().conference().host().nanoTime();
    byte[] own = Arrays.copyOf(packet, packet.length);
    if (!slot.rewrite(own, 0, own.length, start, now)) {
      return false;
    }
    RtpHeader.setSsrc(own, 0, slot.ssrc());
    RtpHeader.setPayloadType(own, 0, slot.payloadType());
    RtpHeader.setSequenceNumber(own, 0, slot.sequenceNumber());
    RtpHeader.setTimestamp(own, 0, slot.timestamp());
    received.add(own);
    return true;
  }
}
