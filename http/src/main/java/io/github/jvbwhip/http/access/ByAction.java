package io.github.jvbwhip.http.access;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** One authorizer for each action; what has none nobody may do. Immutable. */
public final class ByAction implements Authorizer {
  private final Map<Action, Authorizer> authorizers = new EnumMap<>(Action.class);

  /**
   * @param parts authorizers by what they decide; each action stands in one of the maps at most
   */
  @SafeVarargs
  public ByAction(Map<Action, Authorizer>... parts) {
    for (Map<Action, Authorizer> part : parts) {
      authorizers.putAll(part);
    }
  }

  @Override
  public CompletableFuture<Principal> authorize(AccessRequest request) {
    Authorizer authorizer = authorizers.get(request.action());
    return authorizer == null
        ? CompletableFuture.failedFuture(Refusals.nobody())
        : authorizer.authorize(request);
  }
}
