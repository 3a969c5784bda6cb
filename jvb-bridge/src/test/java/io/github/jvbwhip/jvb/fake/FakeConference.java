package io.github.jvbwhip.jvb.fake;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.HeaderExtensionType;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.rtp.extension.AudioLevel;
import io.github.jvbwhip.core.rtp.extension.HeaderExtensions;
import io.github.jvbwhip.jvb.host.Allocation;
import io.github.jvbwhip.jvb.host.EgressLink;
import io.github.jvbwhip.jvb.host.EgressTaps;
import io.github.jvbwhip.jvb.host.EndpointPlan;
import io.github.jvbwhip.jvb.host.HostConference;
import io.github.jvbwhip.jvb.host.IngestLink;
import io.github.jvbwhip.jvb.host.IngestTaps;
import io.github.jvbwhip.jvb.host.Invitation;
import io.github.jvbwhip.jvb.host.MediaPlan;
import io.github.jvbwhip.jvb.host.Participant;
import io.github.jvbwhip.jvb.host.RelayAllocation;
import io.github.jvbwhip.jvb.host.RelayPlan;
import io.github.jvbwhip.jvb.host.SourcePlan;
import io.github.jvbwhip.jvb.media.ConferenceNumbers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A conference in memory. Thread-safe. */
public final class FakeConference implements HostConference {
  private final FakeHost host;
  private final String name;
  private final boolean own;
  private final Map<String, FakeEndpoint> endpoints = new ConcurrentHashMap<>();
  private final Map<String, FakeRelay> relays = new ConcurrentHashMap<>();
  private final Map<String, Participant> participants = new ConcurrentHashMap<>();
  private final List<String> keyframesAsked = new CopyOnWriteArrayList<>();
  private final Set<String> elsewhere = ConcurrentHashMap.newKeySet();
  private final Loudness loudness = new Loudness(this::speak);
  private volatile boolean begun;
  private volatile boolean ended;
  private volatile boolean allocating;
  private volatile boolean endsInAllocation;
  private volatile @Nullable BridgeException refusal;
  private volatile List<String> speakers = List.of();
  private volatile Object occupancy = new Object();
  private volatile int forgotten;

  FakeConference(FakeHost host, String name, boolean own) {
    this.host = host;
    this.name = name;
    this.own = own;
  }

  FakeHost host() {
    return host;
  }

  /** The room's, or the local part of a meeting's. */
  public String name() {
    return name;
  }

  void begin() {
    begun = true;
    host.add(this);
  }

  /** Somebody else ends it. */
  public void end() {
    ended = true;
    host.remove(this);
    endpoints.values().forEach(FakeEndpoint::expireSilently);
    relays.values().forEach(FakeRelay::expireSilently);
  }

  /** Somebody else ends it in the next allocation. */
  public void endInAllocation() {
    endsInAllocation = true;
  }

  /** The next allocation is refused. */
  public void refuse(BridgeException refused) {
    refusal = refused;
  }

  /** Somebody whom the plugin does not know joins, or says what it sends. */
  public void join(Participant participant) {
    participants.put(participant.id(), participant);
  }

  /** Such a one leaves. */
  public void leave(String participantId) {
    participants.remove(participantId);
  }

  /** That endpoint is the active speaker. */
  public void speak(String endpointId) {
    speakers =
        Stream.concat(Stream.of(endpointId), speakers.stream().filter(id -> !id.equals(endpointId)))
            .toList();
    endpoints.values().forEach(FakeEndpoint::tellSpeaker);
  }

  Loudness loudness() {
    return loudness;
  }

  /** The plugin's endpoints that have not been freed. */
  public Collection<FakeEndpoint> endpoints() {
    return endpoints.values();
  }

  /** {@code receiver sender ssrc} of each keyframe that the conference was asked for. */
  public List<String> keyframesAsked() {
    return List.copyOf(keyframesAsked);
  }

  @Override
  public boolean isLive() {
    return begun && !ended;
  }

  @Override
  public boolean isOwn() {
    return own;
  }

  @Override
  public boolean isNamed(String whole) {
    return name.equals(whole);
  }

  @Override
  public ConferenceNumbers numbers() {
    return host.numbers();
  }

  @Override
  public boolean has(String endpointId) {
    return endpoints.containsKey(endpointId)
        || participants.containsKey(endpointId)
        || relays.values().stream().anyMatch(relay -> relay.has(endpointId));
  }

  /** The links that have not been freed. */
  public Collection<FakeRelay> relays() {
    return relays.values();
  }

  void remove(FakeRelay relay) {
    relays.remove(relay.id(), relay);
    occupied();
  }

  @Override
  public Optional<RelayAllocation> relay(RelayPlan plan, Runnable secured) throws BridgeException {
    return allocateIn(
        () -> {
          if (relays.containsKey(plan.id())) {
            throw new BridgeException(BridgeException.Reason.REFUSED, "There is one.");
          }
          FakeRelay relay = new FakeRelay(this, plan, secured);
          relays.put(plan.id(), relay);
          return relay;
        });
  }

  /**
   * A packet of a source goes to all players, and over all links but the one that it came from.
   *
   * @param asks asks whoever sends it for a keyframe
   */
  void forward(
      String endpointId,
      byte[] packet,
      SourcePlan source,
      int encoding,
      boolean keyframe,
      Runnable asks,
      @Nullable FakeRelay from) {
    if (source.kind() == MediaKind.AUDIO) {
      int id = numbers().extension(HeaderExtensionType.AUDIO_LEVEL).orElseThrow();
      long level = HeaderExtensions.find(packet, 0, id);
      if (level != HeaderExtensions.NONE) {
        loudness.heard(endpointId, AudioLevel.level(packet, level));
      }
    }
    for (FakeEndpoint receiver : new ArrayList<>(endpoints.values())) {
      FakeEgress egress = receiver.egress();
      if (egress != null) {
        egress.forward(asks, packet, source, encoding, keyframe);
      }
    }
    for (FakeRelay relay : relays.values()) {
      if (relay != from) {
        relay.send(packet.clone(), source.encodings().get(encoding).ssrc(), keyframe);
      }
    }
  }

  /** Asks the publisher of that SSRC for a keyframe, wherever it is. */
  void askKeyframe(long ssrc, @Nullable FakeRelay from) {
    for (FakeEndpoint endpoint : endpoints.values()) {
      FakeIngest ingest = endpoint.ingest();
      if (ingest != null && ingest.sends(ssrc)) {
        ingest.requestKeyframe(ssrc);
      }
    }
    for (FakeRelay relay : relays.values()) {
      if (relay != from && relay.brings(ssrc)) {
        relay.ask(ssrc);
      }
    }
  }

  private interface Allocating<A> {
    A allocate() throws BridgeException;
  }

  @Override
  public Optional<Allocation> allocate(EndpointPlan plan) throws BridgeException {
    return allocateIn(
        () -> {
          FakeEndpoint endpoint = new FakeEndpoint(this, plan);
          endpoints.put(plan.id(), endpoint);
          return endpoint;
        });
  }

  private <A> Optional<A> allocateIn(Allocating<? extends A> allocation) throws BridgeException {
    allocating = true;
    try {
      host.allocating().in(this);
      BridgeException refused = refusal;
      if (refused != null) {
        refusal = null;
        throw refused;
      }
      if (ended || endsInAllocation) {
        endsInAllocation = false;
        end();
        return Optional.empty();
      }
      if (!begun) {
        begin();
      }
      A allocated = allocation.allocate();
      occupied();
      return Optional.of(allocated);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BridgeException(BridgeException.Reason.INTERNAL, "interrupted");
    } finally {
      allocating = false;
    }
  }

  @Override
  public Optional<Allocation> adopt(Invitation invitation, List<MediaPlan> media) {
    if (ended || isElsewhere(invitation.endpointId())) {
      return Optional.empty();
    }
    FakeEndpoint endpoint =
        new FakeEndpoint(
            this,
            new EndpointPlan(invitation.endpointId(), false, media, List.of(), Optional.empty()),
            invitation.transport().credentials());
    endpoints.put(endpoint.id(), endpoint);
    return Optional.of(new FakeAdoption(invitation, endpoint));
  }

  /** That endpoint is on another bridge. */
  public void putElsewhere(String endpointId) {
    elsewhere.add(endpointId);
  }

  boolean isElsewhere(String endpointId) {
    return elsewhere.contains(endpointId);
  }

  void free(FakeEndpoint endpoint) {
    endpoints.remove(endpoint.id());
    freed();
  }

  /** As the bridge does: an own conference ends with its last endpoint or link. */
  void freed() {
    if (allocating) {
      throw new IllegalStateException("an endpoint is freed while another one is allocated");
    }
    occupied();
    if (own && endpoints.isEmpty() && relays.isEmpty()) {
      end();
    }
  }

  @Override
  public IngestLink attach(Allocation allocation, IngestTaps taps) throws BridgeException {
    return find(allocation).attach(taps);
  }

  @Override
  public EgressLink attach(Allocation allocation, EgressTaps taps) throws BridgeException {
    return find(allocation).attach(taps);
  }

  private FakeEndpoint find(Allocation allocation) throws BridgeException {
    FakeEndpoint endpoint = endpoints.get(allocation.endpointId());
    if (endpoint == null) {
      throw new BridgeException(BridgeException.Reason.ENDED, "It is gone.");
    }
    return endpoint;
  }

  /** Somebody has come or gone. */
  void occupied() {
    occupancy = new Object();
  }

  @Override
  public Object occupancy() {
    return occupancy;
  }

  @Override
  public List<Participant> participants() {
    return List.copyOf(participants.values());
  }

  /** A participant with one audio and one video source, both sending. */
  public static Participant sender(String id) {
    return sender(id, List.of(), false);
  }

  /** The same with those layers of video. */
  public static Participant sender(String id, List<Participant.Layer> layers, boolean described) {
    return new Participant(
        id,
        List.of(
            new Participant.Source(
                MediaKind.AUDIO, id + "-a0", 4001, true, false, List.of(), false),
            new Participant.Source(
                MediaKind.VIDEO, id + "-v0", 4002, true, false, layers, described)));
  }

  @Override
  public boolean hasVisitorsOnly(Optional<String> ignored) {
    return isLive()
        && relays.isEmpty()
        && participants.keySet().stream().allMatch(id -> ignored.equals(Optional.of(id)))
        && endpoints.values().stream().allMatch(endpoint -> endpoint.plan().visitor());
  }

  @Override
  public List<String> speakers() {
    return speakers;
  }

  @Override
  public void requestKeyframe(String receiverId, String senderId, long ssrc) {
    keyframesAsked.add(receiverId + " " + senderId + " " + ssrc);
    relays.values().stream().filter(relay -> relay.has(senderId)).forEach(relay -> relay.ask(ssrc));
  }

  @Override
  public void tidyUp() {
    if (own
        && isLive()
        && relays.isEmpty()
        && endpoints.values().stream().allMatch(FakeEndpoint::isExpired)) {
      end();
    }
  }

  /** It keeps nothing of them, and counts. */
  @Override
  public void forgetSources() {
    forgotten++;
  }

  /** How often it was to forget sources. */
  public int forgotten() {
    return forgotten;
  }
}
