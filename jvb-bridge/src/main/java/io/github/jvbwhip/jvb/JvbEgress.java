package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.EgressEndpoint;
import io.github.jvbwhip.core.bridge.EgressMedia;
import io.github.jvbwhip.core.bridge.EgressRequest;
import io.github.jvbwhip.core.bridge.EndpointListener;
import io.github.jvbwhip.core.bridge.LayerSelection;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import io.github.jvbwhip.core.bridge.SentSource;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.jvb.hooks.BridgeChannel;
import io.github.jvbwhip.jvb.hooks.EgressHook;
import io.github.jvbwhip.jvb.hooks.IceTap;
import io.github.jvbwhip.jvb.hooks.KeyframeRequests;
import io.github.jvbwhip.jvb.media.Feed;
import io.github.jvbwhip.jvb.media.PacketTotals;
import io.github.jvbwhip.jvb.room.KeyframeWait;
import io.github.jvbwhip.jvb.room.LayerChoice;
import io.github.jvbwhip.jvb.room.StreamView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jitsi.videobridge.transport.ice.IceTransport;
import org.jspecify.annotations.Nullable;

/** A player. */
final class JvbEgress extends JvbEndpoint implements EgressEndpoint {
  /** There is nothing to wait for but the next tick. */
  static final long NOT_AGAIN = Long.MAX_VALUE;

  private final EgressRequest request;
  private final List<PlayerSlot> slots;
  private final EgressHook hook;
  private final BridgeChannel channel;
  private final Subscription subscription;

  JvbEgress(
      JvbRoom room,
      EndpointContext context,
      IceTransport ice,
      IceTap tap,
      EgressRequest request,
      List<PlayerSlot> slots,
      EgressHook hook,
      BridgeChannel channel,
      @Nullable RemoteTransport remote,
      EndpointListener listener) {
    super(room, context, ice, tap, remote, listener);
    this.request = request;
    this.slots = List.copyOf(slots);
    this.hook = hook;
    this.channel = channel;
    this.subscription = new Subscription(context.conference(), context.endpoint());
  }

  @Override
  public List<SentSource> sources() {
    return slots.stream().map(PlayerSlot::sent).toList();
  }

  /** The pinned stream; empty for the stage. */
  Optional<StreamName> pinned() {
    return request.stream();
  }

  List<PlayerSlot> slots() {
    return slots;
  }

  @Override
  public synchronized void connect(RemoteTransport remote, List<EgressMedia> media)
      throws BridgeException {
    if (hasRemote()) {
      throw new IllegalStateException("connected already");
    }
    Set<String> offered =
        slots.stream().map(slot -> slot.media().mid()).collect(Collectors.toSet());
    if (!offered.containsAll(media.stream().map(EgressMedia::mid).toList())) {
      throw new BridgeException(
          BridgeException.Reason.REFUSED, "The answer has a mid that the offer did not have.");
    }
    for (EgressMedia accepted : media) {
      slots.stream()
          .filter(slot -> slot.media().mid().equals(accepted.mid()))
          .forEach(slot -> slot.accept(accepted));
    }
    connectTransport(remote);
    room().refreshLater();
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
    room().refreshLater();
  }

  private static BridgeException unavailable() {
    return new BridgeException(
        BridgeException.Reason.LAYER_UNAVAILABLE, "No published layer fits.");
  }

  /**
   * Gives the player the next sources in order. Called on the control thread.
   *
   * @param streams those it may see, the first on the stage
   */
  void show(List<StreamView> streams, long nowNanos) {
    if (isEnded()) {
      return;
    }
    Set<String> forwarded = forwarded();
    List<Subscription.Video> video = new ArrayList<>();
    Set<String> audio = new HashSet<>();
    for (MediaKind kind : MediaKind.values()) {
      List<PlayerSlot.Shown> tracks =
          streams.stream()
              .flatMap(s -> s.tracks(kind).stream().map(t -> new PlayerSlot.Shown(s, t)))
              .toList();
      int next = 0;
      for (PlayerSlot slot : slots) {
        if (slot.kind() == kind) {
          slot.show(next < tracks.size() ? tracks.get(next) : null, forwarded, nowNanos);
          next++;
          slot.wanted().forEach(video::add);
          slot.feeds().filter(f -> kind == MediaKind.AUDIO).forEach(f -> audio.add(f.sourceName()));
        }
      }
    }
    if (!subscription.video(video, nowNanos) && slots.stream().anyMatch(PlayerSlot::isMissing)) {
      subscription.remind(nowNanos);
    }
    subscription.audio(audio);
  }

  /**
   * The video sources that the bridge forwards. It tells their names on several threads, so that
   * the last message may be an old one; their number is that of now.
   */
  private Set<String> forwarded() {
    Set<String> wanted = subscription.videoSources();
    int count = context().endpoint().numForwardedSources();
    if (count == 0) {
      return Set.of();
    }
    return count >= wanted.size() ? wanted : channel.forwarded();
  }

  @Override
  JvbMetrics.Kind kind() {
    return JvbMetrics.Kind.WHEP;
  }

  @Override
  PacketTotals packetTotals() {
    return hook.totals();
  }

  /**
   * Asks for the keyframes that are waited for. Called on the control thread.
   *
   * @param publishers those of the plugin
   * @return the nanoseconds after which to call again, or {@link #NOT_AGAIN}
   */
  long requestKeyframes(List<JvbIngest> publishers, long nowNanos) {
    long again = NOT_AGAIN;
    if (!isEnded() && isConnected()) {
      for (PlayerSlot slot : slots) {
        Feed awaited = slot.awaited(forwarded(), nowNanos);
        if (awaited != null) {
          again = Math.min(again, requestKeyframe(slot.keyframe(), awaited, publishers, nowNanos));
        }
      }
    }
    return again;
  }

  private long requestKeyframe(
      KeyframeWait wait, Feed awaited, List<JvbIngest> publishers, long nowNanos) {
    for (JvbIngest publisher : publishers) {
      if (publisher.id().equals(awaited.endpointId())) {
        KeyframeRequests requests = publisher.keyframes();
        wait.asked(requests.lastNanos(awaited.ssrc()));
        long later = wait.isDue(nowNanos) ? requests.ask(awaited.ssrc()) : 0;
        return later == 0 ? NOT_AGAIN : later;
      }
    }
    if (wait.isDue(nowNanos)) { // A participant of a meeting: only the bridge can ask it.
      wait.asked(OptionalLong.of(nowNanos));
      context().conference().requestKeyframe(id(), awaited.endpointId(), awaited.ssrc());
    }
    return NOT_AGAIN;
  }
}
