package io.github.jvbwhip.whip;

import io.github.jvbwhip.core.bridge.Bridge;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.sdp.IceFragment;
import io.github.jvbwhip.core.session.SessionRegistry;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** WHIP on a bridge: the servlet at {@code /whip/*}, and the sessions behind it. Thread-safe. */
public final class WhipPlugin implements Plugin {
  private final Bridge bridge;
  private final SessionRegistry<PublisherSession> sessions;
  private final PublisherOpening opening;
  private final Map<String, PatchHandler<PublisherSession>> patches;
  private final HttpServlet servlet;
  private final Optional<MediaWatch> watch;

  /**
   * @param bridge stays the caller's, and is to be closed after the plugin
   */
  public WhipPlugin(
      Bridge bridge, WhipConfig config, Authorizer authorizer, ServerRuntime runtime) {
    this.bridge = bridge;
    this.sessions =
        new SessionRegistry<>(
            config.http().limits(), runtime.clock(), runtime.random(), runtime.executor());
    this.opening = new PublisherOpening(bridge, config, sessions, runtime);
    this.patches = Map.of(IceFragment.MEDIA_TYPE, new FragmentPatch<>(config.http()));
    this.servlet =
        new SignallingServlet(
            this::route, config.http(), authorizer, runtime, PostListener.Protocol.WHIP);
    this.watch =
        config.mediaTimeout().isZero()
            ? Optional.empty()
            : Optional.of(new MediaWatch(sessions, config.mediaTimeout(), runtime.clock()));
    watch.ifPresent(w -> w.start(runtime.scheduler()));
  }

  @Override
  public List<Mount> mounts() {
    return List.of(Mount.at("/whip/*", servlet));
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
    Optional<StreamName> stream =
        segments.size() == 2 ? StreamName.of(segments.get(1)) : Optional.of(StreamName.DEFAULT);
    return RoomName.of(segments.get(0))
        .map(bridge::canonical)
        .flatMap(room -> stream.map(s -> new WhipEndpoint(room, s, segments, opening)));
  }

  @Override
  public void close() {
    watch.ifPresent(MediaWatch::close);
    sessions.close();
  }
}
