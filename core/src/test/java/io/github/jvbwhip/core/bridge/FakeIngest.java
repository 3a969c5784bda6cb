package io.github.jvbwhip.core.bridge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/** A publisher's endpoint on the fake bridge. */
public final class FakeIngest extends FakeEndpoint implements IngestEndpoint {
  private final IngestRequest request;

  /** The mids of what comes in. */
  private final Set<String> active = new HashSet<>();

  private final Map<Integer, List<LayerInfo>> layers = new HashMap<>();
  private Set<MediaNotice> notices = Set.of();

  FakeIngest(FakeBridge bridge, IngestRequest request, EndpointListener listener) {
    super(bridge, request.room(), listener, Optional.of(request.transport()));
    this.request = request;
  }

  /** What it was opened with. */
  public IngestRequest request() {
    return request;
  }

  @Override
  public List<IngestMedia> media() {
    return request.media();
  }

  @Override
  public Set<MediaNotice> notices() {
    synchronized (bridge) {
      return notices;
    }
  }

  /** Plays a publisher that something is amiss with. */
  public void setNotices(Set<MediaNotice> amiss) {
    synchronized (bridge) {
      notices = Set.copyOf(amiss);
    }
  }

  /** Plays media of that kind that begins. */
  public void startMedia(MediaKind kind) {
    play(kind, active::add);
  }

  /** Plays media of that kind that stops. */
  public void stopMedia(MediaKind kind) {
    play(kind, active::remove);
  }

  private void play(MediaKind kind, Predicate<String> change) {
    request.media().stream()
        .filter(media -> media.kind() == kind)
        .findFirst()
        .ifPresent(first -> play(first.mid(), change));
  }

  /** Plays a packet of that SSRC, which was signalled. */
  void receive(long ssrc) {
    request.media().stream()
        .filter(
            media ->
                media.encodings().stream().anyMatch(e -> e.ssrc().equals(OptionalLong.of(ssrc))))
        .forEach(media -> play(media.mid(), active::add));
  }

  private void play(String mid, Predicate<String> change) {
    synchronized (bridge) {
      if (isLive() && change.test(mid)) {
        bridge.roomChanged(room);
      }
    }
  }

  /** Whether media comes in. */
  boolean sends() {
    return !active.isEmpty();
  }

  /** Plays a change of the layers of its first video. */
  public void setLayers(List<LayerInfo> layers) {
    setLayers(0, layers);
  }

  /** Plays a change of the layers of one of its videos. */
  public void setLayers(int video, List<LayerInfo> layers) {
    synchronized (bridge) {
      if (isLive()) {
        this.layers.put(video, List.copyOf(layers));
        bridge.roomChanged(room);
      }
    }
  }

  List<LayerInfo> layers() {
    return snapshot().layers();
  }

  StreamSnapshot snapshot() {
    List<TrackSnapshot> tracks = new ArrayList<>();
    int videos = 0;
    for (IngestMedia media : request.media()) {
      boolean video = media.kind() == MediaKind.VIDEO;
      tracks.add(
          new TrackSnapshot(
              media.kind(),
              media.codecs().stream().map(NegotiatedCodec::codec).toList(),
              active.contains(media.mid()),
              video ? layers.getOrDefault(videos++, List.of()) : List.of()));
    }
    return new StreamSnapshot(request.stream(), tracks);
  }
}
