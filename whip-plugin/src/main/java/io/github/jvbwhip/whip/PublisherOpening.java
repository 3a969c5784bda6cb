package io.github.jvbwhip.whip;

import io.github.jvbwhip.core.bridge.Bridge;
import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.EndpointListener;
import io.github.jvbwhip.core.bridge.IngestEndpoint;
import io.github.jvbwhip.core.bridge.IngestRequest;
import io.github.jvbwhip.core.bridge.PublisherLimits;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.negotiation.CodecPreference;
import io.github.jvbwhip.core.negotiation.IngestPlan;
import io.github.jvbwhip.core.negotiation.Negotiation;
import io.github.jvbwhip.core.negotiation.NegotiationException;
import io.github.jvbwhip.core.negotiation.NegotiationRules;
import io.github.jvbwhip.core.sdp.IceFragment;
import io.github.jvbwhip.core.sdp.LeftOut;
import io.github.jvbwhip.core.sdp.SdpReader;
import io.github.jvbwhip.core.sdp.SessionDescription;
import io.github.jvbwhip.core.session.SessionOrigin;
import io.github.jvbwhip.core.session.SessionRegistry;
import io.github.jvbwhip.core.session.SessionSecret;
import io.github.jvbwhip.http.exchange.Call;
import io.github.jvbwhip.http.exchange.Header;
import io.github.jvbwhip.http.exchange.Reply;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import io.github.jvbwhip.http.problems.Problems;
import io.github.jvbwhip.http.runtime.PostListener.Protocol;
import io.github.jvbwhip.http.runtime.ServerRuntime;
import io.github.jvbwhip.http.sessions.Approaches;
import io.github.jvbwhip.http.sessions.SdpBodies;
import io.github.jvbwhip.http.sessions.SessionOpening;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * What a POST does (RFC 9725 §4.2): parse, plan, allocate, render. Nothing is allocated, and no
 * live publisher is disturbed, before the offer is known to be good.
 */
final class PublisherOpening {
  private final Bridge bridge;
  private final SessionRegistry<PublisherSession> sessions;
  private final Succession succession;
  private final RandomGenerator random;
  private final SdpReader reader;
  private final NegotiationRules rules;
  private final CodecPreference codecs;
  private final PublisherLimits limits;
  private final SessionOpening<IngestEndpoint, PublisherSession> opening;
  private final Approaches approaches;

  PublisherOpening(
      Bridge bridge,
      WhipConfig config,
      SessionRegistry<PublisherSession> sessions,
      ServerRuntime runtime) {
    this.bridge = bridge;
    this.sessions = sessions;
    this.succession = new Succession(config, sessions, runtime);
    this.random = runtime.random();
    this.reader = config.http().sdpReader();
    this.rules = NegotiationRules.of(config.http().strict());
    this.codecs = config.codecs();
    this.limits = config.limits();
    this.opening = new SessionOpening<>(bridge, config.http(), sessions, runtime);
    this.approaches = new Approaches(bridge, runtime);
  }

  List<Header> optionsHeaders(Call call) {
    return opening.optionsHeaders(call);
  }

  /**
   * @param path of the endpoint below the mount point
   */
  CompletableFuture<Reply> publish(Call call, RoomName room, StreamName stream, String path)
      throws ProblemException {
    // A publisher that comes back takes its own former place.
    int others = sessions.size() - (sessions.ofStream(room, stream).isPresent() ? 1 : 0);
    Optional<Reply> elsewhere = opening.elsewhere(call, room, path, others);
    if (elsewhere.isPresent()) {
      return elsewhere.get().atOnce();
    }
    SdpReader.Reading<SessionDescription> offer = SdpBodies.description(call, reader);
    return approaches.then(
        call,
        room,
        Optional.of(stream),
        Bridge.Approach.PUBLISH,
        path,
        opening.shortage(others),
        () -> publishHere(call, room, stream, offer));
  }

  private CompletableFuture<Reply> publishHere(
      Call call, RoomName room, StreamName stream, SdpReader.Reading<SessionDescription> offer)
      throws ProblemException {
    IngestPlan plan = plan(offer, List.of(codecs, asked(call)));
    opening.count(room);
    Succession.Claim claim = succession.claim(call, room, stream);
    try {
      return opening.open(
          call,
          room,
          Optional.of(stream),
          claim.turn(),
          new Published(call, room, stream, claim.predecessor(), offer.leftOut(), plan));
    } finally {
      claim.begin().run();
    }
  }

  private IngestPlan plan(
      SdpReader.Reading<SessionDescription> offer, List<CodecPreference> preferences)
      throws ProblemException {
    try {
      return Negotiation.planIngest(offer.value(), bridge.ingestCapabilities(), rules, preferences);
    } catch (NegotiationException e) {
      throw Problems.of(e, offer.leftOut());
    }
  }

  /** The codecs in the query, as encoders can be configured that have no such setting. */
  private static CodecPreference asked(Call call) throws ProblemException {
    List<String> names =
        call.queryParameters("codecs").stream()
            .flatMap(list -> Stream.of(list.split(",", -1)))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .toList();
    try {
      return CodecPreference.of(names);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          ProblemType.MALFORMED_REQUEST, "The parameter codecs is wrong. " + e.getMessage());
    }
  }

  /** A publisher whose offer is good. */
  private final class Published
      implements SessionOpening.Request<IngestEndpoint, PublisherSession> {
    private final Call call;
    private final RoomName room;
    private final StreamName stream;
    private final Optional<SessionSecret> predecessor;
    private final LeftOut leftOut;
    private final IngestPlan plan;
    private final PublisherLimits allowed;

    Published(
        Call call,
        RoomName room,
        StreamName stream,
        Optional<SessionSecret> predecessor,
        LeftOut leftOut,
        IngestPlan plan) {
      this.call = call;
      this.room = room;
      this.stream = stream;
      this.predecessor = predecessor;
      this.leftOut = leftOut;
      this.plan = plan;
      this.allowed = limits.withAtMost(call.principal().limits().bitrate());
    }

    @Override
    public PublisherSession session(SessionOrigin origin) {
      return new PublisherSession(origin, predecessor, allowed);
    }

    @Override
    public CompletableFuture<IngestEndpoint> endpoint(EndpointListener listener) {
      return bridge.openIngest(
          new IngestRequest(
              room, stream, plan.media(), plan.remote(), PublisherInfos.of(call), allowed),
          listener);
    }

    @Override
    public void attach(PublisherSession session, IngestEndpoint endpoint) throws BridgeException {
      session.opened(endpoint, plan.remote().credentials(), plan.outline());
      SdpBodies.logLeftOut(session, leftOut);
    }

    @Override
    public Reply reply(PublisherSession session, IngestEndpoint endpoint) {
      SessionDescription answer =
          Negotiation.answer(
              plan.taken(endpoint.media()),
              allowed,
              endpoint.localTransport(),
              random.nextLong() >>> 1);
      return opening
          .opened(call, session, 201)
          .with("Accept-Patch", IceFragment.MEDIA_TYPE)
          .withBody(WhipEndpoint.SDP, answer.write());
    }

    @Override
    public Protocol protocol() {
      return Protocol.WHIP;
    }

    @Override
    public List<String> codecs() {
      return plan.media().stream()
          .flatMap(media -> media.codecs().stream())
          .map(codec -> codec.codec().name())
          .distinct()
          .toList();
    }
  }
}
