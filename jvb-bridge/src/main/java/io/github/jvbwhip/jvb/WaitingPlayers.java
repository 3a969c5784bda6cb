package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.jvb.host.Audience;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Players that wait until the audience of a meeting has joined. Confined to the room's line of
 * decisions.
 */
final class WaitingPlayers {
  private final List<Player> players = new ArrayList<>();

  /**
   * One that wants to come in.
   *
   * @param admission whether into the meeting; else there was none
   */
  record Player(Optional<String> token, CompletableFuture<Boolean> admission) {
    Player(Optional<String> token) {
      this(token, new CompletableFuture<>());
    }

    void refuse(Throwable reason) {
      admission.completeExceptionally(reason);
    }

    /** Admits it to a meeting where an audience is, if the meeting lets it watch. */
    void ask(Audience audience) {
      var unused =
          audience
              .admit(token)
              .whenComplete(
                  (nothing, failure) -> {
                    if (failure != null) {
                      refuse(failure);
                    } else {
                      admission.complete(true);
                    }
                  });
    }

    /** Without the token, which is a secret. */
    @Override
    public String toString() {
      return "Player[" + admission + "]";
    }
  }

  void add(Player player) {
    players.add(player);
  }

  /** It does not want to wait any more. */
  void remove(Player player) {
    if (players.remove(player)) {
      player.admission.cancel(false);
    }
  }

  boolean isEmpty() {
    return players.isEmpty();
  }

  /** What the one that has waited longest has signed in with. */
  Optional<String> token() {
    return players.get(0).token();
  }

  /** The audience has joined, signed in with that: the others are asked for. */
  void admit(Audience audience, Optional<String> token) {
    boolean first = true;
    for (Player player : take()) {
      if (first && player.token.equals(token)) {
        player.admission.complete(true);
      } else {
        player.ask(audience);
      }
      first = false;
    }
  }

  /**
   * The audience has not joined, signed in with that: refuses whoever would hear the same. These
   * are those with the same token, or all where that is not the matter.
   */
  void refuse(Optional<String> token, Throwable reason) {
    if (reason instanceof CancellationException) {
      return; // Nobody waited; whoever has come since then did not give up.
    }
    boolean about = isAboutToken(reason);
    List<Player> same =
        players.stream().filter(player -> !about || player.token.equals(token)).toList();
    players.removeAll(same);
    same.forEach(player -> player.refuse(reason));
  }

  private static boolean isAboutToken(Throwable reason) {
    Throwable known = reason instanceof CompletionException ? reason.getCause() : reason;
    return known instanceof BridgeException e && e.reason() == BridgeException.Reason.FORBIDDEN;
  }

  void refuseAll(BridgeException reason) {
    take().forEach(player -> player.refuse(reason));
  }

  private List<Player> take() {
    List<Player> taken = List.copyOf(players);
    players.clear();
    return taken;
  }
}
