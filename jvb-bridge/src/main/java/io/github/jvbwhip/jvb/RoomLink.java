package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.DtlsRole;
import io.github.jvbwhip.core.bridge.LocalTransport;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.relay.RelayLink;
import io.github.jvbwhip.core.relay.RelayListener;
import io.github.jvbwhip.core.relay.RelayedStream;
import io.github.jvbwhip.core.relay.RoomSide;
import io.github.jvbwhip.jvb.host.HostConference;
import io.github.jvbwhip.jvb.host.RelayAllocation;
import io.github.jvbwhip.jvb.host.RelayedEndpoint;
import io.github.jvbwhip.jvb.host.SourcePlan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This side of a link of a room, and what the other side has told. Thread-safe; what decides runs
 * in the room's line of decisions, and the bridge is told in its line of calls.
 */
final class RoomLink implements RelayLink {
  private static final Logger LOG = LoggerFactory.getLogger(RoomLink.class);

  /**
   * What it knows of its room.
   *
   * @param changed something was changed that others see; any thread
   * @param left hears of it when it has ended; any thread
   */
  record Surroundings(
      RoomName name,
      RoomTasks tasks,
      RoomMembers members,
      Runnable changed,
      Consumer<RoomLink> left) {}

  /** They are never the same twice. */
  private static final LongUnaryOperator NONE = bitrate -> 0;

  private final String id;
  private final Surroundings room;
  private final HostConference conference;
  private final RelayAllocation allocation;
  private final LocalTransport transport;
  private final RelayListener listener;

  /** What the other side has told of which something is refused; else null. Decides. */
  private @Nullable RoomSide refused;

  /** What the other side has told and is not refused; decides. */
  private RoomSide accepted = RoomSide.EMPTY;

  /** As much of that as the bridge knows. */
  private volatile RoomSide shown = RoomSide.EMPTY;

  /** What the bridge is to know, once the calls under way are done; decides. */
  private Map<String, List<SourcePlan>> announcing = Map.of();

  private int announcements;

  /** What the bridge knows; in the line of calls. */
  private Map<String, List<SourcePlan>> announced = Map.of();

  /** The video sources whose keyframes were asked for; decides. */
  private final Set<Long> asked = new HashSet<>();

  private boolean up;

  private final Object endLock = new Object();
  private volatile boolean ended;
  private RoomSide told = RoomSide.EMPTY;
  private boolean toldAny;

  /**
   * @param transport this side's
   */
  RoomLink(
      String id,
      Surroundings room,
      HostConference conference,
      RelayAllocation allocation,
      LocalTransport transport,
      RelayListener listener) {
    this.id = id;
    this.room = room;
    this.conference = conference;
    this.allocation = allocation;
    this.listener = listener;
    this.transport = transport;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public RoomName room() {
    return room.name();
  }

  @Override
  public LocalTransport localTransport() {
    return transport;
  }

  @Override
  public CompletableFuture<Void> connect(LocalTransport theirs) {
    CompletableFuture<Void> connected = new CompletableFuture<>();
    room.tasks()
        .call(
            () -> {
              try {
                if (ended) {
                  throw gone();
                }
                allocation.connect(
                    RelayTransports.likely(
                        RelayTransports.remote(theirs, theirs.role().orElse(DtlsRole.ACTIVE))));
                connected.complete(null);
              } catch (BridgeException | RuntimeException | Error e) {
                connected.completeExceptionally(e);
              }
            });
    return connected;
  }

  private static BridgeException gone() {
    return new BridgeException(BridgeException.Reason.ENDED, "The link has ended.");
  }

  @Override
  public CompletableFuture<List<Refusal>> tell(RoomSide theirs) {
    CompletableFuture<List<Refusal>> taken = new CompletableFuture<>();
    room.tasks()
        .execute(
            () -> {
              try {
                take(theirs, taken);
              } catch (RuntimeException | Error e) {
                taken.completeExceptionally(e);
              }
            });
    return taken;
  }

  /** What is there no more is not shown any more before the bridge is told. Decides. */
  private void take(RoomSide theirs, CompletableFuture<List<Refusal>> taken) {
    if (ended) {
      taken.completeExceptionally(gone());
      return;
    }
    List<Refusal> refusals = new ArrayList<>();
    accepted = claim(theirs, refusals);
    refused = refusals.isEmpty() ? null : theirs;
    RoomSide next = accepted;
    Map<String, List<SourcePlan>> plans = plans(next);
    if (announcements == 0 && plans.equals(announcing)) {
      show(next);
      taken.complete(refusals);
      return;
    }
    show(side(new RoomSide(next.viewers(), shown.streams()), plans));
    announcing = plans;
    announcements++;
    room.tasks()
        .call(
            () -> {
              try {
                announce(plans);
              } finally {
                room.tasks().execute(() -> announced(next, refusals, taken));
              }
            });
  }

  private void announced(
      RoomSide next, List<Refusal> refusals, CompletableFuture<List<Refusal>> taken) {
    announcements--;
    if (ended) {
      taken.completeExceptionally(gone());
      return;
    }
    // What was told later has withdrawn some of it, perhaps.
    show(side(next, announcing));
    requestKeyframes();
    taken.complete(refusals);
  }

  /** Only what is of those endpoints. */
  private static RoomSide side(RoomSide side, Map<String, List<SourcePlan>> plans) {
    return new RoomSide(
        side.viewers(),
        side.streams().stream().filter(each -> plans.containsKey(each.endpointId())).toList());
  }

  private void show(RoomSide next) {
    if (!next.equals(shown)) {
      shown = next;
      room.changed().run();
    }
  }

  private RoomSide claim(RoomSide theirs, List<Refusal> refusals) {
    Set<String> ids =
        theirs.streams().stream().map(RelayedStream::endpointId).collect(Collectors.toSet());
    accepted.streams().stream()
        .filter(stream -> !ids.contains(stream.endpointId()))
        .forEach(this::release);
    List<RelayedStream> taken = new ArrayList<>();
    for (RelayedStream stream : theirs.streams()) {
      Optional<Refusal.Why> refused = room.members().claim(this, stream);
      if (refused.isPresent()) {
        release(stream);
        refusals.add(new Refusal(stream.endpointId(), refused.get()));
      } else {
        taken.add(stream);
      }
    }
    return new RoomSide(theirs.viewers(), taken);
  }

  private void release(RelayedStream stream) {
    room.members().release(this, stream.endpointId());
  }

  private static Map<String, List<SourcePlan>> plans(RoomSide side) {
    Map<String, List<SourcePlan>> plans = new LinkedHashMap<>();
    side.streams().forEach(stream -> plans.put(stream.endpointId(), RelayedViews.plans(stream)));
    return plans;
  }

  private void announce(Map<String, List<SourcePlan>> plans) {
    if (ended) {
      return;
    }
    List<RelayedEndpoint> changes = new ArrayList<>();
    announced
        .keySet()
        .forEach(
            known -> {
              if (!plans.containsKey(known)) {
                changes.add(new RelayedEndpoint(known, RelayedEndpoint.Change.GONE, List.of()));
              }
            });
    plans.forEach(
        (endpoint, sources) -> {
          List<SourcePlan> known = announced.get(endpoint);
          if (!sources.equals(known)) {
            changes.add(
                new RelayedEndpoint(
                    endpoint,
                    known == null
                        ? RelayedEndpoint.Change.NEW
                        : RelayedEndpoint.Change.OTHER_SOURCES,
                    sources));
          }
        });
    if (!changes.isEmpty()) {
      allocation
          .announce(changes)
          .ifPresent(refusal -> LOG.warn("Link {}: endpoints not taken: {}", id, refusal));
      announced = plans;
      if (changes.stream().anyMatch(c -> c.change() == RelayedEndpoint.Change.GONE)) {
        conference.tidyUp();
      }
    }
  }

  /**
   * Of video that has come over a link nothing can be shown before a keyframe, and the bridge
   * complains of each packet until then. Decides.
   */
  private void requestKeyframes() {
    if (!up) {
      return;
    }
    Set<Long> now = new HashSet<>();
    for (RelayedStream stream : shown.streams()) {
      for (SourcePlan source : RelayedViews.plans(stream)) {
        long ssrc = source.encodings().get(0).ssrc();
        if (source.kind() == MediaKind.VIDEO && now.add(ssrc) && !asked.contains(ssrc)) {
          conference.requestKeyframe(id, stream.endpointId(), ssrc);
        }
      }
    }
    asked.clear();
    asked.addAll(now);
  }

  /** Media may be able to flow now. Decides. */
  void lookWhetherUp() {
    if (!up && !ended && allocation.isConnected()) {
      up = true;
      requestKeyframes();
      room.changed().run();
    }
  }

  /** Looks whether it is still there, a few times a second. Decides. */
  void watch() {
    if (allocation.isExpired()) {
      end("the bridge has expired it");
      return;
    }
    lookWhetherUp();
    RoomSide again = refused;
    if (again != null && !ended) { // What was in its way may have gone.
      take(again, new CompletableFuture<>());
    }
  }

  /** The conference that it is in. */
  HostConference conference() {
    return conference;
  }

  /** What there is on the other side. */
  RoomSide shown() {
    return shown;
  }

  /**
   * What there is on this side. Decides.
   *
   * @param measured whether bitrates alone are news, too
   */
  void tellOurs(RoomSide ours, boolean measured) {
    boolean news =
        !toldAny
            || !ours.withBitrates(NONE).equals(told.withBitrates(NONE))
            || measured && !ours.equals(told);
    if (news && !ended) {
      told = ours;
      toldAny = true;
      listener.changed(ours);
    }
  }

  @Override
  public Stats stats() {
    return allocation.stats();
  }

  @Override
  public void close() {
    if (markEnded()) {
      free();
    }
  }

  private boolean markEnded() {
    synchronized (endLock) {
      boolean first = !ended;
      ended = true;
      return first;
    }
  }

  /** Ends it from the bridge's side. Decides. */
  void end(String detail) {
    if (markEnded()) {
      LOG.info("Link {} of a room ended: {}", id, detail);
      free();
      listener.ended(detail);
    }
  }

  /** What came over it is not shown any more before the bridge is told. */
  private void free() {
    room.tasks()
        .execute(
            () -> {
              accepted.streams().forEach(this::release);
              accepted = RoomSide.EMPTY;
              shown = RoomSide.EMPTY;
              room.left().accept(this);
              room.tasks()
                  .call(
                      () -> {
                        allocation.expire();
                        conference.tidyUp();
                      });
            });
  }
}
