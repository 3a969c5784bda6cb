package io.github.jvbwhip.core.bridge;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A publisher's endpoint on the fake bridge. */
public final class FakeIngest extends FakeEndpoint implements IngestEndpoint {
  private final IngestRequest request;
  private final Set<MediaKind> active = EnumSet.noneOf(MediaKind.class);
  private final Map<Integer, List<LayerInfo>> layers = new HashMap<>();

  FakeIngest(FakeBridge bridge, IngestRequest request, EndpointListener listener) {
    super(bridge, request.room(), listener, Optional.of(request.transport()));
    this.request = request;
  }

  /** What it was opened with. */
  public IngestRequest request() {
    return request;
  }

  /** Plays media of that kind that begins. */
  public void startMedia(MediaKind kind) {
    synchronized (bridge) {
      if (isLive() && active.add(kind)) {
        bridge.roomChanged(room);
      }
    }
  }

  /** Plays media of that kind that stops. */
  public void stopMedia(MediaKind kind) {
    synchronized (bridge) {
      if (isLive() && active.remove(kind)) {
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
              active.contains(media.kind()),
              video ? layers.getOrDefault(videos++, List.of()) : List.of()));
    }
    return new StreamSnapshot(request.stream(), tracks);
  }
}
