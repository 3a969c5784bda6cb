package io.github.jvbwhip.cluster;

import io.github.jvbwhip.core.bridge.Bridge.Approach;
import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.RoomName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Whether who comes is served here, and what has to be here then. Confined to the loop, but for
 * {@link #refuge}.
 */
final class Admission {
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final TreeParts with;
  private final Tree tree;
  private final Refuges refuges;

  Admission(TreeParts with, Tree tree, Refuges refuges) {
    this.with = with;
    this.tree = tree;
    this.refuges = refuges;
  }

  /** See {@link ClusteredBridge.Members#approach}. */
  CompletableFuture<Void> approach(RoomName room, Approach approach, boolean seen) {
    Optional<BridgeException> elsewhere =
        switch (approach) {
          case PUBLISH -> publisherElsewhere(room);
          case WATCH ->
              playerElsewhere(room, seen)
                  .or(() -> seen ? Optional.empty() : meetingElsewhere(room));
        };
    return elsewhere
        .<CompletableFuture<Void>>map(CompletableFuture::failedFuture)
        .orElseGet(() -> tree.approach(room));
  }

  private Optional<BridgeException> publisherElsewhere(RoomName room) {
    if (with.config().publish() == ClusterConfig.Publish.HERE || with.meetings().test(room)) {
      return Optional.empty();
    }
    return ableHome(room)
        .map(home -> elsewhere("The room lives on another server.", Optional.of(home + "/whip")));
  }

  /** Where the room lives, if that is elsewhere and takes sessions. */
  private Optional<String> ableHome(RoomName room) {
    return Optional.of(tree.home(room)).filter(home -> tree.members().takesSessions(home));
  }

  private Optional<BridgeException> playerElsewhere(RoomName room, boolean seen) {
    int most = with.config().maxPlayers();
    return most == 0 || tree.players() < most
        ? Optional.empty()
        : Optional.of(
            elsewhere(
                "The server has as many players as it takes.",
                instead(room, Approach.WATCH, seen)));
  }

  /** Who runs a meeting links bridges as it needs them: none is added to these. */
  private Optional<BridgeException> meetingElsewhere(RoomName room) {
    return homeOfMeeting(room)
        .filter(home -> tree.members().takesSessions(home))
        .map(home -> elsewhere("The meeting is on another server.", Optional.of(home + "/whep")));
  }

  /** The other member that a meeting lives on in which something is published. */
  private Optional<String> homeOfMeeting(RoomName room) {
    String home = tree.home(room);
    return with.meetings().test(room) && tree.members().hasStreams(home, room)
        ? Optional.of(home)
        : Optional.empty();
  }

  private static BridgeException elsewhere(String why, Optional<String> server) {
    return BridgeException.elsewhere(why, RETRY, server);
  }

  /** See {@link ClusteredBridge.Members#instead}. */
  Optional<String> instead(RoomName room, Approach approach, boolean seen) {
    return switch (approach) {
      case PUBLISH -> ableHome(room).or(() -> other(room)).map(member -> member + "/whip");
      case WATCH -> otherThatShows(room, seen).map(member -> member + "/whep");
    };
  }

  /** A meeting is shown by none but its home, for all that members know. */
  private Optional<String> otherThatShows(RoomName room, boolean seen) {
    Optional<String> home = homeOfMeeting(room);
    return home.isPresent() || isMeetingHere(room, seen)
        ? home.filter(member -> tree.members().takesSessions(member))
        : refuges.next();
  }

  private boolean isMeetingHere(RoomName room, boolean seen) {
    return seen && with.meetings().test(room);
  }

  /** See {@link ClusteredBridge.Members#refuge}. Thread-safe. */
  Optional<String> refuge(RoomName room, boolean seen) {
    return isMeetingHere(room, seen)
        ? Optional.empty()
        : refuges.next().map(member -> member + "/whep");
  }

  /** The same one for all who publish in that room. */
  private Optional<String> other(RoomName room) {
    List<String> able =
        tree.members().all().stream()
            .filter(ClusterMember::takesSessions)
            .map(ClusterMember::name)
            .toList();
    return Homes.first(room, able);
  }
}
