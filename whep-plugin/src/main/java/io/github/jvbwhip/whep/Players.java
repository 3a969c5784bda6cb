package io.github.jvbwhip.whep;

import io.github.jvbwhip.core.bridge.Bridge;
import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.EgressEndpoint;
import io.github.jvbwhip.core.bridge.EgressRequest;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.negotiation.EgressPlan;
import io.github.jvbwhip.core.negotiation.ServerOfferPlan;
import io.github.jvbwhip.core.session.Session;
import io.github.jvbwhip.core.session.SessionEnd;
import io.github.jvbwhip.core.session.SessionEndReason;
import io.github.jvbwhip.core.session.SessionId;
import io.github.jvbwhip.core.session.SessionLimitException;
import io.github.jvbwhip.core.session.SessionRegistry;
import io.github.jvbwhip.core.session.SessionState;
import io.github.jvbwhip.http.Call;
import io.github.jvbwhip.http.ProblemException;
import io.github.jvbwhip.http.Problems;
import io.github.jvbwhip.http.Waiting;
import io.github.jvbwhip.whep.events.PlayerEvents;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Allocates and frees the sessions of players. Thread-safe. */
final class Players {
  private static final Logger LOG = LoggerFactory.getLogger(Players.class);

  /** Of an endpoint that the bridge gave: attaches it to the session. */
  @FunctionalInterface
  private interface Attachment {
    void to(EgressEndpoint endpoint) throws BridgeException;
  }

  private final Bridge bridge;
  private final WhepConfig config;
  private final SessionRegistry<EgressEndpoint> sessions;
  private final ScheduledExecutorService scheduler;
  private final PlayerEvents events;
  private final Map<SessionId, PlayerSession> players = new ConcurrentHashMap<>();

  Players(
      Bridge bridge,
      WhepConfig config,
      SessionRegistry<EgressEndpoint> sessions,
      ScheduledExecutorService scheduler,
      PlayerEvents events) {
    this.bridge = bridge;
    this.config = config;
    this.sessions = sessions;
    this.scheduler = scheduler;
    this.events = events;
  }

  /** What is kept of a session, while it lives. */
  Optional<PlayerSession> of(Session<EgressEndpoint> session) {
    return Optional.ofNullable(players.get(session.id()));
  }

  /** A session of a player whose offer is accepted. */
  PlayerSession open(Call call, RoomName room, Optional<StreamName> stream, EgressPlan plan)
      throws ProblemException {
    Session<EgressEndpoint> session = create(call, room, stream);
    EgressRequest request =
        new EgressRequest(room, stream, plan.media(), Optional.of(plan.remote()));
    return start(
        call,
        session,
        request,
        endpoint -> session.opened(endpoint, plan.remote().credentials(), plan.outline()),
        s -> new PlayerSession(s, plan, events, config.events().maxStreams()));
  }

  /** A session that waits for the answer to the server's offer, for as long as that is valid. */
  PlayerSession offer(Call call, RoomName room, Optional<StreamName> stream, ServerOfferPlan plan)
      throws ProblemException {
    Session<EgressEndpoint> session = create(call, room, stream);
    EgressRequest request = new EgressRequest(room, stream, plan.media(), Optional.empty());
    PlayerSession player =
        start(
            call,
            session,
            request,
            session::offered,
            s -> new PlayerSession(s, plan, events, config.events().maxStreams()));
    expireUnanswered(session, config.offerTime());
    return player;
  }

  private Session<EgressEndpoint> create(Call call, RoomName room, Optional<StreamName> stream)
      throws ProblemException {
    try {
      return sessions.create(room, stream, call.principal().name());
    } catch (SessionLimitException e) {
      throw Problems.of(e);
    }
  }

  private PlayerSession start(
      Call call,
      Session<EgressEndpoint> session,
      EgressRequest request,
      Attachment attachment,
      Function<Session<EgressEndpoint>, PlayerSession> newPlayer)
      throws ProblemException {
    boolean opened = false;
    try {
      EgressEndpoint endpoint =
          Waiting.opened(
              bridge.openEgress(request, session.listener()), config.http().requestTimeout());
      attachment.to(endpoint);
      opened = true;
      LOG.info(
          "Session {}: {} is watched from {} by {}, endpoint {}",
          session.id(),
          where(request),
          call.remoteAddress(),
          call.principal().name(),
          endpoint.id());
    } catch (BridgeException e) {
      LOG.info("{} was not opened: {} ({})", where(request), e.reason(), e.getMessage());
      throw Problems.of(e);
    } finally {
      if (!opened) {
        var unused = session.end(SessionEndReason.NOT_OPENED, "the bridge gave no endpoint");
      }
    }
    PlayerSession player = newPlayer.apply(session);
    players.put(session.id(), player);
    session.onEnd(end -> ended(player, end));
    return player;
  }

  private static String where(EgressRequest request) {
    return request.room() + request.stream().map(stream -> "/" + stream).orElse("");
  }

  private void expireUnanswered(Session<EgressEndpoint> session, Duration time) {
    var unused =
        scheduler.schedule(
            () -> {
              if (session.state() == SessionState.OFFERED) {
                session.end(SessionEndReason.OFFER_EXPIRED, "no answer in " + time);
              }
            },
            time.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private void ended(PlayerSession player, SessionEnd end) {
    LOG.info("Session {}: ended, {} ({})", player.session().id(), end.reason(), end.detail());
    players.remove(player.session().id());
    player.streams().end(isWorthReconnecting(end.reason()));
  }

  /** Whether a new session helps a player that still listens (WHEP events: "reconnect event"). */
  private static boolean isWorthReconnecting(SessionEndReason reason) {
    return switch (reason) {
      case CONSENT_LOST, EXPIRED, SHUTDOWN, INTERNAL -> true;
      case DELETED,
          REPLACED,
          OFFER_EXPIRED,
          NOT_OPENED,
          ICE_FAILED,
          DTLS_FAILED,
          DTLS_CLOSED,
          MEDIA_TIMEOUT,
          SSRC_IN_USE ->
          false;
    };
  }
}
