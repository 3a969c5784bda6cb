package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.EgressMedia;
import io.github.jvbwhip.core.bridge.EgressRequest;
import io.github.jvbwhip.core.bridge.EndpointListener;
import io.github.jvbwhip.core.bridge.IngestRequest;
import io.github.jvbwhip.core.bridge.SentSource;
import io.github.jvbwhip.jvb.RoomConference.Place;
import io.github.jvbwhip.jvb.host.EndpointPlan;
import io.github.jvbwhip.jvb.host.Invitation;
import io.github.jvbwhip.jvb.host.MediaPlan;
import io.github.jvbwhip.jvb.host.SourcePlan;
import io.github.jvbwhip.jvb.media.ConferenceNumbers;
import io.github.jvbwhip.jvb.media.FeedPool;
import io.github.jvbwhip.jvb.media.SlotRewriter;
import io.github.jvbwhip.jvb.media.SourceGroups;
import io.github.jvbwhip.jvb.media.SsrcLearner;
import io.github.jvbwhip.jvb.media.SsrcTranslation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Opens a room's endpoints: has them allocated, and puts the hooks on before media can flow. Called
 * by one thread at a time, and waits for the bridge.
 */
final class EndpointFactory {
  /** What no endpoint id of Jicofo's has: a participant can never collide with a player. */
  private static final String PLAYER_PREFIX = "whep-";

  private final RoomConference conference;
  private final RoomMembers members;
  private final Surroundings room;
  private final RandomGenerator random;
  private final FeedPool feeds = new FeedPool();

  EndpointFactory(
      RoomConference conference, RoomMembers members, Surroundings room, RandomGenerator random) {
    this.conference = conference;
    this.members = members;
    this.room = room;
    this.random = random;
  }

  private interface Opening<E> {
    E in(Place place) throws BridgeException;
  }

  private interface Placing {
    Optional<Place> place() throws BridgeException;
  }

  /** Allocates, and opens what was allocated; where that fails, nothing stays allocated. */
  private <E> Optional<E> open(String id, Placing placing, Opening<E> opening)
      throws BridgeException {
    members.claim(id);
    boolean opened = false;
    try {
      Optional<Place> place = placing.place();
      if (place.isEmpty()) {
        return Optional.empty();
      }
      try {
        E endpoint = opening.in(place.get());
        opened = true;
        return Optional.of(endpoint);
      } finally {
        if (!opened) {
          place.get().allocation().expire();
          place.get().conference().tidyUp();
        }
      }
    } finally {
      if (!opened) {
        members.disclaim(id);
      }
    }
  }

  private <E> E open(EndpointPlan plan, boolean admitted, Opening<E> opening)
      throws BridgeException {
    return open(plan.id(), () -> Optional.of(conference.join(plan, admitted)), opening)
        .orElseThrow();
  }

  JvbIngest ingest(
      IngestRequest request,
      Consumer<JvbIngest> news,
      Consumer<JvbIngest> learnt,
      EndpointListener listener)
      throws BridgeException {
    Streams streams = streams(freeId(""), request, SourceGroups.NONE);
    return open(
        new EndpointPlan(
            streams.id(),
            false,
            media(request),
            streams.sources(request),
            Optional.of(request.transport())),
        true,
        place -> streams.ingest(place, room, request, news, learnt, listener));
  }

  /**
   * The same of a publisher whom whoever manages the room has invited.
   *
   * @return empty where its endpoint is on another bridge
   */
  Optional<JvbIngest> ingest(
      IngestRequest request,
      Invitation invitation,
      Consumer<JvbIngest> news,
      Consumer<JvbIngest> learnt,
      EndpointListener listener)
      throws BridgeException {
    IngestRequest taken = request.withMedia(invitation.numbers().taken(request.media()));
    Streams streams = streams(invitation.endpointId(), taken, SourceGroups.NONE_FOR_PEOPLE);
    return open(
        streams.id(),
        () -> conference.enter(invitation, media(taken)),
        place -> {
          JvbIngest ingest = streams.ingest(place, room, taken, news, learnt, listener);
          invitation.accept(taken.transport(), streams.sources(taken));
          return ingest;
        });
  }

  private static List<MediaPlan> media(IngestRequest request) {
    return request.media().stream()
        .map(section -> new MediaPlan(section.kind(), section.codecs(), section.extensions()))
        .toList();
  }

  /** A publisher's streams, as far as its offer tells them. */
  private record Streams(
      String id, SsrcTranslation ssrcs, SsrcLearner learner, SourceGroups groups) {

    List<SourcePlan> sources(IngestRequest request) {
      return JvbIngest.plans(id, request.media(), groups);
    }

    JvbIngest ingest(
        Place place,
        Surroundings room,
        IngestRequest request,
        Consumer<JvbIngest> news,
        Consumer<JvbIngest> learnt,
        EndpointListener listener)
        throws BridgeException {
      return new JvbIngest(place, room, request, learner, ssrcs, groups, news, learnt, listener);
    }
  }

  private Streams streams(String id, IngestRequest request, SourceGroups none)
      throws BridgeException {
    SsrcTranslation ssrcs =
        conference.translatesSsrcs() ? SsrcTranslation.random(random) : SsrcTranslation.identity();
    SsrcLearner learner = new SsrcLearner(request.media(), ssrcs);
    SourceGroups groups = none.with(request.media(), learner.encodings(), 0);
    OptionalLong clash = members.claimSsrcs(id, learner.encodings());
    if (clash.isPresent()) {
      throw new BridgeException(
          BridgeException.Reason.REFUSED,
          "Another publisher of this room sends with SSRC "
              + clash.getAsLong()
              + ". Choose SSRCs at random (RFC 3550 section 8.1).");
    }
    return new Streams(id, ssrcs, learner, groups);
  }

  /**
   * @param admitted whether it may get into a conference that others have created
   */
  JvbEgress egress(EgressRequest request, boolean admitted, EndpointListener listener)
      throws BridgeException {
    String id = freeId(PLAYER_PREFIX);
    List<MediaPlan> media =
        request.media().stream()
            .map(section -> new MediaPlan(section.kind(), section.codecs(), section.extensions()))
            .toList();
    return open(
        new EndpointPlan(id, true, media, List.of(), request.transport()),
        admitted,
        place ->
            new JvbEgress(
                place,
                room,
                request,
                slots(request.media(), place.conference().numbers(), id),
                members::keyframes,
                listener));
  }

  private List<PlayerSlot> slots(List<EgressMedia> media, ConferenceNumbers numbers, String cname) {
    Set<Long> used = new HashSet<>();
    List<PlayerSlot> slots = new ArrayList<>();
    for (EgressMedia section : media) {
      long ssrc = newSsrc(used);
      boolean rtx = section.codecs().stream().anyMatch(c -> c.rtxPayloadType().isPresent());
      SentSource sent =
          new SentSource(
              section.mid(),
              ssrc,
              rtx ? OptionalLong.of(newSsrc(used)) : OptionalLong.empty(),
              cname);
      slots.add(
          new PlayerSlot(section, sent, new SlotRewriter(section, numbers, ssrc, random), feeds));
    }
    return slots;
  }

  private long newSsrc(Set<Long> used) {
    long ssrc = random.nextLong(1, 0x1_0000_0000L);
    while (!used.add(ssrc)) {
      ssrc = random.nextLong(1, 0x1_0000_0000L);
    }
    return ssrc;
  }

  private String freeId(String prefix) {
    String id = prefix + "%08x".formatted(random.nextInt());
    while (!conference.isFree(id)) {
      id = prefix + "%08x".formatted(random.nextInt());
    }
    return id;
  }
}
