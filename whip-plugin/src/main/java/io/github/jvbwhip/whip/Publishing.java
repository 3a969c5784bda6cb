package io.github.jvbwhip.whip;

import io.github.jvbwhip.core.bridge.Availability;
import io.github.jvbwhip.core.bridge.Bridge;
import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.IngestEndpoint;
import io.github.jvbwhip.core.bridge.IngestRequest;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.negotiation.IngestPlan;
import io.github.jvbwhip.core.negotiation.Negotiation;
import io.github.jvbwhip.core.negotiation.NegotiationException;
import io.github.jvbwhip.core.negotiation.NegotiationRules;
import io.github.jvbwhip.core.sdp.IceFragment;
import io.github.jvbwhip.core.sdp.SdpException;
import io.github.jvbwhip.core.sdp.SessionDescription;
import io.github.jvbwhip.core.session.Session;
import io.github.jvbwhip.core.session.SessionEnd;
import io.github.jvbwhip.core.session.SessionEndReason;
import io.github.jvbwhip.core.session.SessionLimitException;
import io.github.jvbwhip.core.session.SessionRegistry;
import io.github.jvbwhip.http.Call;
import io.github.jvbwhip.http.Header;
import io.github.jvbwhip.http.IceServerLinks;
import io.github.jvbwhip.http.Locations;
import io.github.jvbwhip.http.Principal;
import io.github.jvbwhip.http.ProblemException;
import io.github.jvbwhip.http.ProblemType;
import io.github.jvbwhip.http.Problems;
import io.github.jvbwhip.http.Redirects;
import io.github.jvbwhip.http.Reply;
import io.github.jvbwhip.http.ServerRuntime;
import io.github.jvbwhip.http.Waiting;
import io.github.jvbwhip.whip.WhipConfig.OnConflict;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a POST does (RFC 9725 §4.2): parse, plan, allocate, render. Nothing is allocated, and no
 * live publisher is disturbed, before the offer is known to be good.
 */
final class Publishing {
  private static final Logger LOG = LoggerFactory.getLogger(Publishing.class);

  private final Bridge bridge;
  private final WhipConfig config;
  private final SessionRegistry<IngestEndpoint> sessions;
  private final RandomGenerator random;
  private final NegotiationRules rules;
  private final Redirects redirects;
  private final Locations locations;
  private final IceServerLinks iceServers;

  Publishing(
      Bridge bridge,
      WhipConfig config,
      SessionRegistry<IngestEndpoint> sessions,
      ServerRuntime runtime) {
    this.bridge = bridge;
    this.config = config;
    this.sessions = sessions;
    this.random = runtime.random();
    this.rules = NegotiationRules.of(config.http().strict());
    this.redirects = new Redirects(config.http().redirect());
    this.locations = new Locations(config.http());
    this.iceServers = new IceServerLinks(config.http().iceServers(), runtime.clock());
  }

  List<Header> optionsHeaders(Call call) {
    return config.http().iceServersOnOptions()
        ? iceServers.headers(call.principal().name())
        : List.of();
  }

  /**
   * @param path of the endpoint below the mount point
   */
  Reply publish(Call call, RoomName room, StreamName stream, String path) throws ProblemException {
    Availability availability = bridge.availability();
    // A publisher that comes back takes its own former place.
    int others = sessions.size() - (sessions.ofStream(room, stream).isPresent() ? 1 : 0);
    boolean full = others >= config.http().limits().maxSessions();
    Optional<Reply> elsewhere = redirects.redirect(call, room, path, availability, full);
    if (elsewhere.isPresent()) {
      return elsewhere.get();
    }
    Problems.checkAvailable(availability);
    IngestPlan plan = plan(call.text());
    makeRoom(room, stream, call.principal());
    Session<IngestEndpoint> session = create(room, stream, call.principal());
    IngestEndpoint endpoint = open(session, plan, room, stream);
    LOG.info(
        "Session {}: {}/{} is published from {} by {}, endpoint {}",
        session.id(),
        room,
        stream,
        call.remoteAddress(),
        call.principal().name(),
        endpoint.id());
    session.onEnd(
        end -> LOG.info("Session {}: ended, {} ({})", session.id(), end.reason(), end.detail()));
    SessionDescription answer =
        Negotiation.answer(plan, endpoint.localTransport(), random.nextLong() >>> 1);
    return Reply.of(201)
        .with("Location", locations.session(call, session.secret(), ""))
        .with("ETag", session.entityTag().headerValue())
        .with("Accept-Patch", IceFragment.MEDIA_TYPE)
        .withAll(iceServers.headers(session.id().value()))
        .withBody(WhipEndpoint.SDP, answer.write());
  }

  private IngestPlan plan(String offer) throws ProblemException {
    try {
      return Negotiation.planIngest(SessionDescription.parse(offer), bridge.capabilities(), rules);
    } catch (SdpException e) {
      throw Problems.ofDescription(e);
    } catch (NegotiationException e) {
      throw Problems.of(e);
    }
  }

  /** A publisher that crashed and is back must not wait for its own former session to time out. */
  private void makeRoom(RoomName room, StreamName stream, Principal principal)
      throws ProblemException {
    Optional<Session<IngestEndpoint>> former = sessions.ofStream(room, stream);
    if (former.isEmpty()) {
      return;
    }
    if (config.onConflict() == OnConflict.REJECT
        || !former.get().owner().equals(principal.name())) {
      throw new ProblemException(
          ProblemType.STREAM_IN_USE,
          "The stream has a live publisher; end that one, or choose another stream name.");
    }
    Waiting.await(
        former.get().end(SessionEndReason.REPLACED, "its publisher came back"),
        config.http().requestTimeout());
  }

  private Session<IngestEndpoint> create(RoomName room, StreamName stream, Principal principal)
      throws ProblemException {
    try {
      return sessions.create(room, Optional.of(stream), principal.name());
    } catch (SessionLimitException e) {
      throw Problems.of(e);
    }
  }

  private IngestEndpoint open(
      Session<IngestEndpoint> session, IngestPlan plan, RoomName room, StreamName stream)
      throws ProblemException {
    IngestRequest request = new IngestRequest(room, stream, plan.media(), plan.remote());
    boolean opened = false;
    try {
      IngestEndpoint endpoint =
          Waiting.opened(
              bridge.openIngest(request, session.listener()), config.http().requestTimeout());
      session.opened(endpoint, plan.remote().credentials(), plan.outline());
      opened = true;
      return endpoint;
    } catch (BridgeException e) {
      if (session.end().map(SessionEnd::reason).equals(Optional.of(SessionEndReason.REPLACED))) {
        throw new ProblemException(
            ProblemType.STREAM_IN_USE, "Another publisher took over the stream meanwhile.");
      }
      if (e.reason() == BridgeException.Reason.INTERNAL) {
        LOG.warn("{}/{} was not opened", room, stream, e);
      } else {
        LOG.info("{}/{} was not opened: {} ({})", room, stream, e.reason(), e.getMessage());
      }
      throw Problems.of(e);
    } finally {
      if (!opened) {
        var unused = session.end(SessionEndReason.NOT_OPENED, "the bridge gave no endpoint");
      }
    }
  }
}
