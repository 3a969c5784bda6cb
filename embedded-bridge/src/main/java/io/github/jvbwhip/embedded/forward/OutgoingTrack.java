package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.bridge.EgressMedia;
import io.github.jvbwhip.core.bridge.LayerSelection;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.SentVideo;
import io.github.jvbwhip.core.metrics.DropReason;
import io.github.jvbwhip.core.metrics.PacketCounter;
import io.github.jvbwhip.core.metrics.PacketTotals;
import io.github.jvbwhip.core.stage.LayerFilter;
import java.util.Optional;
import java.util.OptionalLong;
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
  private final PacketCounter packets = new PacketCounter();
  private final OutgoingStream stream;
  private final EncodingChoice choice = new EncodingChoice();
  private final CatchUp catchUp = new CatchUp();

  private EgressMedia media;
  private Optional<String> rid;
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

  /**
   * @param rid the encoding that it sends alone; empty for one at a time
   */
  OutgoingTrack(
      TrackOwner player,
      EgressMedia media,
      Optional<String> rid,
      TrackIdentity identity,
      RoomResources room) {
    this.player = player;
    this.media = media;
    this.rid = rid;
    this.identity = identity;
    choice.bindTo(rid);
    stream = new OutgoingStream(player, media, rid, identity, room, packets);
  }

  // The packet path.

  @Override
  public void forward(IncomingPacket packet, Encoding from, IncomingCodec as, byte[] buffer) {
    if (!player.isConnected() || from == current && from == catchUp.of()) {
      return; // It comes in its turn, from what is kept.
    }
    pass(packet, from, as, buffer);
  }

  private void pass(IncomingPacket packet, Encoding from, IncomingCodec as, byte[] buffer) {
    Binding bound = from == current ? currentBinding : binding;
    if (bound == null || !bound.accepts(packet.payloadType)) {
      // The player has no such codec: nothing is sent, and nothing is missed.
      leaveOut(packet, from, DropReason.PAYLOAD_TYPE);
      return;
    }
    boolean lowestLayerOnly = bound.isLowestLayerOnly(as.payload());
    if (lowestLayerOnly && packet.spatialLayer > 0) {
      leaveOut(packet, from, DropReason.ABOVE_LAYER);
      return;
    }
    if (from != current) {
      if (from != target || !packet.keyframe) {
        leaveOut(packet, from, DropReason.BEFORE_KEYFRAME);
        return;
      }
      catchUp.end(); // The newest picture is here.
      switchTo(packet, from, as, bound);
    } else if (as != codec) {
      if (!packet.keyframe) {
        leaveOut(packet, from, DropReason.BEFORE_KEYFRAME);
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

  private void leaveOut(IncomingPacket packet, Encoding from, DropReason reason) {
    if (from == current) {
      stream.skip(packet);
    }
    if (from == current || from == target) { // Not other encodings, which are for other players.
      packets.dropped(reason);
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
    catchUp.lost(now);
    stream.resend(number, buffer, now);
  }

  // From what is kept.

  /**
   * Sends on of what is kept of an encoding, while that is to be caught up with.
   *
   * @param most in bytes, and up to a packet more
   * @return how many bytes that were
   */
  int catchUp(int most, IncomingPacket packet, byte[] buffer, long now) {
    Encoding of = catchUp.of();
    if (of == null) {
      return 0;
    }
    int allowed = Math.min(most, catchUp.allowance(now));
    int sent = 0;
    while (sent < allowed) {
      if (!catchUp.read(of, packet, now)) {
        endCatchUp(of, now);
        break;
      }
      Binding bound = of == current ? currentBinding : binding;
      if (catchUp.isFirst()) {
        if (!beginAnew(packet, of, bound)) {
          abandonCatchUp(of);
          reconsider(now);
          break;
        }
        stream.squeeze(packet);
      }
      pass(packet, of, of.pictured(), buffer);
      sent += packet.length;
    }
    return sent;
  }

  /** A keyframe that was kept begins; false where it is not for this player any more. */
  private boolean beginAnew(IncomingPacket packet, Encoding of, @Nullable Binding bound) {
    if (of != current && of != target || bound == null || !bound.accepts(packet.payloadType)) {
      return false;
    }
    if (of != current) {
      switchTo(packet, of, of.pictured(), bound);
    } else {
      stream.switchTo(packet, of.pictured());
      changeCodec(packet, of.pictured(), bound);
    }
    return true;
  }

  private void abandonCatchUp(Encoding of) {
    catchUp.end();
    if (of == current) {
      stop(); // What comes in has no place after what was sent.
    }
  }

  private void endCatchUp(Encoding of, long now) {
    if (of.picture().isKept()) {
      catchUp.end();
      stream.release();
    } else {
      abandonCatchUp(of); // Too much has come meanwhile.
    }
    if (target != current) {
      reconsider(now);
    }
  }

  /** Whether it sends what is kept, and not what comes in. */
  boolean isCatchingUp() {
    return catchUp.isOn();
  }

  /** Begins with what is kept of the target; asks for a keyframe where that may be sooner. */
  private void beginTarget(long now) {
    Encoding next = target;
    if (next == null || !isReady() || catchUp.isOn()) {
      return;
    }
    if (isTaken(next) && catchUp.begin(next, current == null, player.estimate(now), now)) {
      player.catchUpBegun();
      if (!next.needsKeyframeBeside()) {
        return;
      }
    }
    wantKeyframe();
  }

  /** Whether the player has the codec of what is kept. */
  private boolean isTaken(Encoding kept) {
    Binding bound = binding;
    return bound != null
        && kept.picture().isKept()
        && bound.accepts(kept.pictured().negotiated().payloadType());
  }

  /** The player can be sent something: it needs a first picture. */
  void connected(long now) {
    if (target != current) {
      beginTarget(now);
    }
    if (source != null) {
      source.offered().recount();
      source.askForKeyframes(now);
    }
  }

  /** The player lost the picture. */
  void lostPicture(long now) {
    wantKeyframe();
    Encoding of = current;
    if (of != null
        && of == target
        && !catchUp.isOn()
        && source != null
        && (of.keyframe().isIgnored() || !source.takesKeyframeRequests())
        && catchUp.repeat(of, player.estimate(now), now)) {
      player.catchUpBegun();
    }
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
    IncomingMedia before = source;
    source = next;
    target = null;
    choice.reset();
    if (before != null) {
      before.offered().recount();
    }
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

  /** Sends nothing any more. */
  void free() {
    stream.free();
  }

  private void stopClosed() {
    if (shown != null && shown.owner().isClosed()) {
      stop();
    }
  }

  /** What is being sent comes to an end. */
  private void stop() {
    if (catchUp.of() == current) {
      catchUp.end();
    }
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
    stream.accept(accepted, rid);
    bind();
  }

  /** The same where the other side takes but one stream: of any encoding. */
  void acceptAlone(EgressMedia accepted) {
    rid = Optional.empty();
    choice.bindTo(rid);
    accept(accepted);
  }

  /** The encoding that it sends alone, if any. */
  Optional<String> rid() {
    return rid;
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
    Optional<String> before = choice.offered();
    target = choice.choose(from, estimate, loss, now);
    if (!before.equals(choice.offered())) {
      from.offered().recount();
    }
    if (shown != null && current != null && !shown.has(current)) {
      stop(); // Its sender started anew; what comes next is a switch.
    }
    if (target != current) {
      beginTarget(now);
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
      source.askForKeyframes(now);
    }
  }

  private void wantKeyframe() {
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

  PacketTotals totals() {
    return packets.totals();
  }

  SendStatistics sent() {
    return stream.sent();
  }

  /** What is sent now, of a video. */
  SentVideo video() {
    Encoding now = current;
    long requests = sent().keyframeRequests();
    if (shown == null || now == null || currentBinding == null || !player.isConnected()) {
      return SentVideo.nothing(mid(), requests);
    }
    return SentVideo.of(
        mid(),
        shown.owner().name(),
        shown.offered().name(now),
        now.width(),
        now.height(),
        sent().bitrate(),
        requests);
  }

  @Override
  public Optional<String> wanted(MediaOwner of) {
    IncomingMedia from = source;
    return from != null && from.owner() == of && player.isConnected() && enabled
        ? choice.offered()
        : Optional.empty();
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
    if (isSqueezing()) {
      return false;
    }
    boolean due = reportDue;
    reportDue = false;
    return due;
  }

  /** Whether its timestamps are not in proportion to time yet: nothing can be reported. */
  boolean isSqueezing() {
    return stream.isSqueezing();
  }

  boolean isEnabled() {
    return enabled;
  }

  /** The outgoing counterpart of a timestamp of the current encoding. */
  long translate(long timestamp) {
    return stream.translate(timestamp);
  }
}
