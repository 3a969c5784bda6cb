package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.LocalTransport;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.relay.RelayLink;
import io.github.jvbwhip.core.relay.RelayListener;
import io.github.jvbwhip.core.relay.RelayedStream;
import io.github.jvbwhip.core.relay.RoomSide;
import io.github.jvbwhip.core.relay.RoomUse;
import io.github.jvbwhip.jvb.host.BridgeTransport;
import io.github.jvbwhip.jvb.host.RelayAllocation;
import io.github.jvbwhip.jvb.host.RelayPlan;
import io.github.jvbwhip.jvb.room.StreamView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * The links of a room to those of other bridges: what came over them, and what each of them is
 * told. Thread-safe; what decides runs in the room's line of decisions. A room without links has
 * nothing to do for it.
 */
final class RoomLinks {
  private final RoomTasks tasks;
  private final RoomMembers members;
  private final RoomConference conference;
  private final RoomUses uses;
  private final RoomLink.Surroundings surroundings;
  private volatile List<RoomLink> links = List.of();
  private RoomUse used;

  /**
   * @param changed something was changed that others see; any thread
   */
  RoomLinks(
      RoomName name,
      RoomTasks tasks,
      RoomMembers members,
      RoomConference conference,
      RoomUses uses,
      Runnable changed) {
    this.tasks = tasks;
    this.members = members;
    this.conference = conference;
    this.uses = uses;
    this.surroundings =
        new RoomLink.Surroundings(
            name,
            tasks,
            members,
            changed,
            left -> {
              remove(left);
              changed.run();
            });
    this.used = new RoomUse(name, 0, 0, 0, 0);
  }

  /** Allocates this side of a link; what becomes of it is the future's. */
  void open(RelayPlan plan, RelayListener listener, CompletableFuture<RelayLink> opening) {
    members.expectPlayer();
    tasks.call(
        () -> {
          try {
            if (!opening.isDone()) {
              RoomLink link = allocate(plan, listener);
              if (!opening.complete(link)) {
                link.close();
              }
            }
          } catch (BridgeException | RuntimeException | Error e) {
            opening.completeExceptionally(e);
          } finally {
            members.expectedPlayer();
          }
        });
  }

  private RoomLink allocate(RelayPlan plan, RelayListener listener) throws BridgeException {
    AtomicReference<RoomLink> made = new AtomicReference<>();
    RelayPlan likely = new RelayPlan(plan.id(), plan.remote().map(RelayTransports::likely));
    RoomConference.Linked linked =
        conference.link(likely, () -> tasks.execute(() -> secured(made)));
    RoomLink link =
        new RoomLink(
            plan.id(),
            surroundings,
            linked.conference(),
            linked.allocation(),
            transport(linked, plan, likely),
            listener);
    made.set(link);
    add(link);
    surroundings.changed().run();
    return link;
  }

  /** Only now it is known which address families this side has. */
  private static LocalTransport transport(
      RoomConference.Linked linked, RelayPlan plan, RelayPlan likely) throws BridgeException {
    RelayAllocation allocation = linked.allocation();
    BridgeTransport ours = allocation.transport();
    if (plan.remote().isEmpty()) {
      return RelayTransports.offered(ours);
    }
    try {
      RemoteTransport theirs = plan.remote().get();
      RemoteTransport common = RelayTransports.common(ours, theirs);
      if (!common.equals(likely.remote().orElseThrow())) {
        allocation.connect(common);
      }
      return RelayTransports.answered(ours, theirs);
    } catch (BridgeException e) {
      allocation.expire();
      linked.conference().tidyUp();
      throw e;
    }
  }

  private static void secured(AtomicReference<RoomLink> made) {
    RoomLink link = made.get();
    if (link != null) { // Else nothing has been told over it yet.
      link.lookWhetherUp();
    }
  }

  private synchronized void add(RoomLink link) {
    links = Stream.concat(links.stream(), Stream.of(link)).toList();
  }

  private synchronized void remove(RoomLink link) {
    links = links.stream().filter(each -> each != link).toList();
  }

  boolean isEmpty() {
    return links.isEmpty();
  }

  /** The publishers of other bridges. */
  List<StreamView> views() {
    List<StreamView> views = new ArrayList<>();
    for (RoomLink link : links) {
      link.shown().streams().forEach(stream -> views.add(RelayedViews.view(stream)));
    }
    return views;
  }

  /** Players that are connected to other bridges. */
  int viewers() {
    int viewers = 0;
    for (RoomLink link : links) {
      viewers += link.shown().viewers();
    }
    return viewers;
  }

  /** Whether anybody publishes on another bridge. */
  boolean haveStreams() {
    return links.stream().anyMatch(link -> !link.shown().streams().isEmpty());
  }

  /** Who is in the room. */
  RoomUse use() {
    List<RoomLink> now = links;
    int publishers = (int) members.publishers().stream().filter(JvbIngest::isConnected).count();
    int relayed = 0;
    for (RoomLink link : now) {
      relayed += link.shown().streams().size();
    }
    return new RoomUse(
        surroundings.name(),
        publishers,
        members.players().size(),
        now.size(),
        publishers + relayed);
  }

  /** Looks whether they are still there. Decides. */
  void watch() {
    boolean meeting = !links.isEmpty() && conference.foreign().isPresent();
    for (RoomLink link : links) {
      if (meeting && link.conference().isOwn()) {
        link.end("a meeting has begun in this room");
      } else {
        link.watch();
      }
    }
  }

  /**
   * Tells the other sides what is on this one, and who observes the rooms' use that it has changed.
   * Decides.
   *
   * @param measured whether bitrates were measured: about once a second
   */
  void look(long nowNanos, boolean measured) {
    if (uses.isObserved()) {
      RoomUse now = use();
      if (!now.equals(used)) {
        used = now;
        uses.changed();
      }
    }
    List<RoomLink> all = links;
    if (all.isEmpty()) {
      return;
    }
    List<RelayedStream> own =
        RoomViews.of(members.publishers(), Stream.empty(), Map.of(), nowNanos).stream()
            .map(RelayedViews::told)
            .toList();
    for (RoomLink link : all) {
      link.tellOurs(side(own, all, link), measured);
    }
  }

  private RoomSide side(List<RelayedStream> own, List<RoomLink> all, RoomLink to) {
    List<RelayedStream> streams = new ArrayList<>(own);
    int viewers = members.viewers();
    for (RoomLink other : all) {
      if (other != to) {
        RoomSide theirs = other.shown();
        streams.addAll(theirs.streams());
        viewers += theirs.viewers();
      }
    }
    return new RoomSide(viewers, streams);
  }

  /** Ends all of them. Decides. */
  void end(String detail) {
    links.forEach(link -> link.end(detail));
  }
}
