package io.github.jvbwhip.core.bridge;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/** A player's endpoint on the fake bridge. */
public final class FakeEgress extends FakeEndpoint implements EgressEndpoint {
  private final EgressRequest request;
  private final List<SentSource> sources;
  private final Map<String, LayerSelection> selections = new TreeMap<>();
  private Optional<RemoteTransport> remote;
  private List<EgressMedia> media;

  FakeEgress(FakeBridge bridge, EgressRequest request, EndpointListener listener) {
    super(bridge, request.room(), listener, request.transport());
    this.request = request;
    this.remote = request.transport();
    this.media = request.media();
    this.sources = newSources(request.media());
  }

  private List<SentSource> newSources(List<EgressMedia> media) {
    String cname = "cname-" + id();
    List<SentSource> result = new ArrayList<>();
    for (EgressMedia section : media) {
      boolean rtx = section.codecs().stream().anyMatch(c -> c.rtxPayloadType().isPresent());
      long ssrc = bridge.nextNumber();
      OptionalLong rtxSsrc = rtx ? OptionalLong.of(bridge.nextNumber()) : OptionalLong.empty();
      result.add(new SentSource(section.mid(), ssrc, rtxSsrc, cname));
    }
    return List.copyOf(result);
  }

  @Override
  public List<SentSource> sources() {
    return sources;
  }

  /** It sends nothing. */
  @Override
  public List<SentVideo> videos() {
    return media().stream()
        .filter(section -> section.kind() == MediaKind.VIDEO)
        .map(section -> SentVideo.nothing(section.mid(), 0))
        .toList();
  }

  @Override
  public void connect(RemoteTransport remote, List<EgressMedia> media) throws BridgeException {
    synchronized (bridge) {
      if (!isLive()) {
        throw new BridgeException(BridgeException.Reason.ENDED, "The endpoint has ended.");
      }
      if (this.remote.isPresent()) {
        throw new IllegalStateException("there is a remote transport already");
      }
      List<String> left = new ArrayList<>(request.media().stream().map(EgressMedia::mid).toList());
      if (!media.stream().allMatch(accepted -> left.remove(accepted.mid()))) {
        throw new BridgeException(
            BridgeException.Reason.REFUSED,
            "The answer has a mid twice, or one that the offer did not have.");
      }
      bridge.checkConnect();
      this.remote = Optional.of(remote);
      this.media = List.copyOf(media);
      resolveRole(remote.role().opposite());
      addRemoteCandidates(remote.candidates(), false);
    }
  }

  @Override
  public void selectLayer(String mid, LayerSelection selection) throws BridgeException {
    synchronized (bridge) {
      if (!isLive()) {
        throw new BridgeException(BridgeException.Reason.ENDED, "The endpoint has ended.");
      }
      if (media.stream().noneMatch(m -> m.mid().equals(mid) && m.kind() == MediaKind.VIDEO)) {
        throw new BridgeException(
            BridgeException.Reason.LAYER_UNAVAILABLE, "There is no video m-section of that mid.");
      }
      if (!selection.equals(LayerSelection.AUTOMATIC)
          && bridge.publishedLayers(this).stream().noneMatch(layer -> fits(layer, selection))) {
        throw new BridgeException(
            BridgeException.Reason.LAYER_UNAVAILABLE, "Nothing that is published fits.");
      }
      selections.put(mid, selection);
    }
  }

  private static boolean fits(LayerInfo layer, LayerSelection wish) {
    return (wish.rid().isEmpty() || wish.rid().equals(layer.rid()))
        && same(wish.spatialLayerId(), layer.spatialLayerId())
        && same(wish.temporalLayerId(), layer.temporalLayerId())
        && atMost(layer.spatialLayerId(), wish.maxSpatialLayerId())
        && atMost(layer.temporalLayerId(), wish.maxTemporalLayerId())
        && atMost(layer.width(), wish.maxWidth())
        && atMost(layer.height(), wish.maxHeight());
  }

  private static boolean same(OptionalInt wish, OptionalInt value) {
    return wish.isEmpty() || wish.equals(value);
  }

  private static boolean atMost(OptionalInt value, OptionalInt limit) {
    return limit.isEmpty() || value.isEmpty() || value.getAsInt() <= limit.getAsInt();
  }

  /** What it was opened with. */
  public EgressRequest request() {
    return request;
  }

  /** The player's transport, once known. */
  public Optional<RemoteTransport> remote() {
    synchronized (bridge) {
      return remote;
    }
  }

  /** The media in force: what was asked for, or what the player's answer left of it. */
  public List<EgressMedia> media() {
    synchronized (bridge) {
      return media;
    }
  }

  /** The selection in force in that m-section. */
  public LayerSelection selection(String mid) {
    synchronized (bridge) {
      return selections.getOrDefault(mid, LayerSelection.AUTOMATIC);
    }
  }
}
