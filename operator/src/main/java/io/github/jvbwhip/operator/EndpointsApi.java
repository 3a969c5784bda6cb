package io.github.jvbwhip.operator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvbwhip.core.bridge.StreamPlace;
import io.github.jvbwhip.http.exchange.Call;
import io.github.jvbwhip.http.exchange.JsonBodies;
import io.github.jvbwhip.http.exchange.Reply;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import io.github.jvbwhip.http.resources.Operation;
import io.github.jvbwhip.http.runtime.OpenedSession;
import io.github.jvbwhip.http.sessions.Locations;
import io.github.jvbwhip.operator.endpoints.EndpointJson;
import io.github.jvbwhip.operator.endpoints.NamedEndpoint;
import io.github.jvbwhip.operator.endpoints.NamedEndpoints;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What the API tells of named endpoints, and does to them. Thread-safe. */
final class EndpointsApi {
  private static final String TYPE = "application/json";

  private final NamedEndpoints endpoints;
  private final Ledger ledger;
  private final Locations locations;

  EndpointsApi(NamedEndpoints endpoints, Ledger ledger, Locations locations) {
    this.locations = locations;
    this.endpoints = endpoints;
    this.ledger = ledger;
  }

  void addTo(OperatorRouter router) {
    router
        .on("endpoints", Operation.of("GET"), (call, names) -> SessionsApi.json(all(call)))
        .on("endpoints", Operation.taking("POST", List.of(TYPE)), this::create)
        .on("endpoints/{endpoint}", Operation.of("GET"), this::one)
        .on("endpoints/{endpoint}", Operation.taking("PUT", List.of(TYPE)), this::change)
        .on("endpoints/{endpoint}", Operation.of("DELETE"), this::destroy)
        .on("endpoints/{endpoint}/restart", Operation.of("POST"), this::restart)
        .on("endpoints/{endpoint}/token", Operation.of("POST"), this::renewToken);
  }

  private ArrayNode all(Call call) {
    Map<StreamPlace, OpenedSession> publishers = ledger.publishers();
    ArrayNode array = SessionJson.JSON.createArrayNode();
    endpoints.all().forEach(each -> array.add(shown(each, publishers, call)));
    return array;
  }

  private ObjectNode shown(NamedEndpoint endpoint, Call call) {
    return shown(endpoint, ledger.publishers(), call);
  }

  private ObjectNode shown(
      NamedEndpoint endpoint, Map<StreamPlace, OpenedSession> publishers, Call call) {
    ObjectNode object =
        EndpointJson.shown(endpoint, locations.path(call, "/whip/@" + endpoint.name()));
    Optional.ofNullable(publishers.get(endpoints.placeOf(endpoint)))
        .ifPresent(opened -> object.put("session", opened.session().id().value()));
    return object;
  }

  private CompletableFuture<Reply> one(Call call, List<String> names) throws ProblemException {
    return SessionsApi.json(shown(endpoints.require(names.get(0)), call));
  }

  private CompletableFuture<Reply> create(Call call, List<String> names) throws ProblemException {
    NamedEndpoints.WithToken made = endpoints.create(wish(call));
    return end(made.endpoint(), "its stream is an endpoint's from now on", call)
        .thenCompose(ended -> SessionsApi.json(201, withToken(made, call)))
        .thenApply(
            reply ->
                reply.with(
                    "Location",
                    locations.of(call, call.mountPath() + "/endpoints/" + made.endpoint().name())));
  }

  private CompletableFuture<Reply> change(Call call, List<String> names) throws ProblemException {
    EndpointJson.Wish wish = wish(call);
    if (wish.name().isPresent() && !wish.name().get().equals(names.get(0))) {
      throw new ProblemException(
          ProblemType.MALFORMED_REQUEST, "An endpoint keeps its name: make another one.");
    }
    NamedEndpoint before;
    NamedEndpoint after;
    synchronized (endpoints) { // Which is what they are changed under.
      before = endpoints.require(names.get(0));
      after = endpoints.change(names.get(0), wish);
    }
    boolean stays = after.enabled() && after.place().equals(before.place());
    return stays
        ? SessionsApi.json(shown(after, call))
        : end(before, "its endpoint was changed", call)
            .thenCompose(ended -> SessionsApi.json(shown(after, call)));
  }

  private CompletableFuture<Reply> destroy(Call call, List<String> names) throws ProblemException {
    return end(endpoints.destroy(names.get(0)), "its endpoint was destroyed", call)
        .thenApply(ended -> Reply.of(204));
  }

  private CompletableFuture<Reply> restart(Call call, List<String> names) throws ProblemException {
    return end(endpoints.require(names.get(0)), "its endpoint was restarted", call)
        .thenApply(ended -> Reply.of(204));
  }

  private CompletableFuture<Reply> renewToken(Call call, List<String> names)
      throws ProblemException {
    return SessionsApi.json(withToken(endpoints.renewToken(names.get(0)), call));
  }

  private CompletableFuture<Integer> end(NamedEndpoint endpoint, String why, Call call) {
    return ledger.endPublisher(endpoints.placeOf(endpoint), why + " by " + call.principal().name());
  }

  private ObjectNode withToken(NamedEndpoints.WithToken made, Call call) {
    return shown(made.endpoint(), call).put("token", made.token());
  }

  private static EndpointJson.Wish wish(Call call) throws ProblemException {
    return EndpointJson.wish(JsonBodies.read(call.body()));
  }
}
