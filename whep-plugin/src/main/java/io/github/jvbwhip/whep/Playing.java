package io.github.jvbwhip.whep;

import io.github.jvbwhip.core.bridge.Availability;
import io.github.jvbwhip.core.bridge.Bridge;
import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.EgressEndpoint;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.RoomSnapshot;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.bridge.StreamSnapshot;
import io.github.jvbwhip.core.negotiation.EgressPlan;
import io.github.jvbwhip.core.negotiation.Negotiation;
import io.github.jvbwhip.core.negotiation.NegotiationException;
import io.github.jvbwhip.core.negotiation.NegotiationRules;
import io.github.jvbwhip.core.negotiation.ServerOfferPlan;
import io.github.jvbwhip.core.sdp.IceFragment;
import io.github.jvbwhip.core.sdp.SdpException;
import io.github.jvbwhip.core.sdp.SessionDescription;
import io.github.jvbwhip.core.session.SessionRegistry;
import io.github.jvbwhip.http.Call;
import io.github.jvbwhip.http.Header;
import io.github.jvbwhip.http.IceServerLinks;
import io.github.jvbwhip.http.Locations;
import io.github.jvbwhip.http.ProblemException;
import io.github.jvbwhip.http.ProblemType;
import io.github.jvbwhip.http.Problems;
import io.github.jvbwhip.http.Redirects;
import io.github.jvbwhip.http.Reply;
import io.github.jvbwhip.http.ServerRuntime;
import io.github.jvbwhip.whep.WhepConfig.WhenUnpublished;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a POST does (WHEP §4.3): parse, plan, allocate, render. Nothing is allocated before the
 * offer is known to be good.
 */
final class Playing {
  private static final Logger LOG = LoggerFactory.getLogger(Playing.class);

  /** IMF-fixdate (RFC 9110 §5.6.7): always two digits for the day, unlike RFC_1123_DATE_TIME. */
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final Bridge bridge;
  private final WhepConfig config;
  private final SessionRegistry<EgressEndpoint> sessions;
  private final Players players;
  private final RandomGenerator random;
  private final Clock clock;
  private final NegotiationRules rules;
  private final Redirects redirects;
  private final Locations locations;
  private final IceServerLinks iceServers;
  private final ExtensionLinks extensions;

  Playing(
      Bridge bridge,
      WhepConfig config,
      SessionRegistry<EgressEndpoint> sessions,
      Players players,
      ServerRuntime runtime) {
    this.bridge = bridge;
    this.config = config;
    this.sessions = sessions;
    this.players = players;
    this.random = runtime.random();
    this.clock = runtime.clock();
    this.rules = NegotiationRules.of(config.http().strict());
    this.redirects = new Redirects(config.http().redirect());
    this.locations = new Locations(config.http());
    this.iceServers = new IceServerLinks(config.http().iceServers(), runtime.clock());
    this.extensions = new ExtensionLinks(locations, config.events().enabled());
  }

  List<Header> optionsHeaders(Call call) {
    return config.http().iceServersOnOptions()
        ? iceServers.headers(call.principal().name())
        : List.of();
  }

  /**
   * @param stream empty for the stage
   * @param path of the endpoint below the mount point
   */
  Reply play(Call call, RoomName room, Optional<StreamName> stream, String path)
      throws ProblemException {
    Availability availability = bridge.availability();
    boolean full = sessions.size() >= config.http().limits().maxSessions();
    Optional<Reply> elsewhere = redirects.redirect(call, room, path, availability, full);
    if (elsewhere.isPresent()) {
      return elsewhere.get();
    }
    Problems.checkAvailable(availability);
    List<Codec> published = published(room, stream);
    if (call.body().length == 0) {
      // The server-offer mode of earlier drafts, which Janus-style players and WHIP chaining use.
      return offer(call, room, stream, published, 201);
    }
    SessionDescription offer = parse(call.text());
    if (config.serverOffers(room)) {
      return offer(call, room, stream, published, 406);
    }
    EgressPlan plan;
    try {
      plan = Negotiation.planEgress(offer, bridge.capabilities(), rules, published);
    } catch (NegotiationException e) {
      if (!isCounterOfferWorthwhile(e.reason())) {
        throw Problems.of(e);
      }
      LOG.info("Counter-offer for a player of {}: {}", room, e.detail());
      return offer(call, room, stream, published, 406);
    }
    return answer(call, players.open(call, room, stream, plan), plan);
  }

  /**
   * What is published there, best first.
   *
   * @throws ProblemException 409 when nothing is, and players are not to wait (WHEP §4.3.8)
   */
  private List<Codec> published(RoomName room, Optional<StreamName> stream)
      throws ProblemException {
    Optional<RoomSnapshot> snapshot = bridge.room(room);
    Optional<StreamName> watched = stream.or(() -> snapshot.flatMap(RoomSnapshot::stage));
    Optional<StreamSnapshot> publisher =
        snapshot.stream()
            .flatMap(s -> s.streams().stream())
            .filter(s -> watched.equals(Optional.of(s.name())))
            .findFirst();
    if (publisher.isEmpty() && config.whenUnpublished() == WhenUnpublished.CONFLICT) {
      throw ProblemException.retryable(
          ProblemType.NOTHING_PUBLISHED,
          "Nothing is published there now; come again.",
          Optional.of(config.retryAfter()));
    }
    return publisher.map(StreamSnapshot::codecs).orElse(List.of());
  }

  private static SessionDescription parse(String text) throws ProblemException {
    try {
      return SessionDescription.parse(text);
    } catch (SdpException e) {
      throw Problems.ofDescription(e);
    }
  }

  /** Whether another offer, by the server, can do better. What is malformed is only refused. */
  private static boolean isCounterOfferWorthwhile(NegotiationException.Reason reason) {
    return switch (reason) {
      case NO_MEDIA, WRONG_DIRECTION, NO_COMMON_CODEC, SECTION_REFUSED, NOT_BUNDLED -> true;
      case MALFORMED,
          MISSING_ICE,
          MISSING_FINGERPRINT,
          MISSING_SETUP,
          TWO_MEDIA_OF_ONE_KIND,
          SEVERAL_STREAMS,
          MISSING_STREAM,
          NO_RTCP_MUX,
          UNSUPPORTED_TRANSPORT,
          UNSUPPORTED_SETUP,
          UNSUPPORTED_ICE,
          ANSWER_MISMATCH ->
          false;
    };
  }

  private Reply answer(Call call, PlayerSession player, EgressPlan plan) {
    EgressEndpoint endpoint = player.session().endpoint().orElseThrow();
    SessionDescription answer =
        Negotiation.answer(
            plan, endpoint.localTransport(), endpoint.sources(), random.nextLong() >>> 1);
    return described(call, player, 201).withBody(WhepEndpoint.SDP, answer.write());
  }

  /**
   * @param status 406 for a counter-offer (WHEP §4.3.2), 201 where the player asked for an offer
   */
  private Reply offer(
      Call call, RoomName room, Optional<StreamName> stream, List<Codec> published, int status)
      throws ProblemException {
    ServerOfferPlan plan = Negotiation.planServerOffer(bridge.capabilities(), published);
    // Taken first: the offer is never said to be valid for longer than it is.
    Instant validUntil = clock.instant().plus(config.offerTime());
    PlayerSession player = players.offer(call, room, stream, plan);
    EgressEndpoint endpoint = player.session().endpoint().orElseThrow();
    SessionDescription offer =
        Negotiation.offer(
            plan, endpoint.localTransport(), endpoint.sources(), random.nextLong() >>> 1);
    // Players compare the type of a 201 as a whole; the parameter is defined for 406 only.
    String type =
        status == 406
            ? WhepEndpoint.SDP + "; valid-until=\"" + HTTP_DATE.format(validUntil) + "\""
            : WhepEndpoint.SDP;
    return described(call, player, status).withBody(type, offer.write());
  }

  private Reply described(Call call, PlayerSession player, int status) {
    return Reply.of(status)
        .with("Location", locations.session(call, player.session().secret(), ""))
        .with("ETag", player.session().entityTag().headerValue())
        .with("Accept-Patch", acceptPatch(player))
        .withAll(iceServers.headers(player.session().id().value()))
        .withAll(extensions.headers(call, player.session().secret()));
  }

  private static String acceptPatch(PlayerSession player) {
    return player.offered().isPresent()
        ? WhepEndpoint.SDP + ", " + IceFragment.MEDIA_TYPE
        : IceFragment.MEDIA_TYPE;
  }
}
