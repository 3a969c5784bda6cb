package io.github.jvbwhip.cluster;

import io.github.jvbwhip.core.metrics.ClusterMetrics;
import io.github.jvbwhip.core.relay.ClusterView;
import io.github.jvbwhip.core.relay.ClusterView.Direction;
import io.github.jvbwhip.core.relay.ClusterView.LinkView;
import io.github.jvbwhip.core.relay.ClusterView.MemberView;
import io.github.jvbwhip.core.relay.RelayLink;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Shows a member's links and what it knows of others. Stateless; to be called on the loop. */
final class Views {
  private Views() {}

  static ClusterView of(String self, Tree tree, long now) {
    return new ClusterView(
        self,
        tree.members().all().stream().map(member -> view(member, now)).toList(),
        tree.links().flatMap(link -> view(link, tree).stream()).toList());
  }

  private static MemberView view(ClusterMember member, long now) {
    return new MemberView(
        member.name(),
        member.healthy,
        member.answered ? TimeUnit.NANOSECONDS.toMillis(now - member.lastAnswer) : -1,
        member.load().state(),
        member.load().players(),
        member.load().maxPlayers(),
        member.rooms());
  }

  private static Optional<LinkView> view(TreeLink link, Tree tree) {
    RelayLink media = link.media();
    int way = tree.path(link.room()).size();
    return Optional.ofNullable(media)
        .map(
            there ->
                new LinkView(
                    link.room(),
                    link.id(),
                    link.peer(),
                    link.leadsUp() ? Direction.UP : Direction.DOWN,
                    way == 0 || !link.leadsUp() ? way : way - 1,
                    link.leadsUp() ? link.ours().viewers() : link.theirs().viewers(),
                    there.stats()));
  }

  /** Tells the metrics what is in it. */
  static void measure(ClusterView view, ClusterMetrics metrics) {
    int up = (int) links(view, Direction.UP).count();
    metrics.links(up, view.links().size() - up);
    metrics.depth(links(view, Direction.UP).mapToInt(LinkView::depth).max().orElse(0));
    metrics.viewersBelow(links(view, Direction.DOWN).mapToLong(LinkView::viewers).sum());
    metrics.roundTrip(
        view.links().stream()
            .flatMapToLong(each -> each.stats().roundTripMicros().stream())
            .max()
            .orElse(0));
  }

  private static Stream<LinkView> links(ClusterView view, Direction direction) {
    return List.copyOf(view.links()).stream().filter(each -> each.direction() == direction);
  }
}
