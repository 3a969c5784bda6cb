package io.github.jvbwhip.operator.endpoints;

import io.github.jvbwhip.core.bridge.StreamPlace;
import io.github.jvbwhip.core.session.Session;
import io.github.jvbwhip.core.text.Sha256;
import io.github.jvbwhip.http.access.AccessRequest;
import io.github.jvbwhip.http.access.Action;
import io.github.jvbwhip.http.access.Authorizer;
import io.github.jvbwhip.http.access.Principal;
import io.github.jvbwhip.http.access.Refusals;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/**
 * Lets those publish a named endpoint's stream who have its token, and nobody else; of all other
 * streams somebody else decides. Thread-safe.
 */
public final class EndpointAuthorizer implements Authorizer {
  private static final String KIND = "endpoint";

  private final NamedEndpoints endpoints;
  private final Authorizer others;
  private final Clock clock;

  public EndpointAuthorizer(NamedEndpoints endpoints, Authorizer others, Clock clock) {
    this.endpoints = endpoints;
    this.others = others;
    this.clock = clock;
  }

  /**
   * Whether whoever has opened a session may publish what it publishes, as endpoints are now: the
   * stream of one by who has come by it, all others by all others.
   */
  public static boolean mayPublish(NamedEndpoints endpoints, Session<?> session) {
    String owner = session.owner().identity();
    Optional<NamedEndpoint> endpoint =
        session.stream().flatMap(stream -> endpoints.of(new StreamPlace(session.room(), stream)));
    return endpoint
        .map(of -> of.enabled() && owner.equals(identity(of.name()).identity()))
        .orElse(!owner.startsWith(KIND + ":"));
  }

  private static Principal identity(String name) {
    return Principal.ofCaller(KIND, name, Map.of(), Principal.Limits.NONE);
  }

  @Override
  public CompletableFuture<Principal> authorize(AccessRequest request) {
    Optional<NamedEndpoint> endpoint =
        request.action() == Action.PUBLISH ? endpoint(request) : Optional.empty();
    if (endpoint.isEmpty()) {
      return others.authorize(request);
    }
    try {
      return CompletableFuture.completedFuture(principal(endpoint.get(), request));
    } catch (ProblemException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Of a request about a session, which names no room, the token tells whose it is. */
  private Optional<NamedEndpoint> endpoint(AccessRequest request) {
    return request.room().isPresent()
        ? request.stream()
            .flatMap(stream -> endpoints.of(new StreamPlace(request.room().get(), stream)))
        : request.credentials().token().flatMap(this::withToken);
  }

  /** Looks at all, whichever it is. */
  private Optional<NamedEndpoint> withToken(String token) {
    byte[] offered = Sha256.of(token);
    Optional<NamedEndpoint> found = Optional.empty();
    for (NamedEndpoint each : endpoints.all()) {
      if (isTokenOf(each, offered) && (found.isEmpty() || each.enabled())) {
        found = Optional.of(each);
      }
    }
    return found;
  }

  private static boolean isTokenOf(NamedEndpoint endpoint, byte[] offered) {
    return MessageDigest.isEqual(offered, HexFormat.of().parseHex(endpoint.tokenDigest()));
  }

  private Principal principal(NamedEndpoint endpoint, AccessRequest request)
      throws ProblemException {
    if (!isTokenOf(endpoint, Sha256.of(Refusals.tokenOf(request.credentials())))) {
      throw Refusals.invalid("The token is not that of this endpoint.");
    }
    if (!endpoint.enabled()) {
      throw new ProblemException(ProblemType.FORBIDDEN, "This endpoint is closed at the moment.");
    }
    return Principal.ofCaller(
        KIND,
        endpoint.name(),
        endpoint.displayName().isPresent()
            ? Map.of(Principal.DISPLAY_NAME, endpoint.displayName().get())
            : Map.of(),
        new Principal.Limits(
            OptionalInt.empty(),
            endpoint.maxDuration().map(clock.instant()::plus),
            endpoint.maxBitrate()));
  }
}
