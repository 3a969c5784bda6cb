package io.github.jvbwhip.jvb.videobridge;

import io.github.jvbwhip.core.bridge.BridgeException;
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
import io.github.jvbwhip.jvb.media.ConferenceNumbers;
import io.github.jvbwhip.jvb.videobridge.colibri.ColibriRequests;
import io.github.jvbwhip.jvb.videobridge.colibri.ColibriResponse;
import io.github.jvbwhip.jvb.videobridge.colibri.ConferenceKey;
import io.github.jvbwhip.jvb.videobridge.colibri.RelayRequests;
import io.github.jvbwhip.jvb.videobridge.hooks.BridgeInternals;
import io.github.jvbwhip.jvb.videobridge.hooks.IceAgents;
import io.github.jvbwhip.jvb.videobridge.hooks.PictureFeeder;
import java.util.Arrays;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jitsi.nlj.MediaSourceDesc;
import org.jitsi.videobridge.AbstractEndpoint;
import org.jitsi.videobridge.Conference;
import org.jitsi.videobridge.Endpoint;
import org.jitsi.videobridge.Videobridge;
import org.jitsi.videobridge.relay.Relay;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A {@link Conference}: somebody else's, or one of the plugin's own. Thread-safe. */
final class VideobridgeConference implements HostConference {
  private static final Logger LOG = LoggerFactory.getLogger(VideobridgeConference.class);

  private final ConferenceNumbers numbers;
  private final Videobridge videobridge;
  private final Colibri colibri;
  private final BridgeInternals internals;
  private final PictureFeeder feeder;
  private final ConferenceKey key;
  private final Set<Endpoint> attached = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Conference conference;
  private volatile List<String> speakers = List.of();

  /**
   * @param key with a name for one of the plugin's own
   * @param conference null while the bridge does not have it
   */
  VideobridgeConference(
      Videobridge videobridge,
      Colibri colibri,
      BridgeInternals internals,
      PictureFeeder feeder,
      ConferenceKey key,
      ConferenceNumbers numbers,
      @Nullable Conference conference) {
    this.videobridge = videobridge;
    this.colibri = colibri;
    this.internals = internals;
    this.feeder = feeder;
    this.key = key;
    this.numbers = numbers;
    this.conference = conference;
  }

  private Optional<Conference> live() {
    return Optional.ofNullable(conference).filter(c -> !c.isExpired());
  }

  @Override
  public boolean isLive() {
    return live().isPresent();
  }

  @Override
  public boolean isOwn() {
    return key.name().isPresent();
  }

  @Override
  public boolean isNamed(String name) {
    return live()
        .filter(c -> c.getName() != null && c.getName().toString().equals(name))
        .isPresent();
  }

  @Override
  public ConferenceNumbers numbers() {
    return numbers;
  }

  @Override
  public boolean has(String endpointId) {
    return live().filter(c -> c.getEndpoint(endpointId) != null).isPresent();
  }

  @Override
  public Optional<Allocation> allocate(EndpointPlan plan) throws BridgeException {
    boolean create = conference == null;
    ColibriResponse response = colibri.send(id -> ColibriRequests.create(id, key, create, plan));
    if (create) {
      conference = videobridge.getConferenceByMeetingId(key.meetingId());
    }
    boolean live = isLive();
    if (response instanceof ColibriResponse.Refused refused && (live || !hasVanished(refused))) {
      undo(plan.id());
      throw Colibri.exception(refused);
    }
    Optional<Endpoint> endpoint = live().map(c -> c.getLocalEndpoint(plan.id()));
    if (response instanceof ColibriResponse.Done done && endpoint.isPresent()) {
      if (done.transport().isEmpty()) {
        undo(plan.id());
        throw new BridgeException(
            BridgeException.Reason.INTERNAL, "The bridge did not allocate the endpoint.");
      }
      IceAgents.mend(endpoint.get(), internals);
      return Optional.of(
          new ColibriAllocation(colibri, internals, key, endpoint.get(), done.transport().get()));
    }
    free(plan.id());
    return Optional.empty();
  }

  @Override
  public Optional<RelayAllocation> relay(RelayPlan plan, Runnable secured) throws BridgeException {
    boolean create = conference == null;
    ColibriResponse response =
        colibri.send(id -> RelayRequests.create(id, key, create, plan, numbers));
    if (create) {
      conference = videobridge.getConferenceByMeetingId(key.meetingId());
    }
    Conference known = conference;
    Relay relay = known == null ? null : known.getRelay(plan.id());
    boolean live = isLive();
    if (live && known != null && relay != null && response instanceof ColibriResponse.Done done) {
      if (done.transport().isPresent()) {
        return Optional.of(
            VideobridgeRelay.of(
                colibri, internals, key, known, relay, done.transport().get(), secured));
      }
      response = new ColibriResponse.Refused(ColibriResponse.Reason.OTHER, "no transport");
    }
    if (relay != null) {
      relay.expire();
    }
    if (response instanceof ColibriResponse.Refused refused && (live || !hasVanished(refused))) {
      tidyUp();
      throw VideobridgeRelay.exception(refused);
    }
    return Optional.empty();
  }

  /** The conference was ended before it was asked, or while it was: no answer to the plan. */
  private static boolean hasVanished(ColibriResponse.Refused refused) {
    return refused.reason() == ColibriResponse.Reason.CONFERENCE_NOT_FOUND
        || refused.reason() == ColibriResponse.Reason.ENDPOINT_NOT_FOUND
        || refused.reason() == ColibriResponse.Reason.OTHER;
  }

  private void undo(String endpointId) {
    free(endpointId);
    tidyUp();
  }

  /** The bridge itself frees no endpoint that a conference got after its end. */
  private void free(String endpointId) {
    Conference known = conference;
    Endpoint endpoint = known == null ? null : known.getLocalEndpoint(endpointId);
    if (endpoint != null) {
      IceAgents.mend(endpoint, internals);
      endpoint.expire();
    }
  }

  @Override
  public Optional<Allocation> adopt(Invitation invitation, List<MediaPlan> media)
      throws BridgeException {
    Endpoint endpoint = current().getLocalEndpoint(invitation.endpointId());
    if (endpoint == null) {
      return Optional.empty();
    }
    IceAgents.mend(endpoint, internals);
    // The client, which has made the offer, is controlling (RFC 8445 §6.1.1).
    internals.agents(endpoint).forEach(agent -> agent.setControlling(false));
    endpoint.getTransceiver().clearPayloadTypes();
    List<MediaPlan> plans = Adoption.plans(media);
    ColibriResponse response =
        colibri.send(id -> ColibriRequests.media(id, key, endpoint.getId(), plans));
    if (response instanceof ColibriResponse.Refused refused) {
      throw Colibri.exception(refused);
    }
    return Optional.of(
        new MeetingAllocation(
            invitation,
            new ColibriAllocation(colibri, internals, key, endpoint, invitation.transport())));
  }

  @Override
  public IngestLink attach(Allocation allocation, IngestTaps taps) throws BridgeException {
    return HookedIngest.attach(
        endpoint(allocation), current(), internals, numbers, feeder.pictures(), taps);
  }

  @Override
  public EgressLink attach(Allocation allocation, EgressTaps taps) throws BridgeException {
    return HookedEgress.attach(endpoint(allocation), current(), internals, feeder, taps);
  }

  private Endpoint endpoint(Allocation allocation) throws BridgeException {
    Endpoint endpoint = current().getLocalEndpoint(allocation.endpointId());
    if (endpoint == null) {
      throw gone();
    }
    attached.add(endpoint);
    return endpoint;
  }

  private Conference current() throws BridgeException {
    return live().orElseThrow(VideobridgeConference::gone);
  }

  private static BridgeException gone() {
    return new BridgeException(
        BridgeException.Reason.ENDED, "The bridge has ended the session already.");
  }

  /** The bridge makes another list then. */
  @Override
  public Object occupancy() {
    return live().<Object>map(Conference::getLocalEndpoints).orElse(this);
  }

  @Override
  public List<Participant> participants() {
    return live().stream()
        .flatMap(c -> c.getEndpoints().stream())
        .filter(e -> !e.getVisitor() && !e.isExpired())
        .map(endpoint -> Participants.of(endpoint, internals))
        .toList();
  }

  @Override
  public boolean hasVisitorsOnly(Optional<String> ignored) {
    return live()
        .filter(c -> c.getRelayCount() == 0)
        .filter(
            c ->
                c.getEndpoints().stream()
                    .filter(e -> !ignored.equals(Optional.of(e.getId())))
                    .allMatch(AbstractEndpoint::getVisitor))
        .isPresent();
  }

  /** The bridge changes its list while it is read here: then those of before are told once more. */
  @Override
  public List<String> speakers() {
    try {
      speakers = live().map(c -> c.getSpeechActivity().getRecentSpeakers()).orElse(List.of());
    } catch (IndexOutOfBoundsException
        | NoSuchElementException
        | NullPointerException
        | ConcurrentModificationException e) {
      LOG.debug("The speakers of {} change", key, e);
    }
    return speakers;
  }

  @Override
  public void requestKeyframe(String receiverId, String senderId, long ssrc) {
    live().ifPresent(c -> c.requestKeyframe(receiverId, senderId, ssrc));
  }

  @Override
  public void tidyUp() {
    live().ifPresent(VideobridgeConference::forgetExpired);
    if (isOwn()) {
      live()
          .filter(c -> c.getEndpointCount() == 0 && c.getRelayCount() == 0)
          .ifPresent(videobridge::expireConference);
    }
  }

  /**
   * The bridge orders endpoints by speech, and forgets those of publishers that have gone only when
   * another one comes, or a visitor goes: what it asks is turned round. Until then each is kept
   * with all its packets. Told again where somebody comes meanwhile, who must not be forgotten.
   */
  private static void forgetExpired(Conference conference) {
    List<AbstractEndpoint> told;
    do {
      told = speakers(conference);
      conference.getSpeechActivity().endpointsChanged(told);
    } while (!told.equals(speakers(conference)));
  }

  /**
   * The bridge keeps how it numbers the packets of each source for as long as a receiver stays, and
   * takes publishers for receivers, too. What is published next is numbered anew anyway, by slots.
   * People in meetings are left to the bridge.
   */
  @Override
  public void forgetSources() {
    attached.removeIf(Endpoint::isExpired);
    live().ifPresent(this::forgetSources);
  }

  private void forgetSources(Conference conference) {
    Map<Endpoint, Map<?, ?>> known = new HashMap<>();
    attached.forEach(endpoint -> known.put(endpoint, Map.copyOf(internals.projections(endpoint))));
    // Looked at after what is known: a source that is new by then is not among it.
    Set<Long> published =
        conference.getEndpoints().stream()
            .flatMap(endpoint -> Arrays.stream(endpoint.getMediaSources()))
            .map(MediaSourceDesc::getPrimarySSRC)
            .collect(Collectors.toSet());
    known.forEach((endpoint, all) -> forget(internals.projections(endpoint), all, published));
  }

  /** All encodings of a source share one, that of its primary SSRC too. */
  private static void forget(Map<?, ?> projections, Map<?, ?> known, Set<Long> published) {
    Set<?> needed =
        published.stream().map(known::get).filter(Objects::nonNull).collect(Collectors.toSet());
    known.forEach(
        (ssrc, projection) -> {
          if (!needed.contains(projection)) {
            projections.remove(ssrc, projection);
          }
        });
  }

  private static List<AbstractEndpoint> speakers(Conference conference) {
    return conference.getEndpoints().stream().filter(e -> !e.getVisitor()).toList();
  }
}
