package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.bridge.LayerInfo;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.ObservedRoom;
import io.github.jvbwhip.core.bridge.RoomSnapshot;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.bridge.StreamSnapshot;
import io.github.jvbwhip.core.bridge.TrackSnapshot;
import io.github.jvbwhip.core.stage.LayerInfos;
import io.github.jvbwhip.jvb.host.HostConference;
import io.github.jvbwhip.jvb.room.ConferenceStage;
import io.github.jvbwhip.jvb.room.Screens;
import io.github.jvbwhip.jvb.room.StageRule;
import io.github.jvbwhip.jvb.room.StreamView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a room, and tells what it is like. Thread-safe: its lock is held for a look, which waits
 * for nothing, and not while it is told; so whoever comes or goes is told of before that is said to
 * be done.
 */
final class RoomMonitor {
  private final ObservedRoom observed;
  private final RoomMembers members;
  private final RoomConference conference;
  private final RoomLinks links;
  private final Optional<RoomAudience> audience;
  private final boolean openToAll;
  private final StageRule rule;
  private final Screens screens = new Screens();

  /** Of each track of a stream, in order. */
  private final Map<StreamName, List<List<LayerInfo>>> layers = new HashMap<>();

  private volatile Seen seen = Seen.NOTHING;

  private record Seen(
      List<StreamSnapshot> streams, Optional<StreamName> stage, Optional<StreamName> heard) {
    static final Seen NOTHING = new Seen(List.of(), Optional.empty(), Optional.empty());
  }

  /**
   * @param audience of meetings, where they may be watched
   * @param openToAll whether conferences of others are open to whoever gets into the room
   */
  RoomMonitor(
      ObservedRoom observed,
      RoomMembers members,
      RoomConference conference,
      RoomLinks links,
      Optional<RoomAudience> audience,
      boolean openToAll,
      StageRule rule) {
    this.observed = observed;
    this.members = members;
    this.conference = conference;
    this.links = links;
    this.audience = audience;
    this.openToAll = openToAll;
    this.rule = rule;
  }

  /**
   * The room as it was looked at last, for who may watch it; empty when nobody publishes or
   * watches.
   */
  Optional<RoomSnapshot> last() {
    RoomSnapshot told = observed.snapshot();
    Seen now = seen;
    return now.streams.isEmpty() && members.players().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new RoomSnapshot(
                told.name(), told.version(), now.streams, now.stage, now.heard, told.viewers()));
  }

  /**
   * Tells what the room is like now.
   *
   * @param measured whether bitrates and sizes were measured: layers are told then, about once a
   *     second, where they differ
   * @return the streams
   */
  ConferenceStage.Order look(long nowNanos, boolean measured) {
    Look look = lookNow(nowNanos, measured);
    look.telling().run();
    return look.order();
  }

  private record Look(ConferenceStage.Order order, Runnable telling) {}

  private synchronized Look lookNow(long nowNanos, boolean measured) {
    List<StreamView> views = views(nowNanos);
    ConferenceStage.Order order =
        ConferenceStage.order(
            views,
            seen.stage,
            conference.present().map(HostConference::speakers).orElse(List.of()),
            rule == StageRule.SCREEN ? screens.newest(views) : Optional.empty());
    layers.keySet().retainAll(views.stream().map(StreamView::name).toList());
    if (measured) {
      views.forEach(view -> layers.compute(view.name(), (name, told) -> layers(view, told)));
    }
    Seen now =
        new Seen(
            views.stream().map(this::snapshot).toList(),
            order.video().stream().findFirst().map(StreamView::name),
            order.audio().stream().filter(RoomMonitor::hasSound).findFirst().map(StreamView::name));
    seen = now;
    Seen told = isTold() ? now : Seen.NOTHING;
    return new Look(
        order,
        observed.change(told.streams, told.stage, told.heard, members.viewers() + links.viewers()));
  }

  private static boolean hasSound(StreamView view) {
    return view.tracks().stream().anyMatch(track -> track.kind() == MediaKind.AUDIO);
  }

  /** Of a meeting only those hear who watch it, and not those who wait for one in the same room. */
  private boolean isTold() {
    return openToAll
        || conference.foreign().isEmpty()
        || audience.filter(RoomAudience::isPresent).isPresent();
  }

  private boolean isClosed() {
    return !openToAll && audience.isEmpty() && conference.foreign().isPresent();
  }

  private static List<List<LayerInfo>> layers(
      StreamView view, @Nullable List<List<LayerInfo>> told) {
    List<List<LayerInfo>> now = new ArrayList<>();
    for (StreamView.Track track : view.tracks()) {
      List<LayerInfo> next = RoomViews.layers(track);
      List<LayerInfo> before = of(told, now.size());
      now.add(LayerInfos.differ(before, next) ? next : before);
    }
    return now;
  }

  private static List<LayerInfo> of(@Nullable List<List<LayerInfo>> layers, int track) {
    return layers != null && track < layers.size() ? layers.get(track) : List.of();
  }

  private StreamSnapshot snapshot(StreamView view) {
    List<List<LayerInfo>> told = layers.get(view.name());
    List<TrackSnapshot> tracks = new ArrayList<>();
    for (StreamView.Track track : view.tracks()) {
      tracks.add(
          new TrackSnapshot(
              track.kind(), track.source(), track.sent(), track.active(), of(told, tracks.size())));
    }
    return new StreamSnapshot(view.name(), view.displayName(), tracks);
  }

  private List<StreamView> views(long nowNanos) {
    if (isClosed()) {
      return List.of();
    }
    Optional<String> watcher = audience.flatMap(RoomAudience::endpointId);
    List<StreamView> views =
        new ArrayList<>(
            RoomViews.of(
                members.publishers(),
                conference.foreign().stream()
                    .flatMap(foreign -> foreign.participants().stream())
                    .filter(participant -> !members.owns(participant.id()))
                    .filter(participant -> !watcher.equals(Optional.of(participant.id()))),
                audience.map(RoomAudience::people).orElse(Map.of()),
                nowNanos));
    views.addAll(links.views());
    return rule == StageRule.SCREEN ? views.stream().map(StreamView::screensFirst).toList() : views;
  }
}
