package io.github.jvbwhip.core.bridge;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A publisher's endpoint on the fake bridge. */
public final class FakeIngest extends FakeEndpoint implements IngestEndpoint {
  private final IngestRequest request;
  private final Set<MediaKind> active = EnumSet.noneOf(MediaKind.class);
  private List<LayerInfo> layers = List.of();

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

  /** Plays a change of the published layers. */
  public void setLayers(List<LayerInfo> layers) {
    synchronized (bridge) {
      if (isLive()) {
        this.layers = List.copyOf(layers);
        bridge.roomChanged(room);
      }
    }
  }

  List<Codec> codecs() {
    return request.media().stream()
        .flatMap(media -> media.codecs().stream())
        .map(NegotiatedCodec::codec)
        .toList();
  }

  List<LayerInfo> layers() {
    return layers;
  }

  StreamSnapshot snapshot() {
    return new StreamSnapshot(request.stream(), codecs(), active, layers);
  }
}
