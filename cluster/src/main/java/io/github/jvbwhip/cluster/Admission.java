package io.github.jvbwhip.cluster;

import io.github.jvbwhip.core.bridge.Bridge.Approach;
import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.RoomName;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Whether who comes is served here, and what has to be here then. Confined to the loop. */
final class Admission {
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final TreeParts with;
  private final Tree tree;

  Admission(TreeParts with, Tree tree) {
    this.with = with;
    this.tree = tree;
  }

  /** See {@link ClusteredBridge.Approaches}. */
  CompletableFuture<Void> approach(RoomName room, Approach approach, boolean seen) {
    Optional<BridgeException> elsewhere =
        switch (approach) {
          case PUBLISH -> publisherElsewhere(room);
          case WATCH ->
              playerElsewhere().or(() -> seen ? Optional.empty() : meetingElsewhere(room));
        };
    return elsewhere
        .<CompletableFuture<Void>>map(CompletableFuture::failedFuture)
        .orElseGet(() -> tree.approach(room));
  }

  private Optional<BridgeException> publisherElsewhere(RoomName room) {
    if (with.config().publish() == ClusterConfig.Publish.HERE || with.meetings().test(room)) {
      return Optional.empty();
    }
    String home = tree.home(room);
    return home.equals(with.self().self()) || !tree.members().takesSessions(home)
        ? Optional.empty()
        : Optional.of(
            BridgeException.elsewhere(
                "The room lives on another server.", RETRY, Optional.of(home + "/whip")));
  }

  private Optional<BridgeException> playerElsewhere() {
    int most = with.config().maxPlayers();
    return most == 0 || tree.players() < most
        ? Optional.empty()
        : Optional.of(
            BridgeException.elsewhere(
                "The server has as many players as it takes.",
                RETRY,
                roomiest().map(member -> member + "/whep")));
  }

  /** Who runs a meeting links bridges as it needs them: none is added to these. */
  private Optional<BridgeException> meetingElsewhere(RoomName room) {
    String home = tree.home(room);
    boolean there =
        with.meetings().test(room)
            && !home.equals(with.self().self())
            && tree.members().hasStreams(home, room);
    return there
        ? Optional.of(
            BridgeException.elsewhere(
                "The meeting is on another server.", RETRY, Optional.of(home + "/whep")))
        : Optional.empty();
  }

  /** The other member that takes players and has room for most. */
  Optional<String> roomiest() {
    return tree.members().all().stream()
        .filter(each -> each.takesSessions() && places(each) > 0)
        .min(
            Comparator.comparingInt((ClusterMember each) -> -places(each))
                .thenComparingInt(each -> each.load().players())
                .thenComparing(ClusterMember::name))
        .map(ClusterMember::name);
  }

  private static int places(ClusterMember member) {
    int most = member.load().maxPlayers();
    return most == 0 ? Integer.MAX_VALUE : most - member.load().players();
  }
}
