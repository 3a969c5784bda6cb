package io.github.jvbwhip.dropin;

import io.github.jvbwhip.http.access.AccessRequest;
import io.github.jvbwhip.http.access.Action;
import io.github.jvbwhip.http.access.Authorizer;
import io.github.jvbwhip.http.access.Principal;
import io.github.jvbwhip.http.access.TokenList;
import io.github.jvbwhip.http.problems.ProblemException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Players' tokens are those of the room that they watch; the list of rooms is for those who may
 * watch all; everything else is asked of somebody else. Immutable.
 */
final class WatchTokens implements Authorizer {
  private final Authorizer others;
  private final Map<String, TokenList> rooms = new HashMap<>();

  /** Of the rooms that have no list of their own. */
  private final TokenList all;

  /** Of every room: for sessions, whose URL says that they are the caller's. */
  private final TokenList any;

  WatchTokens(WatchConfig config, Authorizer others) {
    this.others = others;
    this.all = new TokenList(config.tokensOfAll());
    List<String> each = new ArrayList<>();
    config
        .tokens()
        .forEach(
            (room, tokens) -> {
              List<String> good = new ArrayList<>(tokens);
              good.addAll(config.tokensOfAll());
              rooms.put(room, new TokenList(good));
              each.addAll(good);
            });
    this.any = new TokenList(each);
  }

  @Override
  public CompletableFuture<Principal> authorize(AccessRequest request) {
    TokenList good;
    if (request.action() == Action.WATCH) {
      good =
          request
              .room()
              .map(room -> rooms.getOrDefault(room.value().toLowerCase(Locale.ROOT), all))
              .orElse(any);
    } else if (request.action() == Action.LIST_ROOMS) {
      good = all;
    } else {
      return others.authorize(request);
    }
    try {
      return CompletableFuture.completedFuture(good.principal("watch", request.credentials()));
    } catch (ProblemException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
