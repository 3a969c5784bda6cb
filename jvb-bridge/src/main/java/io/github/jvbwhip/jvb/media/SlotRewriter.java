package io.github.jvbwhip.jvb.media;

import io.github.jvbwhip.core.bridge.EgressMedia;
import io.github.jvbwhip.core.bridge.HeaderExtensionType;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.NegotiatedExtension;
import io.github.jvbwhip.core.metrics.DropReason;
import io.github.jvbwhip.core.metrics.PacketCounter;
import io.github.jvbwhip.core.metrics.PacketTotals;
import io.github.jvbwhip.core.rtp.ArrivalTracker;
import io.github.jvbwhip.core.rtp.ArrivalTracker.Arrival;
import io.github.jvbwhip.core.rtp.OutgoingNumbers;
import io.github.jvbwhip.core.rtp.PayloadTypeMap;
import io.github.jvbwhip.core.rtp.RtpHeader;
import io.github.jvbwhip.core.rtp.extension.HeaderExtensionRewriter;
import io.github.jvbwhip.core.rtp.payload.Av1Layers;
import io.github.jvbwhip.core.rtp.payload.PayloadRewriter;
import io.github.jvbwhip.core.rtp.rtcp.SenderReport;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One outgoing stream of a player: constant SSRC, continuous sequence numbers, timestamps and VP8
 * picture ids, whatever source is behind it. Another source is taken over at its next keyframe;
 * until then the one before goes on.
 *
 * <p>{@link #setTarget} and the getters: any thread. {@link #rewrite} and {@link #translate}: the
 * endpoint's sending thread. Allocates nothing per packet.
 */
public final class SlotRewriter {
  /** What the bridge knows about a packet. */
  public enum Start {
    /** A keyframe begins here. */
    YES,
    /** No keyframe begins here. */
    NO,
    /** The bridge does not parse this codec: look into the payload. */
    LOOK
  }

  /** In packets: about two seconds of video. */
  private static final int HISTORY = 512;

  public static final int NOT_NEGOTIATED = 0;

  /** Nothing was forwarded yet, or it has no encodings. */
  public static final int NO_ENCODING = -1;

  private final ConferenceNumbers conference;
  private final boolean video;
  private final HeaderExtensionRewriter extensions;
  private final int descriptorId;
  private final OutgoingNumbers numbers;
  private final ArrivalTracker arrivals = new ArrivalTracker();
  private final Pause pause = new Pause();
  private final Av1Layers layers = new Av1Layers();
  private volatile @Nullable Feed target;
  private volatile @Nullable Feed current;
  private volatile int encoding = NO_ENCODING;

  private final Feedings feedings = new Feedings();
  private final PacketCounter packets = new PacketCounter();
  private final RunningRate rate = new RunningRate();
  private volatile int keyframeRequests;
  private int payloadTypeOut;
  private int sequenceNumberOut;
  private long timestampOut;

  /**
   * @param conference the numbers of the packets that come
   * @param ssrc the outgoing SSRC
   * @param random for the first numbers (RFC 3550 §5.1)
   */
  public SlotRewriter(
      EgressMedia media, ConferenceNumbers conference, long ssrc, RandomGenerator random) {
    this.conference = conference;
    this.video = media.kind() == MediaKind.VIDEO;
    Map<Integer, Integer> ids = new HashMap<>();
    int descriptor = NOT_NEGOTIATED;
    for (NegotiatedExtension extension : media.extensions()) {
      OptionalInt incoming = conference.extension(extension.type());
      if (incoming.isPresent()) {
        ids.put(incoming.getAsInt(), extension.id());
        if (extension.type() == HeaderExtensionType.DEPENDENCY_DESCRIPTOR) {
          descriptor = extension.id();
        }
      }
    }
    extensions = HeaderExtensionRewriter.of(ids, true);
    descriptorId = descriptor;
    numbers = new OutgoingNumbers(ssrc, HISTORY, random);
  }

  /** The numbers of the packets that come. */
  public ConferenceNumbers conference() {
    return conference;
  }

  public long ssrc() {
    return numbers.ssrc();
  }

  /** Whether this is a video stream. */
  public boolean isVideo() {
    return video;
  }

  /** The player's id for the dependency descriptor, or 0. */
  public int descriptorId() {
    return descriptorId;
  }

  /** The source to go over to; null to stay with what is there. */
  public void setTarget(@Nullable Feed feed) {
    target = feed;
  }

  public @Nullable Feed target() {
    return target;
  }

  /** The source that is being forwarded. */
  public @Nullable Feed current() {
    return current;
  }

  /** Which encoding of its source was forwarded last, or {@link #NO_ENCODING}. */
  public int encoding() {
    return encoding;
  }

  /** The packet just rewritten is of that encoding of its source. */
  public void setEncoding(int id) {
    if (encoding != id) {
      encoding = id;
    }
  }

  /** Bits of payload per second that are forwarded. */
  public long bitrate(long nowNanos) {
    return rate.bitrate(nowNanos);
  }

  /** The player asks for a keyframe. One thread. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // One thread writes.
  public void countKeyframeRequest() {
    keyframeRequests++;
  }

  /** How often it has. */
  public int keyframeRequests() {
    return keyframeRequests;
  }

  /** The source that the player's feedback is about: the one forwarded, or waited for. */
  public @Nullable Feed feedbackTarget() {
    Feed feed = current;
    return feed != null ? feed : target;
  }

  /** Whether a source is waited for, or the rest of what was sent of it until it was given up. */
  public boolean isSwitching() {
    Feed wanted = target;
    return wanted != null && (!wanted.equals(current) || feedings.isGivenUp());
  }

  /** Whether packets of this SSRC are to be shown here, maybe from the next keyframe on. */
  public boolean isAimedAt(long packetSsrc) {
    Feed next = target;
    return next != null && next.ssrc() == packetSsrc;
  }

  /** Whether packets of this SSRC are shown here until another source begins. */
  public boolean goesOnWith(long packetSsrc) {
    Feed now = current;
    return now != null && now.ssrc() == packetSsrc && !isAimedAt(packetSsrc);
  }

  /**
   * Prepares a packet, which has a valid header, for the player: header extensions and VP8 numbers
   * in place; the rest is in {@link #payloadType}, {@link #sequenceNumber} and {@link #timestamp},
   * for the caller to set.
   *
   * @return false when the packet is not for the player
   */
  public boolean rewrite(byte[] b, int off, int len, Start start, long nowNanos) {
    Feed next = target;
    Feed feed = current;
    if (feedings.isOn() && feed != null && feed.ssrc() == RtpHeader.ssrc(b, off)) {
      if (!takesOver(feed, b, off, len, start)) {
        return drop(DropReason.BEFORE_KEYFRAME);
      }
      feedings.end();
      if (next == null || next.ssrc() != feed.ssrc()) {
        next = feed; // Shown until the other one begins.
      }
    }
    return rewriteInOrder(b, off, len, start, next, nowNanos);
  }

  /**
   * Whether the bridge's own stream of a source takes the place of what was kept of it: at a
   * keyframe; without one where the bridge does not parse the codec, and so leaves its numbers as
   * they are, once nothing is left to catch up with.
   */
  private boolean takesOver(Feed feed, byte[] b, int off, int len, Start start) {
    if (begins(feed, b, off, len, start)) {
      current = null;
      return true;
    }
    return start == Start.LOOK && feedings.isFollowedBy(b, off);
  }

  /**
   * The same for a packet that was kept, with the numbers that it came with.
   *
   * @param first whether it begins the keyframe
   */
  public boolean rewriteKept(byte[] b, int off, int len, Feeding of, boolean first, long nowNanos) {
    if (!(first ? canBegin(of, b, off, len) : feedings.isSent(of))) {
      of.end(); // So that what is waited for now can be fed.
      return drop(DropReason.LATE);
    }
    if (first) {
      current = null;
    }
    if (!rewriteInOrder(b, off, len, Start.LOOK, target, nowNanos)) {
      return false;
    }
    if (first) {
      feedings.begin(of);
      numbers.squeeze(RtpHeader.timestamp(b, off), nowNanos);
    }
    feedings.sent(b, off, first);
    return true;
  }

  /** Whether it is what is waited for, and can be sent: what is shown goes on otherwise. */
  private boolean canBegin(Feeding of, byte[] b, int off, int len) {
    Feed next = target;
    Feed now = current;
    int payloadType = RtpHeader.payloadType(b, off);
    return feedings.isNext(of)
        && next != null
        && next.ssrc() == of.feed().ssrc()
        && (now == null || now.ssrc() != next.ssrc() || feedings.isOn())
        && next.takes(payloadType)
        // With the descriptor the player wants all layers, and it is not kept.
        && !(descriptorId != NOT_NEGOTIATED && next.needsDescriptor(payloadType))
        && begins(next, b, off, len, Start.LOOK);
  }

  /** All that was kept is sent. */
  public void caughtUp(Feeding of) {
    if (feedings.isSent(of)) {
      feedings.caughtUp();
      numbers.release();
    }
  }

  /** Something that was kept of a source is to be sent, in the place of what was before. */
  public Feeding feed(Feed source) {
    return feedings.put(source);
  }

  /** Whether something that was kept of that source is on its way. */
  public boolean isFedWith(Feed source) {
    return feedings.has(source);
  }

  /**
   * @param next the source that may begin here
   */
  private boolean rewriteInOrder(
      byte[] b, int off, int len, Start start, @Nullable Feed next, long nowNanos) {
    int sequenceNumber = RtpHeader.sequenceNumber(b, off);
    int payloadType = RtpHeader.payloadType(b, off);
    int payload = RtpHeader.payloadOffset(b, off);
    int payloadLength = RtpHeader.payloadLength(b, off, len);
    Feed feed = current;
    boolean goesOn = feed != null && feed.ssrc() == RtpHeader.ssrc(b, off);
    if (feed != null && goesOn) {
      Arrival arrival = arrivals.received(sequenceNumber, false);
      goesOn = arrival != Arrival.RESTART && !isOver(feed, b, off, start, nowNanos);
      if (goesOn && !arrival.isWanted()) {
        return drop(DropReason.STRAY);
      }
    }
    boolean lowestLayerOnly = isLowestLayerOnly(payloadType, start);
    if (lowestLayerOnly
        && layers.parse(b, payload, payloadLength, sequenceNumber, RtpHeader.timestamp(b, off))
        && layers.spatialId() > 0) {
      if (goesOn) {
        numbers.leaveOut(sequenceNumber);
      }
      return drop(DropReason.ABOVE_LAYER);
    }
    feed = goesOn ? renumbered(feed) : begin(b, off, len, start, next, nowNanos);
    if (feed == null) {
      return drop(DropReason.BEFORE_KEYFRAME);
    }
    int outgoing = feed.payloadTypes().map(payloadType);
    if (outgoing == PayloadTypeMap.DROP) {
      numbers.leaveOut(sequenceNumber);
      return drop(DropReason.PAYLOAD_TYPE);
    }
    if (!numbers.has(sequenceNumber)) {
      return drop(DropReason.LATE);
    }
    if (rewriter(feed, payloadType).rewrite(b, payload, payloadLength) == PayloadRewriter.OMIT) {
      numbers.leaveOut(sequenceNumber);
      return drop(DropReason.LATE);
    }
    pause.forwarded(sequenceNumber);
    extensions.rewrite(b, off);
    if (lowestLayerOnly && layers.isEndOfFrame()) {
      RtpHeader.setMarker(b, off);
    }
    payloadTypeOut = outgoing;
    sequenceNumberOut = numbers.forward(sequenceNumber);
    timestampOut =
        numbers.forwardTimestamp(
            RtpHeader.timestamp(b, off), feed.clockRate(payloadType), nowNanos);
    packets.rewritten();
    rate.add(payloadLength, nowNanos);
    return true;
  }

  /**
   * Of spatial layers without a descriptor, which the bridge would parse, the player can decode the
   * lowest alone, whose frames are whole pictures.
   */
  private boolean isLowestLayerOnly(int payloadType, Start start) {
    Feed next = target;
    return (descriptorId == NOT_NEGOTIATED || start == Start.LOOK)
        && next != null
        && next.needsDescriptor(payloadType);
  }

  private boolean isOver(Feed feed, byte[] b, int off, Start start, long nowNanos) {
    return start == Start.LOOK && pause.isOver(feed, b, off, nowNanos);
  }

  /** The source that goes on, under the numbers that it is to have now. */
  private @Nullable Feed renumbered(@Nullable Feed feed) {
    Feed next = target;
    if (feed == null || next == null || next == feed || next.ssrc() != feed.ssrc()) {
      return feed;
    }
    current = next;
    return next;
  }

  /** Takes a source over where it begins here; null when it does not. */
  private @Nullable Feed begin(
      byte[] b, int off, int len, Start start, @Nullable Feed next, long nowNanos) {
    long source = RtpHeader.ssrc(b, off);
    Feed before = current;
    if (before != null && before.ssrc() == source) {
      current = null; // It has left something out, or started its numbers anew.
    }
    int payloadType = RtpHeader.payloadType(b, off);
    if (next == null
        || next.ssrc() != source
        || !next.takes(payloadType)
        || !begins(next, b, off, len, start)) {
      return null;
    }
    int sequenceNumber = RtpHeader.sequenceNumber(b, off);
    numbers.switchTo(
        sequenceNumber, RtpHeader.timestamp(b, off), next.clockRate(payloadType), nowNanos);
    arrivals.restart(sequenceNumber);
    rewriter(next, payloadType)
        .switchTo(b, RtpHeader.payloadOffset(b, off), RtpHeader.payloadLength(b, off, len));
    current = next;
    feedings.end(); // Also where it was another source that was fed.
    return next;
  }

  private boolean begins(Feed feed, byte[] b, int off, int len, Start start) {
    if (!video) {
      return true;
    }
    return start == Start.LOOK
        ? feed.isKeyframe(
            RtpHeader.payloadType(b, off),
            b,
            RtpHeader.payloadOffset(b, off),
            RtpHeader.payloadLength(b, off, len))
        : start == Start.YES;
  }

  private PayloadRewriter rewriter(Feed feed, int payloadType) {
    return feed.hasPictureIds(payloadType) ? numbers.pictureIds() : PayloadRewriter.NONE;
  }

  /**
   * The bridge has stopped forwarding a source. With a codec that it does not parse it will go on
   * anywhere, and with the source's numbers: the player would take what was left out for lost, and
   * ask for it in vain. So the source is then taken over at a keyframe, like another one. What was
   * kept of it is not sent on either: there is no bandwidth for it. Any thread.
   */
  public void pause(String sourceName, long nowNanos) {
    pause.begin(sourceName, nowNanos);
    stopFeeding(sourceName);
  }

  /** Nothing more is sent of what was kept of a source. Any thread. */
  public void stopFeeding(String sourceName) {
    feedings.stop(sourceName);
  }

  private boolean drop(DropReason reason) {
    packets.dropped(reason);
    return false;
  }

  /** The outgoing payload type of the packet just rewritten. */
  public int payloadType() {
    return payloadTypeOut;
  }

  /** The outgoing sequence number of the packet just rewritten. */
  public int sequenceNumber() {
    return sequenceNumberOut;
  }

  /** The outgoing timestamp of the packet just rewritten. */
  public long timestamp() {
    return timestampOut;
  }

  /**
   * Turns a sender report of the source into that of this stream.
   *
   * @return false when it is not that of the current source
   */
  public boolean translate(byte[] b, int off) {
    Feed feed = current;
    if (feed == null
        || feed.ssrc() != SenderReport.ssrc(b, off)
        || numbers.timestamps().isSqueezing()) {
      return false;
    }
    // The bridge puts in its own counts afterwards.
    SenderReport.translate(
        b,
        off,
        numbers.ssrc(),
        numbers.timestamps(),
        SenderReport.packetCount(b, off),
        SenderReport.octetCount(b, off));
    return true;
  }

  /** What became of the packets so far; approximate from another thread. */
  public PacketTotals totals() {
    return packets.totals();
  }
}
