package io.github.jvbwhip.http.access;

import io.github.jvbwhip.http.problems.ProblemException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Bearer tokens from fixed lists, one list for each action. Where a list is empty everyone may,
 * where there is none nobody may. Immutable.
 */
public final class TokenAuthorizer implements Authorizer {
  private final Map<Action, TokenList> lists = new EnumMap<>(Action.class);

  /**
   * @param grants tokens by what they are good for; each action stands in one of the maps at most
   */
  @SafeVarargs
  public TokenAuthorizer(Map<Action, List<String>>... grants) {
    for (Map<Action, List<String>> each : grants) {
      each.forEach((action, tokens) -> lists.put(action, new TokenList(tokens)));
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
    TokenList known = lists.get(request.action());
    if (known == null) {
      throw TokenList.unauthorized("Nobody may do that here.", "Bearer");
    } else if (known.isEmpty()) {
      return Principal.ANONYMOUS;
    }
    return known.principal("token", request.credentials());
  }
}
