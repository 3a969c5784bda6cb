package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.EgressEndpoint;
import io.github.jvbwhip.core.bridge.EgressMedia;
import io.github.jvbwhip.core.bridge.EgressRequest;
import io.github.jvbwhip.core.bridge.EndpointListener;
import io.github.jvbwhip.core.bridge.LayerSelection;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.Pins;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import io.github.jvbwhip.core.bridge.SentSource;
import io.github.jvbwhip.core.bridge.SentVideo;
import io.github.jvbwhip.core.metrics.SessionMetrics;
import io.github.jvbwhip.core.stage.SlotAssignment;
import io.github.jvbwhip.jvb.RoomConference.Place;
import io.github.jvbwhip.jvb.host.EgressLink;
import io.github.jvbwhip.jvb.host.EgressTaps;
import io.github.jvbwhip.jvb.media.Feed;
import io.github.jvbwhip.jvb.media.SlotRewriter;
import io.github.jvbwhip.jvb.room.ConferenceStage;
import io.github.jvbwhip.jvb.room.KeyframeRequests;
import io.github.jvbwhip.jvb.room.KeyframeWait;
import io.github.jvbwhip.jvb.room.LayerChoice;
import io.github.jvbwhip.jvb.room.StreamView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A player. */
final class JvbEgress extends JvbEndpoint implements EgressEndpoint {
  /** There is nothing to wait for but the next tick. */
  private static final long NOT_AGAIN = Long.MAX_VALUE;

  private final EgressRequest request;
  private final List<PlayerSlot> slots;
  private final Function<String, Optional<KeyframeRequests>> publishers;
  private final EgressLink link;
  private final ReceiverWishes wishes;
  private final AtomicBoolean answered;
  private ConferenceStage.@Nullable Order watched;
  private boolean settled;

  /** What the bridge forwarded at the last look; where that changes, it says so. */
  private Set<String> forwarded = Set.of();

  private boolean askingLater;

  /**
   * @param publishers asks a publisher of the plugin for keyframes, by its endpoint's id
   */
  JvbEgress(
      Place place,
      Surroundings room,
      EgressRequest request,
      List<PlayerSlot> slots,
      Function<String, Optional<KeyframeRequests>> publishers,
      EndpointListener listener)
      throws BridgeException {
    super(place, room, request.transport().orElse(null), listener);
    this.request = request;
    this.slots = List.copyOf(slots);
    this.publishers = publishers;
    this.answered = new AtomicBoolean(request.transport().isPresent());
    this.link =
        place
            .conference()
            .attach(
                place.allocation(),
                new EgressTaps(
                    sources(),
                    slots.stream().map(PlayerSlot::rewriter).toList(),
                    () -> room.tasks().execute(this::lookAgain),
                    this::pause,
                    room.changed(),
                    this::secured,
                    this::alerted));
    this.wishes = new ReceiverWishes(link, room.tasks().nanoTime());
  }

  private void pause(String stoppedSource) {
    slots.forEach(slot -> slot.rewriter().pause(stoppedSource, room().tasks().nanoTime()));
  }

  @Override
  EgressLink link() {
    return link;
  }

  @Override
  public List<SentSource> sources() {
    return slots.stream().map(PlayerSlot::sent).toList();
  }

  @Override
  public List<SentVideo> videos() {
    long now = room().tasks().nanoTime();
    boolean live = isConnected() && !isEnded();
    return slots.stream()
        .filter(slot -> slot.kind() == MediaKind.VIDEO)
        .map(slot -> slot.video(live, now))
        .toList();
  }

  @Override
  public void connect(RemoteTransport remote, List<EgressMedia> media) throws BridgeException {
    Map<String, PlayerSlot> byMid =
        slots.stream().collect(Collectors.toMap(slot -> slot.media().mid(), Function.identity()));
    Set<String> left = new HashSet<>(byMid.keySet());
    if (!media.stream().allMatch(accepted -> left.remove(accepted.mid()))) {
      throw new BridgeException(
          BridgeException.Reason.REFUSED,
          "The answer has a mid twice, or one that the offer did not have.");
    }
    if (!answered.compareAndSet(false, true)) {
      throw new IllegalStateException("connected already");
    }
    try {
      connectTransport(remote);
    } catch (BridgeException e) {
      answered.set(false);
      throw e;
    }
    media.forEach(
        accepted ->
            Optional.ofNullable(byMid.get(accepted.mid()))
                .ifPresent(slot -> slot.accept(accepted)));
    room().tasks().execute(this::lookAgain);
  }

  @Override
  public void selectLayer(String mid, LayerSelection selection) throws BridgeException {
    requireLive();
    PlayerSlot slot =
        slots.stream()
            .filter(s -> s.media().mid().equals(mid) && s.kind() == MediaKind.VIDEO)
            .findFirst()
            .orElseThrow(JvbEgress::unavailable);
    if (LayerChoice.isTemporal(selection)) {
      throw new BridgeException(
          BridgeException.Reason.LAYER_UNAVAILABLE, "This bridge selects no temporal layers.");
    }
    if (!selection.equals(LayerSelection.AUTOMATIC)
        && slot.track().flatMap(t -> LayerChoice.of(t, selection, Set.of())).isEmpty()) {
      throw unavailable();
    }
    slot.select(selection);
    room().tasks().execute(() -> reselect(slot));
  }

  private static BridgeException unavailable() {
    return new BridgeException(
        BridgeException.Reason.LAYER_UNAVAILABLE, "No published layer fits.");
  }

  /** Another layer in one m-section, and no look at the others. Decides. */
  private void reselect(PlayerSlot slot) {
    if (!isEnded()) {
      long now = room().tasks().nanoTime();
      slot.showAgain(wishes.forwarded(), now);
      tell(now);
      requestKeyframes();
      settled = false;
    }
  }

  /**
   * Gives the player the next sources in order. Decides.
   *
   * @param order those in the room
   */
  void show(ConferenceStage.Order order, long nowNanos) {
    watched = new ConferenceStage.Order(watched(order.video()), watched(order.audio()));
    look(watched, nowNanos);
  }

  private List<StreamView> watched(List<StreamView> streams) {
    return request.stream().isEmpty()
        ? streams
        : Pins.find(streams, request.stream().get()).stream().toList();
  }

  /** Looks at the same streams once more. Decides. */
  void lookAgain() {
    if (watched != null) {
      look(watched, room().tasks().nanoTime());
    }
  }

  /**
   * Whether nothing will change for this player, unless something in the room does. Asks nobody: it
   * is asked of every player in each tick. Decides.
   *
   * @return false also where that has become so since the last look: the bridge is to be told
   */
  boolean isSettled(long nowNanos) {
    return isEnded() || settled && areSlotsSettled(nowNanos);
  }

  private boolean areSlotsSettled(long nowNanos) {
    boolean all = true;
    for (PlayerSlot slot : slots) {
      all &= slot.isSettled(forwarded, nowNanos);
    }
    return all;
  }

  private void look(ConferenceStage.Order seen, long nowNanos) {
    if (isEnded()) {
      return;
    }
    Set<String> before = wishes.forwarded();
    SlotAssignment.assign(
        slots(MediaKind.VIDEO),
        tracks(seen.video(), MediaKind.VIDEO),
        (slot, shown) -> slot.show(shown, before, nowNanos));
    SlotAssignment.assignSteadily(
        slots(MediaKind.AUDIO),
        tracks(seen.audio(), MediaKind.AUDIO),
        PlayerSlot::shows,
        (slot, shown) -> slot.show(shown, before, nowNanos));
    tell(nowNanos);
    requestKeyframes();
    forwarded = wishes.forwarded();
    settled = areSlotsSettled(nowNanos);
  }

  private List<PlayerSlot> slots(MediaKind kind) {
    return slots.stream().filter(slot -> slot.kind() == kind).toList();
  }

  private static List<PlayerSlot.Shown> tracks(List<StreamView> streams, MediaKind kind) {
    return SlotAssignment.tracks(
        streams, s -> s.tracks(kind).stream().map(t -> new PlayerSlot.Shown(s, t)).toList());
  }

  private void tell(long nowNanos) {
    List<EgressLink.Video> video = new ArrayList<>();
    Set<String> audio = new HashSet<>();
    for (PlayerSlot slot : slots) {
      video.addAll(slot.wanted());
      if (slot.kind() == MediaKind.AUDIO) {
        slot.feeds().forEach(feed -> audio.add(feed.sourceName()));
      }
    }
    if (!wishes.video(video, nowNanos) && slots.stream().anyMatch(PlayerSlot::isMissing)) {
      wishes.remind(nowNanos);
    }
    wishes.audio(audio);
  }

  /** Asks for the keyframes that are waited for. Decides. */
  private void requestKeyframes() {
    if (isEnded() || !isConnected()) {
      return;
    }
    long now = room().tasks().nanoTime();
    Set<String> flowing = wishes.forwarded();
    long again = NOT_AGAIN;
    for (PlayerSlot slot : slots) {
      Feed awaited = slot.awaited(flowing, now);
      if (awaited != null) {
        if (slot.rewriter().isSwitching()) {
          feed(slot.rewriter(), awaited);
        }
        again = Math.min(again, requestKeyframe(slot.keyframe(), awaited, now));
      }
    }
    if (again != NOT_AGAIN && !askingLater) {
      askingLater =
          room()
              .tasks()
              .later(
                  again,
                  () -> {
                    askingLater = false;
                    requestKeyframes();
                  });
    }
  }

  private void feed(SlotRewriter rewriter, Feed awaited) {
    link.feed(rewriter, awaited);
    if (!wishes.forwarded().contains(awaited.sourceName())) {
      rewriter.stopFeeding(awaited.sourceName()); // The bridge has just stopped it.
    }
  }

  private long requestKeyframe(KeyframeWait wait, Feed awaited, long nowNanos) {
    Optional<KeyframeRequests> requests = publishers.apply(awaited.endpointId());
    if (requests.isPresent()) {
      wait.asked(requests.get().lastNanos(awaited.ssrc()));
      long later = wait.isDue(nowNanos) ? requests.get().ask(awaited.ssrc()) : 0;
      return later == 0 ? NOT_AGAIN : later;
    }
    if (wait.isDue(nowNanos)) { // A participant of a meeting: only the bridge can ask it.
      wait.asked(OptionalLong.of(nowNanos));
      place().conference().requestKeyframe(id(), awaited.endpointId(), awaited.ssrc());
    }
    return NOT_AGAIN;
  }

  @Override
  SessionMetrics.Kind kind() {
    return SessionMetrics.Kind.WHEP;
  }
}
