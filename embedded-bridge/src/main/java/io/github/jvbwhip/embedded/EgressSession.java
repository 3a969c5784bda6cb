package io.github.jvbwhip.embedded;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.EgressEndpoint;
import io.github.jvbwhip.core.bridge.EgressMedia;
import io.github.jvbwhip.core.bridge.EndpointListener;
import io.github.jvbwhip.core.bridge.LayerSelection;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import io.github.jvbwhip.core.bridge.SentSource;
import io.github.jvbwhip.core.bridge.SentVideo;
import io.github.jvbwhip.core.metrics.PacketTotals;
import io.github.jvbwhip.embedded.forward.LossCounters;
import io.github.jvbwhip.embedded.forward.Player;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A player's session. */
final class EgressSession extends BridgeSession implements EgressEndpoint {
  private final Player player;
  private final Consumer<BridgeSession> onLeave;
  private final AtomicBoolean remoteKnown;

  /**
   * @param remoteKnown whether the player's transport is known at the start
   * @param onLeave frees what the bridge holds for the session
   */
  EgressSession(
      String id,
      Player player,
      EndpointListener listener,
      Executor events,
      TransportSink sink,
      SessionTally tally,
      boolean remoteKnown,
      Consumer<BridgeSession> onLeave) {
    super(id, listener, events, sink, tally);
    this.player = player;
    this.remoteKnown = new AtomicBoolean(remoteKnown);
    this.onLeave = onLeave;
  }

  @Override
  public List<SentSource> sources() {
    return player.sources();
  }

  @Override
  public List<SentVideo> videos() {
    return player.videos();
  }

  @Override
  public void connect(RemoteTransport remote, List<EgressMedia> media) throws BridgeException {
    Set<String> offered =
        player.sources().stream().map(SentSource::mid).collect(Collectors.toSet());
    Set<String> accepted = new HashSet<>();
    for (EgressMedia each : media) {
      if (!offered.contains(each.mid()) || !accepted.add(each.mid())) {
        throw new BridgeException(
            BridgeException.Reason.REFUSED, "the answer is not one to this offer");
      }
    }
    if (!remoteKnown.compareAndSet(false, true)) {
      throw new IllegalStateException("session " + id() + " has a remote transport already");
    }
    player.accept(media);
    told(remote.candidates());
    try {
      transport().connect(remote);
    } catch (BridgeException e) {
      remoteKnown.set(false);
      throw e;
    }
  }

  @Override
  public void selectLayer(String mid, LayerSelection selection) throws BridgeException {
    if (isOver()) {
      throw new BridgeException(BridgeException.Reason.ENDED, "the session has ended");
    }
    if (!player.selectLayer(mid, selection, System.nanoTime())) {
      boolean temporal =
          selection.temporalLayerId().isPresent() || selection.maxTemporalLayerId().isPresent();
      throw new BridgeException(
          BridgeException.Reason.LAYER_UNAVAILABLE,
          "nothing that is published fits"
              + (temporal ? ", or its packets do not tell temporal layers apart" : ""));
    }
  }

  @Override
  public void onRtp(byte[] buffer, int offset, int length, long nanoTime) {
    // Players send no media.
  }

  @Override
  public void onRtcp(byte[] buffer, int offset, int length, long nanoTime) {
    try {
      player.onRtcp(buffer, offset, length, nanoTime);
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  @Override
  void join(long now) {
    player.connected(now);
  }

  @Override
  void leave() {
    try {
      player.close(System.nanoTime());
    } finally {
      onLeave.accept(this);
    }
  }

  @Override
  LossCounters losses() {
    return player.losses();
  }

  @Override
  PacketTotals totals() {
    return player.totals();
  }

  @Override
  boolean hasRemote() {
    return remoteKnown.get();
  }
}
