package io.github.jvbwhip.whip;

import io.github.jvbwhip.core.bridge.Bridge;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.bridge.StreamPlace;
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
import io.github.jvbwhip.http.sessions.Locations;
import io.github.jvbwhip.http.sessions.PatchHandler;
import io.github.jvbwhip.http.sessions.SessionFinder;
import io.github.jvbwhip.http.sessions.SessionResource;
import jakarta.servlet.http.HttpServlet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** WHIP on a bridge: the servlet at {@code /whip/*}, and the sessions behind it. Thread-safe. */
public final class WhipPlugin implements Plugin {
  private static final Logger LOG = LoggerFactory.getLogger(WhipPlugin.class);

  /** How long the ends of sessions may take when the server stops. */
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  /** No name has it. */
  private static final String NAMED = "@";

  private final Bridge bridge;
  private final SessionRegistry<PublisherSession> sessions;
  private final PublisherOpening opening;
  private final Map<String, PatchHandler<PublisherSession>> patches;
  private final HttpServlet servlet;
  private final List<PublisherWatch> watches;
  private final Function<String, Optional<StreamPlace>> names;

  /** One without named endpoints. */
  public WhipPlugin(
      Bridge bridge, WhipConfig config, Authorizer authorizer, ServerRuntime runtime) {
    this(bridge, config, authorizer, runtime, name -> Optional.empty());
  }

  /**
   * @param bridge stays the caller's, and is to be closed after the plugin
   * @param names finds the stream of a named endpoint, {@code /whip/@name}
   */
  public WhipPlugin(
      Bridge bridge,
      WhipConfig config,
      Authorizer authorizer,
      ServerRuntime runtime,
      Function<String, Optional<StreamPlace>> names) {
    this.bridge = bridge;
    this.names = names;
    this.sessions =
        new SessionRegistry<>(
            config.http().limits(), runtime.clock(), runtime.random(), runtime.executor());
    this.opening = new PublisherOpening(bridge, config, sessions, runtime);
    this.patches = Map.of(IceFragment.MEDIA_TYPE, new FragmentPatch<>(config.http()));
    this.servlet =
        new SignallingServlet(
            this::route, config.http(), authorizer, runtime, PostListener.Protocol.WHIP);
    this.watches =
        Stream.of(
                Optional.of(config.mediaTimeout())
                    .filter(timeout -> !timeout.isZero())
                    .map(timeout -> new MediaWatch(sessions, timeout, runtime.clock())),
                Optional.of(new LimitWatch(bridge, sessions, runtime.clock())))
            .<PublisherWatch>flatMap(Optional::stream)
            .toList();
    watches.forEach(watch -> watch.start(runtime.scheduler()));
  }

  @Override
  public List<Mount> mounts() {
    return List.of(Mount.at("/whip/*", servlet));
  }

  @Override
  public int liveSessions() {
    return sessions.size();
  }

  @Override
  public void endSessions(String detail) {
    var unused = sessions.endLive(detail);
  }

  /** The publishers' sessions. */
  SessionRegistry<PublisherSession> sessions() {
    return sessions;
  }

  private Optional<Resource> route(List<String> segments) {
    if (segments.size() == 2 && segments.get(0).equals(Locations.SESSIONS)) {
      return Optional.of(
          new SessionResource<>(
              Action.PUBLISH, new SessionFinder<>(segments.get(1), sessions), patches));
    }
    if (segments.isEmpty() || segments.size() > 2) {
      return Optional.empty();
    }
    if (segments.size() == 1 && segments.get(0).startsWith(NAMED)) {
      return names
          .apply(segments.get(0).substring(NAMED.length()))
          .map(place -> new WhipEndpoint(place.room(), place.stream(), segments, opening));
    }
    Optional<StreamName> stream =
        segments.size() == 2 ? StreamName.of(segments.get(1)) : Optional.of(StreamName.DEFAULT);
    return RoomName.of(segments.get(0))
        .map(bridge::canonical)
        .flatMap(room -> stream.map(s -> new WhipEndpoint(room, s, segments, opening)));
  }

  /** Waits a little until all who listen to sessions have heard of their ends. */
  @Override
  public void close() {
    watches.forEach(PublisherWatch::close);
    if (!Waits.within(FAREWELL, sessions.endAll("the server is shutting down"))) {
      LOG.warn("Not all publishers' sessions have ended in time");
    }
  }
}
