package io.github.jvbwhip.whep;

import io.github.jvbwhip.core.bridge.Bridge;
import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.EgressEndpoint;
import io.github.jvbwhip.core.bridge.EgressMedia;
import io.github.jvbwhip.core.bridge.EgressRequest;
import io.github.jvbwhip.core.bridge.EndpointListener;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.bridge.StreamSnapshot;
import io.github.jvbwhip.core.negotiation.EgressPlan;
import io.github.jvbwhip.core.negotiation.Negotiation;
import io.github.jvbwhip.core.negotiation.NegotiationException;
import io.github.jvbwhip.core.negotiation.NegotiationRules;
import io.github.jvbwhip.core.negotiation.ServerOfferPlan;
import io.github.jvbwhip.core.sdp.IceFragment;
import io.github.jvbwhip.core.sdp.LeftOut;
import io.github.jvbwhip.core.sdp.SdpReader;
import io.github.jvbwhip.core.sdp.SessionDescription;
import io.github.jvbwhip.core.session.SessionEndReason;
import io.github.jvbwhip.core.session.SessionOrigin;
import io.github.jvbwhip.core.session.SessionRegistry;
import io.github.jvbwhip.core.session.SessionState;
import io.github.jvbwhip.http.access.Principal;
import io.github.jvbwhip.http.exchange.Call;
import io.github.jvbwhip.http.exchange.Header;
import io.github.jvbwhip.http.exchange.Reply;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import io.github.jvbwhip.http.problems.Problems;
import io.github.jvbwhip.http.runtime.PostListener.Protocol;
import io.github.jvbwhip.http.runtime.ServerRuntime;
import io.github.jvbwhip.http.sessions.Approaches;
import io.github.jvbwhip.http.sessions.Locations;
import io.github.jvbwhip.http.sessions.SdpBodies;
import io.github.jvbwhip.http.sessions.SessionOpening;
import io.github.jvbwhip.whep.WhepConfig.WhenUnpublished;
import io.github.jvbwhip.whep.events.EventDistributor;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a POST does (WHEP §4.3): parse, plan, allocate, render. Nothing is allocated before the
 * offer is known to be good.
 */
final class PlayerOpening {
  private static final Logger LOG = LoggerFactory.getLogger(PlayerOpening.class);

  /** IMF-fixdate (RFC 9110 §5.6.7): always two digits for the day, unlike RFC_1123_DATE_TIME. */
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final Bridge bridge;
  private final WhepConfig config;
  private final SessionRegistry<PlayerSession> sessions;
  private final EventDistributor events;
  private final ServerRuntime runtime;
  private final SdpReader reader;
  private final NegotiationRules rules;
  private final ExtensionLinks extensions;
  private final SessionOpening<EgressEndpoint, PlayerSession> opening;
  private final Approaches approaches;

  PlayerOpening(
      Bridge bridge,
      WhepConfig config,
      SessionRegistry<PlayerSession> sessions,
      EventDistributor events,
      ServerRuntime runtime) {
    this.bridge = bridge;
    this.config = config;
    this.sessions = sessions;
    this.events = events;
    this.runtime = runtime;
    this.reader = config.http().sdpReader();
    this.rules =
        NegotiationRules.of(config.http().strict())
            .withMaxEgressSections(config.maxSectionsPerKind());
    this.extensions = new ExtensionLinks(new Locations(config.http()), config.events().enabled());
    this.opening = new SessionOpening<>(bridge, config.http(), sessions, runtime);
    this.approaches = new Approaches(bridge, runtime);
  }

  List<Header> optionsHeaders(Call call) {
    return opening.optionsHeaders(call);
  }

  /**
   * @param stream empty for the stage
   * @param path of the endpoint below the mount point
   */
  CompletableFuture<Reply> play(Call call, RoomName room, Optional<StreamName> stream, String path)
      throws ProblemException {
    Optional<Reply> elsewhere = opening.elsewhere(call, room, path, sessions.size());
    if (elsewhere.isPresent()) {
      return elsewhere.get().atOnce();
    }
    // The server-offer mode of earlier drafts, which Janus-style players and WHIP chaining use.
    Optional<SdpReader.Reading<SessionDescription>> offer =
        call.body().length == 0
            ? Optional.empty()
            : Optional.of(SdpBodies.description(call, reader));
    return approaches.then(
        call,
        room,
        stream,
        Bridge.Approach.WATCH,
        path,
        opening.shortage(sessions.size()),
        () -> playHere(call, room, stream, offer));
  }

  private CompletableFuture<Reply> playHere(
      Call call,
      RoomName room,
      Optional<StreamName> stream,
      Optional<SdpReader.Reading<SessionDescription>> offered)
      throws ProblemException {
    List<Codec> published = published(room, stream);
    if (offered.isEmpty()) {
      return offer(call, room, stream, published, 201);
    }
    SdpReader.Reading<SessionDescription> offer = offered.get();
    if (config.serverOffers(room)) {
      return offer(call, room, stream, published, 406);
    }
    EgressPlan plan;
    try {
      plan =
          Negotiation.planEgress(
              offer.value(), bridge.capabilities(), rules, published, config.codecs());
    } catch (NegotiationException e) {
      if (!isCounterOfferWorthwhile(e.reason())) {
        throw Problems.of(e, offer.leftOut());
      }
      LOG.info("Counter-offer for a player of {}: {}", room, e.detail());
      return offer(call, room, stream, published, 406);
    }
    return open(call, room, stream, new Answered(call, room, stream, offer.leftOut(), plan));
  }

  private CompletableFuture<Reply> open(
      Call call,
      RoomName room,
      Optional<StreamName> stream,
      SessionOpening.Request<EgressEndpoint, PlayerSession> request)
      throws ProblemException {
    opening.count(room);
    return opening.open(call, room, stream, CompletableFuture.completedFuture(null), request);
  }

  /**
   * What is published there, best first.
   *
   * @throws ProblemException 409 when nothing is, and players are not to wait (WHEP §4.3.8)
   */
  private List<Codec> published(RoomName room, Optional<StreamName> stream)
      throws ProblemException {
    Optional<StreamSnapshot> publisher =
        bridge.room(room).flatMap(snapshot -> snapshot.watched(stream));
    if (publisher.isEmpty() && config.whenUnpublished() == WhenUnpublished.CONFLICT) {
      throw ProblemException.retryable(
          ProblemType.NOTHING_PUBLISHED,
          "Nothing is published there now; come again.",
          Optional.of(config.retryAfter()));
    }
    return publisher.map(StreamSnapshot::codecs).orElse(List.of());
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

  /**
   * @param status 406 for a counter-offer (WHEP §4.3.2), 201 where the player asked for an offer
   */
  private CompletableFuture<Reply> offer(
      Call call, RoomName room, Optional<StreamName> stream, List<Codec> published, int status)
      throws ProblemException {
    ServerOfferPlan plan =
        Negotiation.planServerOffer(bridge.capabilities(), published, config.codecs());
    if (plan.media().isEmpty()) {
      throw new ProblemException(
          ProblemType.NO_COMMON_CODEC, "This server has none of the codecs that players may get.");
    }
    return open(call, room, stream, new Offered(call, room, stream, plan, status));
  }

  private static EgressRequest request(
      Call call,
      RoomName room,
      Optional<StreamName> stream,
      List<EgressMedia> media,
      Optional<RemoteTransport> transport) {
    return new EgressRequest(
        room,
        stream,
        media,
        transport,
        Optional.ofNullable(call.principal().claims().get(Principal.MEETING_TOKEN)));
  }

  private long sessionVersion() {
    return runtime.random().nextLong() >>> 1;
  }

  /** What both kinds of players have. */
  private abstract class Player implements SessionOpening.Request<EgressEndpoint, PlayerSession> {
    private final Call call;
    private final EgressRequest request;

    Player(Call call, EgressRequest request) {
      this.call = call;
      this.request = request;
    }

    @Override
    public final PlayerSession session(SessionOrigin origin) {
      return new PlayerSession(origin, events, config.events().maxStreams());
    }

    @Override
    public final CompletableFuture<EgressEndpoint> endpoint(EndpointListener listener) {
      return bridge.openEgress(request, listener);
    }

    /** The answer, but for the description. */
    final Reply opened(PlayerSession session, int status, String patches) {
      return opening
          .opened(call, session, status)
          .with("Accept-Patch", patches)
          .withAll(extensions.headers(call, session.secret()))
          .withAll(approaches.path(request.room()));
    }

    @Override
    public final Protocol protocol() {
      return Protocol.WHEP;
    }

    @Override
    public final List<String> codecs() {
      return request.media().stream()
          .flatMap(media -> media.codecs().stream())
          .map(codec -> codec.codec().name())
          .distinct()
          .toList();
    }
  }

  /** A player whose offer is accepted. */
  private final class Answered extends Player {
    private final LeftOut leftOut;
    private final EgressPlan plan;

    Answered(
        Call call, RoomName room, Optional<StreamName> stream, LeftOut leftOut, EgressPlan plan) {
      super(call, request(call, room, stream, plan.media(), Optional.of(plan.remote())));
      this.leftOut = leftOut;
      this.plan = plan;
    }

    @Override
    public void attach(PlayerSession session, EgressEndpoint endpoint) throws BridgeException {
      session.negotiated(plan);
      session.opened(endpoint, plan.remote().credentials(), plan.outline());
      SdpBodies.logLeftOut(session, leftOut);
    }

    @Override
    public Reply reply(PlayerSession session, EgressEndpoint endpoint) {
      SessionDescription answer =
          Negotiation.answer(plan, endpoint.localTransport(), endpoint.sources(), sessionVersion());
      return opened(session, 201, IceFragment.MEDIA_TYPE)
          .withBody(WhepEndpoint.SDP, answer.write());
    }
  }

  /** A player that is to answer the server's offer, while that is valid. */
  private final class Offered extends Player {
    private final ServerOfferPlan plan;
    private final int status;

    /** Taken first: the offer is never said to be valid for longer than it is. */
    private final Instant validUntil = runtime.clock().instant().plus(config.offerTime());

    Offered(
        Call call, RoomName room, Optional<StreamName> stream, ServerOfferPlan plan, int status) {
      super(call, request(call, room, stream, plan.media(), Optional.empty()));
      this.plan = plan;
      this.status = status;
    }

    @Override
    public void attach(PlayerSession session, EgressEndpoint endpoint) throws BridgeException {
      session.offers(plan);
      session.offered(endpoint);
      expireUnanswered(session);
    }

    private void expireUnanswered(PlayerSession session) {
      Duration time = config.offerTime();
      var unused =
          runtime
              .scheduler()
              .schedule(
                  () -> {
                    if (session.state() == SessionState.OFFERED) {
                      session.end(SessionEndReason.OFFER_EXPIRED, "no answer in " + time);
                    }
                  },
                  time.toMillis(),
                  TimeUnit.MILLISECONDS);
    }

    @Override
    public Reply reply(PlayerSession session, EgressEndpoint endpoint) {
      SessionDescription offer =
          Negotiation.offer(plan, endpoint.localTransport(), endpoint.sources(), sessionVersion());
      // Players compare the type of a 201 as a whole; the parameter is defined for 406 only.
      String type =
          status == 406
              ? WhepEndpoint.SDP + "; valid-until=\"" + HTTP_DATE.format(validUntil) + "\""
              : WhepEndpoint.SDP;
      return opened(session, status, WhepEndpoint.SDP + ", " + IceFragment.MEDIA_TYPE)
          .withBody(type, offer.write());
    }
  }
}
