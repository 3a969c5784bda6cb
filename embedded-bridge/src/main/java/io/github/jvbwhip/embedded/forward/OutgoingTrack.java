package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.bridge.EgressMedia;
import io.github.jvbwhip.core.bridge.LayerSelection;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.stage.LayerFilter;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One m-section of a player: one outgoing stream with one SSRC, whatever is behind it. It follows a
 * publisher's media, and of that one encoding at a time. Guarded by the room's lock.
 *
 * <p>{@code current} is what is being sent; {@code target} is what is wanted. They differ while a
 * keyframe of the target is waited for.
 */
final class OutgoingTrack implements MediaFollower {
  private final TrackOwner player;
  private final TrackIdentity identity;
  private final OutgoingStream stream;
  private final EncodingChoice choice = new EncodingChoice();

  private EgressMedia media;
  private boolean enabled = true;
  private int temporalLimit = LayerFilter.ALL_TEMPORAL_LAYERS;

  private @Nullable IncomingMedia source;
  private @Nullable Binding binding;
  private @Nullable IncomingMedia shown;
  private @Nullable Encoding current;
  private @Nullable Binding currentBinding;
  private @Nullable Encoding target;
  private @Nullable IncomingCodec codec;
  private boolean reportDue;

  OutgoingTrack(
      TrackOwner player,
      EgressMedia media,
      TrackIdentity identity,
      RandomGenerator random,
      ForwardingConfig config) {
    this.player = player;
    this.media = media;
    this.identity = identity;
    stream = new OutgoingStream(player, media, identity, random, config);
  }

  // The packet path.

  @Override
  public void forward(IncomingPacket packet, Encoding from, IncomingCodec as, byte[] buffer) {
    Binding bound = from == current ? currentBinding : binding;
    if (!player.isConnected()) {
      return;
    }
    if (bound == null || !bound.accepts(packet.payloadType)) {
      // The player has no such codec: nothing is sent, and nothing is missed.
      leaveOut(packet, from);
      return;
    }
    boolean lowestLayerOnly = bound.isLowestLayerOnly(as.payload());
    if (lowestLayerOnly && packet.spatialLayer > 0) {
      leaveOut(packet, from);
      return;
    }
    if (from != current) {
      if (from != target || !packet.keyframe) {
        return;
      }
      switchTo(packet, from, as, bound);
    } else if (as != codec) {
      if (!packet.keyframe) {
        leaveOut(packet, from);
        return;
      }
      changeCodec(packet, as, bound);
    } else if (packet.keyframe) {
      temporalLimit = choice.maxTemporalLayer();
    }
    if (packet.temporalLayer > temporalLimit && stream.leaveOut(packet)) {
      return;
    }
    stream.send(packet, bound.rewriter(as.payload()), lowestLayerOnly, buffer);
  }

  private void leaveOut(IncomingPacket packet, Encoding from) {
    if (from == current) {
      stream.skip(packet);
    }
  }

  /**
   * Goes over to another encoding, of this or another publisher, at a keyframe (audio: anywhere).
   */
  private void switchTo(IncomingPacket packet, Encoding to, IncomingCodec as, Binding bound) {
    stream.switchTo(packet, as);
    IncomingMedia before = shown;
    if (before != null && before != source) {
      before.remove(this);
    }
    shown = source;
    current = to;
    currentBinding = bound;
    changeCodec(packet, as, bound);
  }

  private void changeCodec(IncomingPacket packet, IncomingCodec as, Binding bound) {
    codec = as;
    reportDue = true;
    stream.use(as, bound, packet);
    temporalLimit = choice.maxTemporalLayer();
  }

  /** Sends a packet again that the player misses. */
  void resend(int number, byte[] buffer, long now) {
    stream.resend(number, buffer, now);
  }

  // What it follows.

  /** Whether it follows that. */
  boolean follows(IncomingMedia media) {
    return source == media;
  }

  /**
   * Follows a publisher's media from now on, or nothing. What was sent before goes on until the
   * other media begins, so that the player's picture does not freeze while a keyframe is waited
   * for.
   */
  void follow(@Nullable IncomingMedia next, long now) {
    if (next == source) {
      stopClosed();
      return;
    }
    if (source != null && source != shown) {
      source.remove(this);
    }
    source = next;
    target = null;
    choice.reset();
    bind();
    Binding bound = binding;
    if (bound == null || !bound.acceptsAny()) {
      stop();
    }
    stopClosed();
    if (next != null) {
      if (next != shown) {
        next.add(this);
      }
      reconsider(now);
    }
  }

  private void stopClosed() {
    if (shown != null && shown.owner().isClosed()) {
      stop();
    }
  }

  /** What is being sent comes to an end. */
  private void stop() {
    IncomingMedia before = shown;
    shown = null;
    current = null;
    currentBinding = null;
    if (before != null && before != source) {
      before.remove(this);
    }
  }

  private void bind() {
    binding = binding(source);
    currentBinding = binding(shown);
  }

  private @Nullable Binding binding(@Nullable IncomingMedia from) {
    return from == null || !enabled ? null : Binding.of(from.plan(), media, identity.ssrc());
  }

  /** Takes what the player accepted of an offer: other numbers, maybe. The last answer counts. */
  void accept(EgressMedia accepted) {
    enabled = true;
    media = accepted;
    stream.accept(accepted);
    bind();
  }

  /** The player does not want this m-section. */
  void disable() {
    enabled = false;
    bind();
  }

  // Which encoding.

  /** Looks which encoding the player gets; asks for a keyframe of it where one is needed. */
  void chooseLayer(OptionalLong estimate, double loss, long now) {
    IncomingMedia from = source;
    if (from == null) {
      return;
    }
    target = choice.choose(from, estimate, loss, now);
    if (shown != null && current != null && !shown.encodings().contains(current)) {
      stop(); // Its sender started anew; what comes next is a switch.
    }
    if (target != current) {
      wantKeyframe();
    }
  }

  /** Looks again which encoding the player gets, out of turn. */
  @Override
  public void reconsider(long now) {
    chooseLayer(player.estimate(now), player.loss(now), now);
  }

  /** Whether something that is published now fits. */
  boolean isAvailable(LayerSelection wish) {
    return EncodingChoice.isAvailable(wish, source);
  }

  /** Wishes for a layer; lower temporal layers take effect at once, all else at a keyframe. */
  void select(LayerSelection wish, long now) {
    choice.select(wish);
    int limit = choice.maxTemporalLayer();
    boolean higher = limit > temporalLimit;
    temporalLimit = Math.min(temporalLimit, limit);
    reconsider(now);
    if (target != null && source != null && isReady() && (higher || target != current)) {
      target.keyframe().wantOfChoice();
      source.owner().askForKeyframes(now);
    }
  }

  /** The player lost the picture, or needs a first one. */
  void wantKeyframe() {
    if (target != null && isReady()) {
      target.keyframe().want();
    }
  }

  private boolean isReady() {
    return binding != null && player.isConnected() && kind() == MediaKind.VIDEO;
  }

  @Override
  public void failed(Throwable fault) {
    player.sink().failed(fault);
  }

  // What others ask.

  String mid() {
    return media.mid();
  }

  MediaKind kind() {
    return media.kind();
  }

  TrackIdentity identity() {
    return identity;
  }

  SendStatistics sent() {
    return stream.sent();
  }

  @Override
  public boolean isSending(Encoding encoding) {
    return encoding == current ? currentBinding != null : encoding == target && binding != null;
  }

  /** The media whose packets are sent, if any; the encoding is of it. */
  Optional<IncomingMedia> shown() {
    return Optional.ofNullable(shown);
  }

  /** The encoding whose packets are sent, if any. */
  Optional<Encoding> current() {
    return Optional.ofNullable(current);
  }

  /** Whether the source has changed since the last call: then a sender report is due at once. */
  boolean takeReportDue() {
    boolean due = reportDue;
    reportDue = false;
    return due;
  }

  boolean isEnabled() {
    return enabled;
  }

  /** The outgoing counterpart of a timestamp of the current encoding. */
  long translate(long timestamp) {
    return stream.translate(timestamp);
  }
}
