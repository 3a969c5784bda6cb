package io.github.jvbwhip.dropin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.http.access.AccessRequest;
import io.github.jvbwhip.http.access.Action;
import io.github.jvbwhip.http.access.Authorizer;
import io.github.jvbwhip.http.access.Principal;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import java.io.IOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * Publishers' tokens are those of the meeting, whose server alone can tell whether they are good,
 * and for which room; everything else is asked of somebody else. Thread-safe.
 *
 * @param watching whether players' tokens are, too; nobody is good for all rooms then, and gets the
 *     list of them
 * @param server is asked before anybody without a session is told anything; of a publisher that
 *     POSTs it is asked when that joins
 * @param unasked rooms of which the server lets in everybody who knows where they are: no player
 *     gets into them that knows a name alone
 */
record MeetingTokens(
    boolean watching, Server server, Predicate<RoomName> unasked, Authorizer others)
    implements Authorizer {

  /** Tells whether a token is good. */
  interface Server {
    /** Waits for nothing; fails where the server does not take the token. */
    CompletableFuture<Void> signIn(RoomName room, String token);
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public CompletableFuture<Principal> authorize(AccessRequest request) {
    if (watching && request.action() == Action.LIST_ROOMS) {
      return refused("Nobody may do that here.");
    }
    if (watching
        && request.action() == Action.WATCH
        && request.room().filter(unasked).isPresent()) {
      return CompletableFuture.failedFuture(
          new ProblemException(
              ProblemType.FORBIDDEN, "With a meeting's token, watch a breakout room by its id."));
    }
    if (!isOfMeeting(request.action())) {
      return others.authorize(request);
    }
    if (request.method().equals("OPTIONS")) { // It is free, and the answer to a POST has it all.
      return refused("ICE servers are told in the answer to a POST.");
    }
    // Of a session, whose URL tells no room, too: it is the caller's where the token is the same.
    return request
        .credentials()
        .token()
        .map(token -> checked(request, token).thenApply(good -> principal(token)))
        .orElseGet(() -> refused("Send Authorization: Bearer with a token of the meeting."));
  }

  private CompletableFuture<Void> checked(AccessRequest request, String token) {
    boolean joins = request.action() == Action.PUBLISH && request.method().equals("POST");
    return joins || request.room().isEmpty()
        ? CompletableFuture.completedFuture(null)
        : server.signIn(request.room().get(), token);
  }

  private boolean isOfMeeting(Action action) {
    return action == Action.PUBLISH || watching && action == Action.WATCH;
  }

  private static CompletableFuture<Principal> refused(String detail) {
    return CompletableFuture.failedFuture(
        new ProblemException(
            ProblemType.UNAUTHORIZED, detail, Map.of("WWW-Authenticate", "Bearer")));
  }

  private static Principal principal(String token) {
    Map<String, String> claims = new HashMap<>();
    claims.put(Principal.MEETING_TOKEN, token);
    displayName(token).ifPresent(name -> claims.put(Principal.DISPLAY_NAME, name));
    return Principal.ofToken("meeting-token", token, claims);
  }

  /** As it claims: where the claims are false, the server lets nobody in. */
  private static Optional<String> displayName(String token) {
    String[] parts = token.split("\\.");
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
      String name = claims.path("context").path("user").path("name").asText("");
      return name.isEmpty() ? Optional.empty() : Optional.of(name);
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
