package io.github.jvbwhip.whep;

import io.github.jvbwhip.core.bridge.Bridge;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.sdp.IceFragment;
import io.github.jvbwhip.core.session.SessionRegistry;
import io.github.jvbwhip.core.threads.Waits;
import io.github.jvbwhip.http.access.Action;
import io.github.jvbwhip.http.access.Authorizer;
import io.github.jvbwhip.http.composition.Mount;
import io.github.jvbwhip.http.composition.Plugin;
import io.github.jvbwhip.http.resources.Resource;
import io.github.jvbwhip.http.resources.SignallingServlet;
import io.github.jvbwhip.http.runtime.PostListener;
import io.github.jvbwhip.http.runtime.ServerRuntime;
import io.github.jvbwhip.http.sessions.FragmentPatch;
import io.github.jvbwhip.http.sessions.PatchHandler;
import io.github.jvbwhip.http.sse.SseHub;
import io.github.jvbwhip.whep.events.EventDistributor;
import io.github.jvbwhip.whep.events.EventLoop;
import io.github.jvbwhip.whep.events.EventThread;
import io.github.jvbwhip.whep.events.RoomsFeed;
import jakarta.servlet.http.HttpServlet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * WHEP on a bridge: the servlet at {@code /whep/*}, the one for the list of rooms, and the sessions
 * behind them. Has four threads of its own: one for events, three for event streams. Thread-safe.
 */
public final class WhepPlugin implements Plugin {
  private static final Logger LOG = LoggerFactory.getLogger(WhepPlugin.class);

  /** How long players may take to hear that they are to reconnect. */
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private final SessionRegistry<PlayerSession> sessions;
  private final List<Mount> mounts;
  private final EventLoop loop;
  private final SseHub hub;
  private final EventDistributor events;
  private final Runnable stopLoop;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * @param bridge stays the caller's, and is to be closed after the plugin
   */
  public WhepPlugin(
      Bridge bridge, WhepConfig config, Authorizer authorizer, ServerRuntime runtime) {
    this(bridge, config, authorizer, runtime, new EventThread());
  }

  private WhepPlugin(
      Bridge bridge,
      WhepConfig config,
      Authorizer authorizer,
      ServerRuntime runtime,
      EventThread thread) {
    this(bridge, config, authorizer, runtime, thread, thread::close);
  }

  /**
   * @param loop stays the caller's
   */
  WhepPlugin(
      Bridge bridge,
      WhepConfig config,
      Authorizer authorizer,
      ServerRuntime runtime,
      EventLoop loop) {
    this(bridge, config, authorizer, runtime, loop, () -> {});
  }

  private WhepPlugin(
      Bridge bridge,
      WhepConfig config,
      Authorizer authorizer,
      ServerRuntime runtime,
      EventLoop loop,
      Runnable stopLoop) {
    this.loop = loop;
    this.stopLoop = stopLoop;
    this.hub = SseHub.start(config.events().streams());
    this.events = new EventDistributor(bridge, loop, hub, config.events().intervals());
    this.sessions =
        new SessionRegistry<>(
            config.http().limits(), runtime.clock(), runtime.random(), runtime.executor());
    PlayerOpening opening = new PlayerOpening(bridge, config, sessions, events, runtime);
    Map<String, PatchHandler<PlayerSession>> patches =
        Map.of(
            IceFragment.MEDIA_TYPE,
            new FragmentPatch<>(config.http()),
            WhepEndpoint.SDP,
            new AnswerPatch(config.http()));
    Mount whep =
        Mount.at(
            "/whep/*",
            new SignallingServlet(
                new WhepRouter(bridge, config, sessions, opening, events, patches),
                config.http(),
                authorizer,
                runtime,
                PostListener.Protocol.WHEP));
    this.mounts =
        config.roomsApi()
            ? List.of(whep, Mount.at("/api/rooms/*", rooms(bridge, config, authorizer, runtime)))
            : List.of(whep);
  }

  private HttpServlet rooms(
      Bridge bridge, WhepConfig config, Authorizer authorizer, ServerRuntime runtime) {
    return new SignallingServlet(
        new RoomsRouter(new RoomsFeed(bridge, loop, hub)), config.http(), authorizer, runtime);
  }

  @Override
  public List<Mount> mounts() {
    return mounts;
  }

  @Override
  public int liveSessions() {
    return sessions.size();
  }

  @Override
  public void endSessions(String detail) {
    var unused = sessions.endLive(detail);
  }

  /**
   * What takes SCTE 35 messages for the players of a room, or for those who see one stream.
   *
   * @param action what its callers do
   */
  public Resource scte35(RoomName room, Optional<StreamName> stream, Action action) {
    return new Scte35Resource(room, stream, events, action);
  }

  /** The players' sessions. */
  SessionRegistry<PlayerSession> sessions() {
    return sessions;
  }

  /** Tells the players to reconnect before it ends their sessions. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    CompletableFuture<Void> told = new CompletableFuture<>();
    var unused =
        sessions
            .endAll("the server is shutting down")
            .whenComplete((ended, failure) -> loop.execute(() -> told.complete(null)));
    if (!Waits.within(FAREWELL, told)) {
      LOG.warn("Not all players were told of the shutdown in time");
    }
    hub.close();
    stopLoop.run();
  }
}
