package io.github.jvbwhip.http.access;

import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import java.security.MessageDigest;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Bearer tokens from fixed lists, one list for each action. Where a list is empty everyone may,
 * where there is none nobody may. Keeps and compares digests, each time all of a list. Immutable.
 */
public final class TokenAuthorizer implements Authorizer {
  private final Map<Action, List<byte[]>> digests = new EnumMap<>(Action.class);

  /**
   * @param grants tokens by what they are good for; each action stands in one of the maps at most
   */
  @SafeVarargs
  public TokenAuthorizer(Map<Action, List<String>>... grants) {
    for (Map<Action, List<String>> each : grants) {
      each.forEach(
          (action, tokens) -> digests.put(action, tokens.stream().map(Principal::digest).toList()));
    }
  }

  @Override
  public CompletableFuture<Principal> authorize(AccessRequest request) {
    try {
      return CompletableFuture.completedFuture(principal(request));
    } catch (ProblemException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private Principal principal(AccessRequest request) throws ProblemException {
    List<byte[]> known = digests.get(request.action());
    if (known == null) {
      throw unauthorized("Nobody may do that here.", "Bearer");
    } else if (known.isEmpty()) {
      return Principal.ANONYMOUS;
    }
    String token =
        request
            .credentials()
            .bearer()
            .orElseThrow(() -> unauthorized("Send Authorization: Bearer with a token.", "Bearer"));
    byte[] offered = Principal.digest(token);
    boolean found = false;
    for (byte[] digest : known) {
      found |= MessageDigest.isEqual(digest, offered);
    }
    if (!found) {
      throw unauthorized("The token is not valid here.", "Bearer error=\"invalid_token\"");
    }
    return Principal.ofToken("token", token, Map.of());
  }

  private static ProblemException unauthorized(String detail, String challenge) {
    return new ProblemException(
        ProblemType.UNAUTHORIZED, detail, Map.of("WWW-Authenticate", challenge));
  }
}
