package io.github.jvbwhip.jvb.fake;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.EndpointStats;
import io.github.jvbwhip.core.bridge.Fingerprint;
import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import io.github.jvbwhip.jvb.host.Allocation;
import io.github.jvbwhip.jvb.host.BridgeTransport;
import io.github.jvbwhip.jvb.host.EgressLink;
import io.github.jvbwhip.jvb.host.EgressTaps;
import io.github.jvbwhip.jvb.host.EndpointPlan;
import io.github.jvbwhip.jvb.host.HostEndpoint;
import io.github.jvbwhip.jvb.host.IngestLink;
import io.github.jvbwhip.jvb.host.IngestTaps;
import io.github.jvbwhip.jvb.host.SourcePlan;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An endpoint in memory: its allocation, its life, and what is done to it. Thread-safe. */
public final class FakeEndpoint implements Allocation {
  private static final AtomicInteger MADE = new AtomicInteger();

  private final FakeConference conference;
  private final EndpointPlan plan;
  private final IceCredentials credentials;
  private final List<Long> keyframesAsked = new CopyOnWriteArrayList<>();
  private volatile @Nullable RemoteTransport remote;
  private volatile List<SourcePlan> sources;
  private volatile HostEndpoint.Transport transport = HostEndpoint.Transport.CHECKING;
  private volatile boolean expired;
  private volatile boolean checking;
  private volatile boolean left;
  private volatile boolean farewell;
  private volatile boolean detached;
  private volatile boolean letGo;
  private volatile boolean refusing;
  private final AtomicInteger sourcesRefused = new AtomicInteger();
  private volatile @Nullable FakeIngest ingest;
  private volatile @Nullable FakeEgress egress;
  private volatile @Nullable Error fault;

  FakeEndpoint(FakeConference conference, EndpointPlan plan) {
    this(conference, plan, newCredentials());
  }

  FakeEndpoint(FakeConference conference, EndpointPlan plan, IceCredentials credentials) {
    this.credentials = credentials;
    this.conference = conference;
    this.plan = plan;
    this.sources = plan.sources();
    this.remote = plan.transport().orElse(null);
  }

  private static IceCredentials newCredentials() {
    int number = MADE.incrementAndGet();
    return new IceCredentials("fake" + number, "fakefakefakefakefakefake" + number);
  }

  FakeConference conference() {
    return conference;
  }

  /** What it was allocated with. */
  public EndpointPlan plan() {
    return plan;
  }

  /** The sources that the bridge has been told. */
  public List<SourcePlan> sources() {
    return sources;
  }

  /** The bridge takes no sources from now on, or again. */
  public void refuseSources(boolean refuse) {
    refusing = refuse;
  }

  /** How often it was told sources in vain. */
  public int sourcesRefused() {
    return sourcesRefused.get();
  }

  String id() {
    return plan.id();
  }

  String ufrag() {
    return credentials.ufrag();
  }

  /** Its client gets as far as that. */
  public void setTransport(HostEndpoint.Transport reached) {
    transport = reached;
    if (reached == HostEndpoint.Transport.CONNECTED) {
      tell(IngestTaps::secured, EgressTaps::secured);
    }
  }

  private void tell(
      Function<IngestTaps, Runnable> publisher, Function<EgressTaps, Runnable> player) {
    FakeIngest sending = ingest;
    if (sending != null) {
      publisher.apply(sending.taps()).run();
    }
    FakeEgress receiving = egress;
    if (receiving != null) {
      player.apply(receiving.taps()).run();
    }
  }

  /** Its ICE does not come to an end, even where media flows. */
  public void goOnChecking() {
    checking = true;
  }

  /** Its client closes DTLS. */
  public void leave() {
    left = true;
    tell(IngestTaps::alerted, EgressTaps::alerted);
  }

  /** The bridge expires it, and tells nobody. */
  public void expireSilently() {
    expired = true;
    conference.occupied();
  }

  /** Whatever is asked of its transport, which is soon, fails like that; null for no longer. */
  public void failWith(@Nullable Error error) {
    fault = error;
    conference.occupied();
  }

  /** Whether the client was told by DTLS that its session has ended. */
  public boolean isClosedByBridge() {
    return farewell;
  }

  /** Whether its hooks have given back what they keep. */
  public boolean isDetached() {
    return detached;
  }

  /** Whether what is left of its ICE refers to nothing else. */
  public boolean isLetGo() {
    return letGo;
  }

  /** The SSRCs of which its client was asked for keyframes, in order. */
  public List<Long> keyframesAsked() {
    return List.copyOf(keyframesAsked);
  }

  void askKeyframe(long ssrc) {
    keyframesAsked.add(ssrc);
  }

  void tellSpeaker() {
    FakeIngest sending = ingest;
    if (sending != null) {
      sending.taps().changed().run();
    }
    FakeEgress receiving = egress;
    if (receiving != null) {
      receiving.taps().changed().run();
    }
  }

  /** A publisher's hooks. */
  public @Nullable FakeIngest ingest() {
    return ingest;
  }

  /** A player's hooks. */
  public @Nullable FakeEgress egress() {
    return egress;
  }

  IngestLink attach(IngestTaps taps) {
    FakeIngest link = new FakeIngest(this, taps);
    ingest = link;
    return link;
  }

  EgressLink attach(EgressTaps taps) {
    FakeEgress link = new FakeEgress(this, taps);
    egress = link;
    return link;
  }

  @Override
  public String endpointId() {
    return plan.id();
  }

  static BridgeTransport newTransport(String address) {
    return transport(newCredentials(), address, OptionalInt.empty());
  }

  @Override
  public BridgeTransport transport() {
    return transport(credentials, FakeHost.USUAL_ADDRESS, OptionalInt.empty());
  }

  private static BridgeTransport transport(
      IceCredentials ice, String address, OptionalInt generation) {
    return new BridgeTransport(
        ice,
        List.of(
            new IceCandidate(
                "1",
                IceCandidate.Protocol.UDP,
                2130706431L,
                address,
                10000,
                IceCandidate.Type.HOST,
                Optional.empty())),
        List.of(new Fingerprint("sha-256", "AB".concat(":CD".repeat(31)))),
        generation);
  }

  @Override
  public void connect(RemoteTransport client) throws BridgeException {
    called(FakeHost.Call.CONNECT);
    if (expired) {
      throw new BridgeException(BridgeException.Reason.ENDED, "It is gone.");
    }
    remote = client;
  }

  @Override
  public void update(RemoteTransport client, int generation) {
    called(FakeHost.Call.UPDATE);
  }

  @Override
  public Optional<BridgeTransport> restartIce() {
    called(FakeHost.Call.RESTART_ICE);
    return expired || remote == null
        ? Optional.empty()
        : Optional.of(transport(newCredentials(), FakeHost.USUAL_ADDRESS, OptionalInt.of(1)));
  }

  @Override
  public Optional<String> setSources(List<SourcePlan> told) {
    called(FakeHost.Call.SET_SOURCES);
    if (expired) {
      return Optional.of("It is gone.");
    }
    if (refusing) {
      sourcesRefused.incrementAndGet();
      return Optional.of("No.");
    }
    sources = List.copyOf(told);
    return Optional.empty();
  }

  private void called(FakeHost.Call call) {
    conference.host().called(this, call);
  }

  @Override
  public void expire() {
    expired = true;
    conference.free(this);
  }

  // What the hooks on publishers' and players' endpoints share.

  HostEndpoint.Transport state() {
    check();
    return transport;
  }

  boolean isIceCompleted() {
    return transport == HostEndpoint.Transport.CONNECTED && !checking;
  }

  private void check() {
    Error error = fault;
    if (error != null) {
      throw error;
    }
  }

  boolean isExpired() {
    return expired || !conference.isLive();
  }

  boolean hasLeft() {
    return left;
  }

  boolean sayFarewell() {
    if (transport != HostEndpoint.Transport.CONNECTED) {
      return expired;
    }
    farewell = true;
    return true;
  }

  void detach() {
    called(FakeHost.Call.DETACH);
    detached = true;
  }

  void letGo() {
    letGo = true;
  }

  static EndpointStats stats(boolean connected) {
    return new EndpointStats(connected, 0, 0, 0, 0, 0, 0, OptionalLong.empty());
  }
}
