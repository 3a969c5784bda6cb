package io.github.jvbwhip.jvb.fake;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import io.github.jvbwhip.core.relay.RelayLink;
import io.github.jvbwhip.jvb.host.BridgeTransport;
import io.github.jvbwhip.jvb.host.RelayAllocation;
import io.github.jvbwhip.jvb.host.RelayPlan;
import io.github.jvbwhip.jvb.host.RelayedEndpoint;
import io.github.jvbwhip.jvb.host.SourcePlan;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One side of a link in memory, which finds the other by its credentials. As the bridge it forwards
 * what it has been told of, and counts the rest. Thread-safe.
 */
public final class FakeRelay implements RelayAllocation {
  private static final Map<String, FakeRelay> BY_FRAGMENT = new ConcurrentHashMap<>();

  private final FakeConference conference;
  private final RelayPlan plan;
  private final Runnable secured;
  private final BridgeTransport transport;
  private final Map<String, List<SourcePlan>> endpoints = new ConcurrentHashMap<>();
  private final List<RelayedEndpoint> announcements = new CopyOnWriteArrayList<>();
  private final AtomicInteger strangers = new AtomicInteger();

  /** How often ICE asks whether the other side is still there. */
  private static final long CHECK_NANOS = 5_000_000_000L;

  private final AtomicLong received = new AtomicLong();
  private final AtomicLong sent = new AtomicLong();
  private volatile @Nullable String remote;
  private volatile @Nullable RemoteTransport other;
  private volatile boolean expired;
  private volatile boolean up;
  private volatile boolean cut;
  private volatile long lastNanos;

  FakeRelay(FakeConference conference, RelayPlan plan, Runnable secured) {
    this.conference = conference;
    this.plan = plan;
    this.secured = secured;
    this.transport = FakeEndpoint.newTransport(conference.host().address());
    this.lastNanos = conference.host().nanoTime();
    BY_FRAGMENT.put(transport.credentials().ufrag(), this);
    plan.remote().ifPresent(this::begin);
  }

  /** The link's id. */
  public String id() {
    return plan.id();
  }

  /** What it was allocated with. */
  public RelayPlan plan() {
    return plan;
  }

  /** The endpoints that it was told of and that are still there, with their sources. */
  public Map<String, List<SourcePlan>> endpoints() {
    return Map.copyOf(endpoints);
  }

  /** All that it was told. */
  public List<RelayedEndpoint> announcements() {
    return List.copyOf(announcements);
  }

  /** How many packets came of which it was told nothing; the bridge complains of each. */
  public int strangers() {
    return strangers.get();
  }

  /** Nothing gets through any more, in both directions, and nobody is told. */
  public void cut() {
    cut = true;
  }

  @Override
  public BridgeTransport transport() {
    return transport;
  }

  /** The other side, as it was told last. */
  public RemoteTransport other() {
    return Objects.requireNonNull(other);
  }

  private void begin(RemoteTransport other) {
    this.other = other;
    remote = other.credentials().ufrag();
  }

  private @Nullable FakeRelay peer() {
    String fragment = remote;
    return fragment == null ? null : BY_FRAGMENT.get(fragment);
  }

  @Override
  public void connect(RemoteTransport other) throws BridgeException {
    if (isExpired()) {
      throw new BridgeException(BridgeException.Reason.ENDED, "It is gone.");
    }
    begin(other);
    FakeRelay peer = peer();
    if (peer != null && peer.peer() == this) {
      becomeUp();
      peer.becomeUp();
    }
  }

  private void becomeUp() {
    up = true;
    lastNanos = conference.host().nanoTime();
    secured.run();
  }

  @Override
  public Optional<String> announce(List<RelayedEndpoint> changes) {
    if (isExpired()) {
      return Optional.of("It is gone.");
    }
    announcements.addAll(changes);
    for (RelayedEndpoint change : changes) {
      boolean known = endpoints.containsKey(change.id());
      if (known == (change.change() == RelayedEndpoint.Change.NEW)) {
        throw new IllegalStateException(change + ", known: " + known);
      }
      if (change.change() == RelayedEndpoint.Change.GONE) {
        endpoints.remove(change.id());
      } else {
        endpoints.put(change.id(), change.sources());
      }
    }
    conference.occupied();
    return Optional.empty();
  }

  /** A packet of an endpoint on this side, or behind it. */
  void send(byte[] packet, long ssrc, boolean keyframe) {
    FakeRelay peer = peer();
    if (isConnected()) {
      sent.incrementAndGet();
      if (peer != null && isAlive(peer)) {
        peer.receive(packet, ssrc, keyframe);
      }
    }
  }

  private boolean isAlive(FakeRelay peer) {
    return isConnected() && !cut && peer.isConnected() && !peer.cut && !peer.isExpired();
  }

  private void receive(byte[] packet, long ssrc, boolean keyframe) {
    received.incrementAndGet();
    lastNanos = conference.host().nanoTime();
    for (Map.Entry<String, List<SourcePlan>> endpoint : endpoints.entrySet()) {
      for (SourcePlan source : endpoint.getValue()) {
        for (int i = 0; i < source.encodings().size(); i++) {
          if (source.encodings().get(i).ssrc() == ssrc) {
            long first = source.encodings().get(0).ssrc();
            conference.forward(
                endpoint.getKey(), packet, source, i, keyframe, () -> ask(first), this);
            return;
          }
        }
      }
    }
    strangers.incrementAndGet();
  }

  boolean has(String endpointId) {
    return endpoints.containsKey(endpointId);
  }

  /** The bridge on this side asks the other one for a keyframe. */
  void ask(long ssrc) {
    FakeRelay peer = peer();
    if (isConnected() && !cut && peer != null && !peer.cut) {
      peer.conference.askKeyframe(ssrc, peer);
    }
  }

  /** Whether that SSRC has come over it. */
  boolean brings(long ssrc) {
    return endpoints.values().stream()
        .flatMap(List::stream)
        .flatMap(source -> source.encodings().stream())
        .anyMatch(encoding -> encoding.ssrc() == ssrc);
  }

  /** The bridge expires it, and tells nobody. */
  public void expireSilently() {
    expired = true;
    BY_FRAGMENT.remove(transport.credentials().ufrag());
    endpoints.clear();
    conference.remove(this);
  }

  @Override
  public boolean isExpired() {
    return expired || !conference.isLive();
  }

  @Override
  public boolean isConnected() {
    return up;
  }

  @Override
  public RelayLink.Stats stats() {
    FakeRelay peer = peer();
    long idle = conference.host().nanoTime() - lastNanos;
    return new RelayLink.Stats(
        up && !isExpired(),
        peer != null && isAlive(peer) ? idle % CHECK_NANOS : idle,
        received.get(),
        0,
        sent.get(),
        0,
        OptionalLong.empty());
  }

  @Override
  public void expire() {
    expireSilently();
    conference.freed();
  }
}
