package io.github.jvbwhip.http.resources;

import io.github.jvbwhip.core.bridge.ClientNetwork;
import io.github.jvbwhip.http.access.AccessRequest;
import io.github.jvbwhip.http.access.Authorizer;
import io.github.jvbwhip.http.access.Credentials;
import io.github.jvbwhip.http.access.Principal;
import io.github.jvbwhip.http.config.HttpConfig;
import io.github.jvbwhip.http.config.Network;
import io.github.jvbwhip.http.config.WebhookConfig;
import io.github.jvbwhip.http.exchange.Call;
import io.github.jvbwhip.http.exchange.Deadlines;
import io.github.jvbwhip.http.exchange.Exchange;
import io.github.jvbwhip.http.exchange.Proxies;
import io.github.jvbwhip.http.exchange.QueryString;
import io.github.jvbwhip.http.exchange.Reply;
import io.github.jvbwhip.http.limits.RateLimiter;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import io.github.jvbwhip.http.problems.Problems;
import io.github.jvbwhip.http.runtime.PostListener;
import io.github.jvbwhip.http.runtime.ServerRuntime;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The servlet of both protocols: everything of HTTP that does not depend on the resource. To be
 * mounted at a prefix such as {@code /whip/*}, with asynchronous support. Thread-safe.
 */
public class SignallingServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(SignallingServlet.class);

  private final transient Router router;
  private final transient HttpConfig config;
  private final transient ServerRuntime runtime;
  private final transient Authorizer authorizer;
  private final transient Cors cors;
  private final transient RateLimiter<ClientNetwork> rateLimiter;
  private final transient Proxies proxies;
  private final transient PostOutcomes outcomes;
  private final transient ToldRefusals refusals;

  /** Of resources that open no sessions. */
  public SignallingServlet(
      Router router, HttpConfig config, Authorizer authorizer, ServerRuntime runtime) {
    this(router, config, authorizer, runtime, null);
  }

  /**
   * The same for endpoints.
   *
   * @param protocol of its endpoints
   */
  public SignallingServlet(
      Router router,
      HttpConfig config,
      Authorizer authorizer,
      ServerRuntime runtime,
      PostListener.@Nullable Protocol protocol) {
    this.router = router;
    this.config = config;
    this.runtime = runtime;
    this.outcomes = new PostOutcomes(runtime.posts(), protocol);
    this.authorizer = authorizer;
    this.cors = new Cors(config.cors());
    this.rateLimiter = RateLimiter.ofAddresses(config.rateLimit(), runtime.clock());
    this.proxies = new Proxies(config.trustedProxies());
    this.refusals = new ToldRefusals(runtime.refusals(), proxies);
  }

  @Override
  protected final void service(HttpServletRequest request, HttpServletResponse response) {
    cors.apply(request, response);
    Optional<Resource> resource = router.route(segments(request));
    Consumer<Reply> listener =
        outcomes
            .listener(request.getMethod(), resource)
            .andThen(refusals.listener(request, resource));
    Exchange exchange = Exchange.start(request, runtime.scheduler(), runtime.bodies());
    CompletableFuture<Reply> reply =
        plan(request, resource)
            .exceptionally(Plan::failing)
            .thenCompose(plan -> carryOut(plan, exchange))
            .exceptionallyCompose(this::refusal);
    exchange.answer(reply, listener);
  }

  private CompletableFuture<Reply> carryOut(Plan plan, Exchange exchange) {
    if (plan.bodyWanted()) {
      return exchange.body(config.bodyLimit(), config.requestTimeout()).thenCompose(plan.then());
    } else if (exchange.isDrained(config.bodyLimit())) {
      // A response that overtakes its request's body costs the connection, and the next request
      // that a client has sent on it: so also what is refused is read first, within the bounds.
      return exchange
          .discarded(config.bodyLimit(), config.requestTimeout())
          .thenCompose(plan.then());
    }
    CompletableFuture<Reply> reply = plan.then().apply(new byte[0]);
    return exchange.hasBody()
        ? reply
            .exceptionallyCompose(this::refusal)
            .thenApply(known -> known.with("Connection", "close"))
        : reply;
  }

  /**
   * What is to be done with a request.
   *
   * @param bodyWanted whether it needs the body
   */
  private record Plan(boolean bodyWanted, Function<byte[], CompletableFuture<Reply>> then) {
    static Plan failing(Throwable failure) {
      return new Plan(false, body -> CompletableFuture.failedFuture(failure));
    }
  }

  /** Work that may end in an error. */
  @FunctionalInterface
  private interface Work<T> {
    CompletableFuture<T> run() throws ProblemException;
  }

  /** Starts work, and waits for it no longer than configured. */
  private <T> CompletableFuture<T> bounded(Work<T> work) {
    try {
      return Deadlines.bound(
          work.run(), config.requestTimeout(), runtime.scheduler(), SignallingServlet::busy);
    } catch (ProblemException | RuntimeException | Error e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private CompletableFuture<Plan> plan(HttpServletRequest request, Optional<Resource> resource) {
    try {
      return checked(request, resource);
    } catch (ProblemException | RuntimeException | Error e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** All that can be said before the body is there. */
  private CompletableFuture<Plan> checked(HttpServletRequest request, Optional<Resource> routed)
      throws ProblemException {
    if (routed.isEmpty() && Cors.isPreflight(request)) {
      // Without it a page does not get to read that nothing is here, and takes the server for away.
      return CompletableFuture.completedFuture(new Plan(false, body -> Reply.of(200).atOnce()));
    }
    Resource resource =
        routed.orElseThrow(
            () ->
                new ProblemException(
                    ProblemType.NOT_FOUND,
                    "No resource has this path. Names are 1 to 128 characters of"
                        + " A-Z a-z 0-9 . _ ~ -"));
    String method = Call.method(request);
    if (method.equals("OPTIONS")) {
      if (!Cors.isPreflight(request)) {
        checkRate(request); // Somebody may have to be asked.
      }
      return CompletableFuture.completedFuture(
          new Plan(false, body -> bounded(() -> options(resource, request))));
    }
    Operation operation =
        resource.operations().stream()
            .filter(o -> o.method().equals(method))
            .findFirst()
            .orElseThrow(() -> ResourceOptions.notAllowed(resource));
    checkRate(request);
    return authorize(resource.access(), request)
        .thenApply(principal -> plan(resource, operation, request, principal));
  }

  private void checkRate(HttpServletRequest request) throws ProblemException {
    rateLimiter.check(Network.ofClient(proxies.clientAddress(request)));
  }

  private Plan plan(
      Resource resource, Operation operation, HttpServletRequest request, Principal principal) {
    List<String> types = operation.accepts();
    if (types.isEmpty()) {
      return new Plan(
          false,
          ignored ->
              bounded(() -> resource.handle(new Call(request, proxies, principal, new byte[0]))));
    }
    try {
      checkBody(resource, operation, request);
    } catch (ProblemException e) {
      return Plan.failing(e);
    }
    return new Plan(
        true,
        body ->
            bounded(() -> handle(resource, types, new Call(request, proxies, principal, body))));
  }

  private static CompletableFuture<Reply> handle(Resource resource, List<String> types, Call call)
      throws ProblemException {
    if (call.body().length > 0 && call.mediaType().isEmpty()) {
      throw ResourceOptions.unsupported(resource, types);
    }
    return resource.handle(call);
  }

  private CompletableFuture<Principal> authorize(Access access, HttpServletRequest request) {
    if (access.capability() && !config.strict()) {
      // The URL is the credential; one client sends its DELETE without any other.
      return CompletableFuture.completedFuture(Principal.ANONYMOUS);
    }
    Credentials credentials =
        Credentials.read(
            Optional.ofNullable(request.getHeader("Authorization")),
            config.auth().query()
                ? QueryString.parameter(
                    Optional.ofNullable(request.getQueryString()), Credentials.QUERY_PARAMETER)
                : Optional.empty(),
            !config.strict());
    AccessRequest question =
        new AccessRequest(
            access.action(),
            Call.method(request),
            access.room(),
            access.stream(),
            proxies.clientAddress(request),
            credentials,
            told(request));
    return bounded(() -> authorizer.authorize(question));
  }

  /** The fields that a webhook is told. */
  private Map<String, String> told(HttpServletRequest request) {
    Map<String, String> fields = new HashMap<>();
    for (String name : config.auth().webhook().map(WebhookConfig::headers).orElse(List.of())) {
      Optional.ofNullable(request.getHeader(name)).ifPresent(value -> fields.put(name, value));
    }
    return fields;
  }

  private void checkBody(Resource resource, Operation operation, HttpServletRequest request)
      throws ProblemException {
    if (request.getContentLengthLong() > config.bodyLimit()) {
      throw new ProblemException(ProblemType.BODY_TOO_LARGE, Exchange.tooLarge(config.bodyLimit()));
    }
    Optional<String> type = Call.mediaType(request);
    boolean absent = type.isEmpty() && operation.bodyOptional();
    if (!absent && !type.map(operation.accepts()::contains).orElse(false)) {
      throw ResourceOptions.unsupported(resource, operation.accepts());
    }
  }

  private CompletableFuture<Reply> options(Resource resource, HttpServletRequest request) {
    Reply reply = ResourceOptions.reply(resource);
    if (Cors.isPreflight(request)) {
      // A preflight carries no credentials, and gets no TURN credentials (RFC 9725 §4.6).
      return reply.atOnce();
    }
    // OPTIONS works for everyone; what needs credentials is left out.
    return authorize(resource.access(), request)
        .thenApply(principal -> new Call(request, proxies, principal, new byte[0]))
        .handle(
            (call, refused) ->
                refused == null ? reply.withAll(resource.optionsHeaders(call)) : reply);
  }

  private static List<String> segments(HttpServletRequest request) {
    String path = request.getPathInfo();
    if (path == null || path.equals("/")) {
      return List.of();
    }
    String trimmed = path.endsWith("/") ? path.substring(1, path.length() - 1) : path.substring(1);
    return Arrays.asList(trimmed.split("/", -1));
  }

  private static ProblemException busy() {
    return ProblemException.retryable(
        ProblemType.BUSY,
        "The server did not finish the request in time; try again.",
        Optional.of(Duration.ofSeconds(1)));
  }

  /** What a failure is answered with. */
  private CompletableFuture<Reply> refusal(Throwable failure) {
    Throwable cause = Problems.cause(failure);
    return Reply.of(Problems.of(cause).orElseGet(() -> internal(cause))).atOnce();
  }

  private ProblemException internal(Throwable failure) {
    String reference = HexFormat.of().toHexDigits(runtime.random().nextInt());
    LOG.error("Internal error {}", reference, failure);
    return new ProblemException(
        ProblemType.INTERNAL, "The server's log has more under reference " + reference + ".");
  }
}
