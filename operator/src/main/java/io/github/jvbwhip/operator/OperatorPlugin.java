package io.github.jvbwhip.operator;

import io.github.jvbwhip.core.bridge.Bridge;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.relay.ClusterView;
import io.github.jvbwhip.http.access.Action;
import io.github.jvbwhip.http.access.Authorizer;
import io.github.jvbwhip.http.composition.Mount;
import io.github.jvbwhip.http.composition.Plugin;
import io.github.jvbwhip.http.config.HttpConfig;
import io.github.jvbwhip.http.exchange.Reply;
import io.github.jvbwhip.http.resources.Operation;
import io.github.jvbwhip.http.resources.Resource;
import io.github.jvbwhip.http.resources.SignallingServlet;
import io.github.jvbwhip.http.runtime.ServerRuntime;
import io.github.jvbwhip.http.sessions.Locations;
import io.github.jvbwhip.operator.endpoints.NamedEndpoints;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The operator's API: the servlet at {@code /operator/*}. Thread-safe. */
public final class OperatorPlugin implements Plugin {
  private static final String MAPPING = "/operator/*";
  private static final String OPENAPI = "openapi.json";

  /** Takes SCTE 35 messages for players. */
  @FunctionalInterface
  public interface Scte35Resources {
    /**
     * The resource that takes them for a room, or for those who see one stream.
     *
     * @param action what its callers do
     */
    Resource of(RoomName room, Optional<StreamName> stream, Action action);
  }

  private final OperatorRouter router = new OperatorRouter();
  private final List<Mount> mounts;

  /**
   * @param http bounds and proxies of requests
   * @param endpoints empty where none are kept
   * @param scte35 empty where there are no players
   * @param cluster empty where the bridge is in none
   */
  OperatorPlugin(
      Bridge bridge,
      HttpConfig http,
      Authorizer authorizer,
      ServerRuntime runtime,
      Ledger ledger,
      ClosedRooms closed,
      Optional<NamedEndpoints> endpoints,
      Optional<Scte35Resources> scte35,
      Optional<Supplier<ClusterView>> cluster) {
    new SessionsApi(
            bridge, ledger, closed, endpoints.isPresent(), cluster.isPresent(), runtime.clock())
        .addTo(router);
    cluster.ifPresent(view -> new ClusterApi(view).addTo(router));
    endpoints.ifPresent(kept -> new EndpointsApi(kept, ledger, new Locations(http)).addTo(router));
    scte35.ifPresent(
        resources ->
            router
                .on("rooms/{room}/scte35", names -> scte35(bridge, resources, names))
                .on("rooms/{room}/{stream}/scte35", names -> scte35(bridge, resources, names)));
    byte[] description = description();
    router.on(
        OPENAPI,
        Operation.of("GET"),
        (call, names) -> Reply.of(200).withBody("application/json", description).atOnce());
    mounts = List.of(Mount.at(MAPPING, new SignallingServlet(router, http, authorizer, runtime)));
  }

  private static Optional<Resource> scte35(
      Bridge bridge, Scte35Resources resources, List<String> names) {
    Optional<StreamName> stream =
        names.size() == 2 ? StreamName.of(names.get(1)) : Optional.empty();
    return RoomName.of(names.get(0))
        .filter(room -> names.size() == 1 || stream.isPresent())
        .map(room -> resources.of(bridge.canonical(room), stream, Action.OPERATE));
  }

  private static byte[] description() {
    try (InputStream in = OperatorPlugin.class.getResourceAsStream(OPENAPI)) {
      if (in == null) {
        throw new IllegalStateException("the class path lacks " + OPENAPI);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  OperatorRouter router() {
    return router;
  }

  @Override
  public List<Mount> mounts() {
    return mounts;
  }

  @Override
  public void close() {}
}
