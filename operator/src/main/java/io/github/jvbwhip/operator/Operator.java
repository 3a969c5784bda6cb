package io.github.jvbwhip.operator;

import io.github.jvbwhip.core.bridge.Bridge;
import io.github.jvbwhip.core.bridge.StreamPlace;
import io.github.jvbwhip.core.relay.ClusterView;
import io.github.jvbwhip.http.access.Action;
import io.github.jvbwhip.http.access.Authorizer;
import io.github.jvbwhip.http.access.TokenAuthorizer;
import io.github.jvbwhip.http.composition.Composition;
import io.github.jvbwhip.http.config.HttpConfig;
import io.github.jvbwhip.http.config.InvalidConfigException;
import io.github.jvbwhip.http.runtime.OpenedSession;
import io.github.jvbwhip.http.runtime.PostListener.Protocol;
import io.github.jvbwhip.http.runtime.ServerRuntime;
import io.github.jvbwhip.http.runtime.SessionListener;
import io.github.jvbwhip.http.sessions.SessionLog;
import io.github.jvbwhip.operator.OperatorPlugin.Scte35Resources;
import io.github.jvbwhip.operator.endpoints.EndpointAuthorizer;
import io.github.jvbwhip.operator.endpoints.NamedEndpoints;
import io.github.jvbwhip.operator.notifications.Notifications;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * All that whoever runs the server has, for whoever puts a product together: first what hears of
 * sessions, then who may do what, at last the API. Made by one thread.
 */
public final class Operator {
  private final OperatorConfig config;
  private final Ledger ledger = new Ledger(this::refusal);
  private final ClosedRooms closed;
  private final Optional<NamedEndpoints> endpoints;
  private final ServerRuntime runtime;

  /**
   * Makes what is there before the plugins.
   *
   * @param composition closes what is to be closed
   * @throws InvalidConfigException when named endpoints cannot be read
   */
  public Operator(OperatorConfig config, Bridge bridge, Composition composition)
      throws InvalidConfigException {
    this.config = config;
    ServerRuntime basic = composition.runtime();
    this.closed = new ClosedRooms(basic.clock());
    this.endpoints =
        config.directory().isPresent()
            ? Optional.of(
                NamedEndpoints.in(
                    config.directory().get(), bridge::canonical, basic.clock(), basic.random()))
            : Optional.empty();
    SessionListener listener = new SessionLog(config.log());
    if (config.enabled()) {
      listener = listener.and(ledger);
    }
    if (config.notifications().isPresent()) {
      listener =
          listener.and(
              composition.add(
                  new Notifications(
                      config.notifications().get(),
                      basic.clock(),
                      basic.random(),
                      basic.scheduler())));
    }
    this.runtime = basic.with(listener);
  }

  private Optional<String> refusal(OpenedSession opened) {
    if (closed.until(opened.session().room()).isPresent()) {
      return Optional.of("its room was closed meanwhile");
    }
    boolean publishes = opened.protocol() == Protocol.WHIP;
    return publishes
            && endpoints
                .filter(all -> !EndpointAuthorizer.mayPublish(all, opened.session()))
                .isPresent()
        ? Optional.of("its endpoint was changed meanwhile")
        : Optional.empty();
  }

  /** For the plugins: their sessions are seen. */
  public ServerRuntime runtime() {
    return runtime;
  }

  /** The streams of named endpoints, by these names. */
  public Function<String, Optional<StreamPlace>> names() {
    return name -> endpoints.flatMap(all -> all.place(name));
  }

  /** Who may do what; {@code others} decides about publishers and players otherwise. */
  public Authorizer before(Authorizer others) {
    Authorizer users =
        endpoints
            .<Authorizer>map(all -> new EndpointAuthorizer(all, others, runtime.clock()))
            .orElse(others);
    if (!config.enabled()) {
      return users;
    }
    Authorizer operators = TokenAuthorizer.of(config.tokens());
    Authorizer open = closed.before(users);
    return request ->
        request.action() == Action.OPERATE
            ? operators.authorize(request.withoutQueryToken())
            : open.authorize(request);
  }

  /**
   * Serves the API, where it is on.
   *
   * @param authorizer what {@link #before} has made
   * @param scte35 empty where there are no players
   * @param cluster empty where the bridge is in none
   * @return it, where it is on
   */
  public Optional<OperatorPlugin> serve(
      Composition composition,
      Bridge bridge,
      HttpConfig http,
      Authorizer authorizer,
      Optional<Scte35Resources> scte35,
      Optional<Supplier<ClusterView>> cluster) {
    if (!config.enabled()) {
      return Optional.empty();
    }
    OperatorPlugin plugin =
        new OperatorPlugin(
            bridge, http, authorizer, runtime, ledger, closed, endpoints, scte35, cluster);
    composition.addPlugin(plugin);
    return Optional.of(plugin);
  }
}
