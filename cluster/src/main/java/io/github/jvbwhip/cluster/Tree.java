package io.github.jvbwhip.cluster;

import io.github.jvbwhip.cluster.wire.Answers;
import io.github.jvbwhip.cluster.wire.Heartbeat;
import io.github.jvbwhip.cluster.wire.LinkAnswer;
import io.github.jvbwhip.cluster.wire.LinkRequest;
import io.github.jvbwhip.cluster.wire.SideMessage;
import io.github.jvbwhip.cluster.wire.Unlink;
import io.github.jvbwhip.core.bridge.Availability;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.metrics.ClusterMetrics;
import io.github.jvbwhip.core.relay.RoomUse;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rooms on this member, each a node of its room's tree. Confined to the loop, but for what
 * answers others.
 */
final class Tree implements ClusterMembers.Listener, Answers {
  private final TreeParts with;
  private final ClusterMembers members;
  private final Supplier<Availability> availability;
  private final LinkComplaints complaints = new LinkComplaints();
  private final Map<RoomName, RoomNode> rooms = new HashMap<>();
  private boolean claimsTouched;
  private boolean closed;

  /**
   * @param availability the bridge's
   */
  Tree(TreeParts with, Supplier<Availability> availability, ClusterMetrics metrics) {
    this.with = with;
    this.availability = availability;
    this.members =
        new ClusterMembers(
            with.config(), with.self(), with.loop(), with.calls(), metrics, this::load, this);
  }

  ClusterMembers members() {
    return members;
  }

  /** What this member has to do. */
  Heartbeat.Load load() {
    return new Heartbeat.Load(availability.get().state(), players(), with.config().maxPlayers());
  }

  int players() {
    return rooms.values().stream().mapToInt(RoomNode::players).sum();
  }

  /** Who is in which room of the bridge, from now on. */
  void used(List<RoomUse> uses) {
    if (closed) {
      return;
    }
    Map<RoomName, RoomUse> now =
        uses.stream().collect(Collectors.toMap(RoomUse::room, use -> use, (one, other) -> other));
    List<RoomNode> others =
        rooms.values().stream().filter(node -> !now.containsKey(node.name())).toList();
    now.values().forEach(use -> node(use.room()).used(withoutLinks(use)));
    others.forEach(node -> node.used(RoomNode.unused(node.name())));
    removeUnused();
  }

  /** Of links nobody knows more than this. */
  private static RoomUse withoutLinks(RoomUse use) {
    return new RoomUse(use.room(), use.publishers(), use.players(), 0, use.streams());
  }

  private RoomNode node(RoomName room) {
    return rooms.computeIfAbsent(
        room, name -> new RoomNode(name, with, members, complaints, this::touchClaims));
  }

  private void removeUnused() {
    rooms.values().removeIf(RoomNode::isUnused);
  }

  /** Where a room lives, as far as this member knows. */
  String home(RoomName room) {
    RoomNode known = rooms.get(room);
    return known == null
        ? members.claimant(room).map(ClusterMember::name).orElseGet(() -> members.byHash(room))
        : known.home();
  }

  /** Somebody is about to watch or to publish in a room here; see {@link RoomNode#approach}. */
  CompletableFuture<Void> approach(RoomName room) {
    return closed ? CompletableFuture.completedFuture(null) : node(room).approach();
  }

  /** To be called once in each {@code heartbeat-interval}. */
  void tick() {
    List.copyOf(rooms.values()).forEach(RoomNode::tick);
    removeUnused();
    members.tick();
  }

  private void touchClaims() {
    if (!claimsTouched) {
      claimsTouched = true;
      with.loop()
          .execute(
              () -> {
                claimsTouched = false;
                members.claim(claims());
                removeUnused();
              });
    }
  }

  private List<Heartbeat.Claim> claims() {
    return rooms.values().stream()
        .filter(RoomNode::isClaimed)
        .sorted(Comparator.comparing(node -> node.name().value()))
        .map(node -> new Heartbeat.Claim(node.name(), node.hasStreams()))
        .toList();
  }

  /** Whether there is no room here that anything is done for. */
  boolean isEmpty() {
    return rooms.isEmpty();
  }

  /** All links, those that are being made too. */
  Stream<TreeLink> links() {
    return rooms.values().stream().flatMap(node -> node.links().stream());
  }

  /** The members from this one to the room's home. */
  List<String> path(RoomName room) {
    RoomNode node = rooms.get(room);
    return node == null ? List.of() : node.path();
  }

  private Optional<TreeLink> link(String id, String peer) {
    return links().filter(each -> each.id().equals(id) && each.peer().equals(peer)).findFirst();
  }

  private void broken(TreeLink link, String why) {
    RoomNode node = rooms.get(link.room());
    if (node != null) {
      node.broken(link, why, true);
    }
  }

  @Override
  public void changed() {
    rooms.values().forEach(RoomNode::touch);
  }

  @Override
  public void gone(String member, String why) {
    links()
        .filter(each -> each.peer().equals(member))
        .toList()
        .forEach(each -> broken(each, member + ": " + why));
  }

  @Override
  public void links(String member, Set<String> ids) {
    long settled = with.config().deadAfter().toNanos();
    links()
        .filter(
            each ->
                each.peer().equals(member)
                    && each.age() > settled
                    && !ids.contains(each.id())
                    && known(each).isEstablished(each))
        .toList()
        .forEach(each -> broken(each, "the other side does not have it"));
  }

  @Override
  public List<String> linksWith(String member) {
    return links().filter(each -> each.peer().equals(member)).map(TreeLink::id).toList();
  }

  /** The room that a link is in. */
  private RoomNode known(TreeLink link) {
    return Objects.requireNonNull(rooms.get(link.room()));
  }

  /** Does for another member, on the loop, what it asks for. */
  private <T> CompletableFuture<T> onLoop(String member, Supplier<CompletableFuture<T>> work) {
    return CompletableFuture.completedFuture(null)
        .thenComposeAsync(any -> members.isTwin(member) ? twin() : work.get(), with.loop());
  }

  private static <T> CompletableFuture<T> twin() {
    return CompletableFuture.failedFuture(
        new ProblemException(ProblemType.UNAUTHORIZED, "Your name is this member's own."));
  }

  @Override
  public CompletableFuture<Heartbeat> heartbeat(String member, Heartbeat heartbeat) {
    return onLoop(
        member, () -> CompletableFuture.completedFuture(members.heard(member, heartbeat)));
  }

  @Override
  public CompletableFuture<LinkAnswer> link(String member, LinkRequest request) {
    return onLoop(
        member,
        () ->
            closed
                ? CompletableFuture.completedFuture(new LinkAnswer.Refused("this member leaves"))
                : node(request.room()).accept(member, request));
  }

  @Override
  public CompletableFuture<SideMessage.Taken> side(String member, SideMessage message) {
    return onLoop(
        member,
        () -> {
          Optional<TreeLink> link = link(message.link(), member);
          if (link.isEmpty()) {
            return CompletableFuture.completedFuture(new SideMessage.Taken(false));
          }
          if (!message.refused().isEmpty()) {
            known(link.get()).refused(link.get(), message.refused());
          }
          return link.get().told(message.side()).thenApply(taken -> new SideMessage.Taken(true));
        });
  }

  @Override
  public CompletableFuture<Void> unlink(String member, Unlink message) {
    return onLoop(
        member,
        () -> {
          link(message.link(), member)
              .ifPresent(each -> broken(each, "by the other side: " + message.why()));
          return CompletableFuture.completedFuture(null);
        });
  }

  /** Ends all links, and takes leave of the other members; completes when these know. */
  CompletableFuture<Void> close() {
    closed = true;
    List.copyOf(new ArrayList<>(rooms.values())).forEach(node -> node.close("this member leaves"));
    rooms.clear();
    return members.leave();
  }
}
