package io.github.jvbwhip.edge;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.EgressEndpoint;
import io.github.jvbwhip.core.bridge.EgressMedia;
import io.github.jvbwhip.core.bridge.EndpointStats;
import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.bridge.LayerSelection;
import io.github.jvbwhip.core.bridge.LocalTransport;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import io.github.jvbwhip.core.bridge.SelectedPair;
import io.github.jvbwhip.core.bridge.SentSource;
import io.github.jvbwhip.core.bridge.SentVideo;
import java.util.List;
import java.util.Optional;

/** A player's endpoint whose end is told. Thread-safe. */
final class CountedPlayer implements EgressEndpoint {
  private final EgressEndpoint endpoint;
  private final Runnable onClose;

  /**
   * @param onClose may run more than once
   */
  CountedPlayer(EgressEndpoint endpoint, Runnable onClose) {
    this.endpoint = endpoint;
    this.onClose = onClose;
  }

  @Override
  public void close() {
    endpoint.close();
    onClose.run();
  }

  @Override
  public String id() {
    return endpoint.id();
  }

  @Override
  public LocalTransport localTransport() {
    return endpoint.localTransport();
  }

  @Override
  public void addRemoteCandidates(List<IceCandidate> candidates, boolean endOfCandidates) {
    endpoint.addRemoteCandidates(candidates, endOfCandidates);
  }

  @Override
  public LocalTransport restartIce(IceCredentials remote, List<IceCandidate> candidates)
      throws BridgeException {
    return endpoint.restartIce(remote, candidates);
  }

  @Override
  public EndpointStats stats() {
    return endpoint.stats();
  }

  @Override
  public Optional<SelectedPair> pair() {
    return endpoint.pair();
  }

  @Override
  public List<SentSource> sources() {
    return endpoint.sources();
  }

  @Override
  public List<SentVideo> videos() {
    return endpoint.videos();
  }

  @Override
  public void connect(RemoteTransport remote, List<EgressMedia> media) throws BridgeException {
    endpoint.connect(remote, media);
  }

  @Override
  public void selectLayer(String mid, LayerSelection selection) throws BridgeException {
    endpoint.selectLayer(mid, selection);
  }
}
