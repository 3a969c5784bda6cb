package io.github.jvbwhip.jvb.media;

import io.github.jvbwhip.core.bridge.EgressMedia;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.NegotiatedExtension;
import io.github.jvbwhip.core.rtp.ContinuousNumberMap;
import io.github.jvbwhip.core.rtp.PayloadTypeMap;
import io.github.jvbwhip.core.rtp.RtpHeader;
import io.github.jvbwhip.core.rtp.TimestampMap;
import io.github.jvbwhip.core.rtp.extension.HeaderExtensionRewriter;
import io.github.jvbwhip.core.rtp.payload.KeyframeDetector;
import io.github.jvbwhip.core.rtp.payload.Vp8Descriptor;
import io.github.jvbwhip.core.rtp.payload.Vp8PictureIdMap;
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

  private final boolean video;
  private final long ssrc;
  private final HeaderExtensionRewriter extensions;
  private final int descriptorId;
  private final ContinuousNumberMap sequence;
  private final TimestampMap timestamps;
  private final Vp8PictureIdMap pictureIds;
  private final Vp8Descriptor vp8 = new Vp8Descriptor();
  private volatile @Nullable Feed target;
  private volatile @Nullable Feed current;
  private final Pause pause = new Pause();
  private volatile int encoding = NO_ENCODING;
  private long forwarded;
  private final long[] dropped = new long[DropReason.values().length];
  private int payloadTypeOut;
  private int sequenceNumberOut;
  private long timestampOut;

  /**
   * @param ssrc the outgoing SSRC
   * @param random for the first numbers (RFC 3550 §5.1)
   */
  public SlotRewriter(EgressMedia media, long ssrc, RandomGenerator random) {
    this.video = media.kind() == MediaKind.VIDEO;
    this.ssrc = ssrc;
    Map<Integer, Integer> ids = new HashMap<>();
    int descriptor = 0;
    for (NegotiatedExtension extension : media.extensions()) {
      OptionalInt canonical = CanonicalNumbers.extension(extension.type());
      if (canonical.isPresent()) {
        ids.put(canonical.getAsInt(), extension.id());
        if (canonical.getAsInt() == DESCRIPTOR) {
          descriptor = extension.id();
        }
      }
    }
    extensions = HeaderExtensionRewriter.of(ids, true);
    descriptorId = descriptor;
    sequence = new ContinuousNumberMap(0x10000L + random.nextInt(0x8000), HISTORY);
    timestamps =
        new TimestampMap(media.codecs().get(0).codec().clockRate(), random.nextInt() & 0xFFFFFFFFL);
    pictureIds = new Vp8PictureIdMap(random.nextInt(0x8000));
  }

  /** Nothing was forwarded yet, or it has no encodings. */
  public static final int NO_ENCODING = -1;

  /** The canonical id of the dependency descriptor. */
  public static final int DESCRIPTOR = 11;

  public long ssrc() {
    return ssrc;
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

  /** The source that the player's feedback is about: the one forwarded, or waited for. */
  public @Nullable Feed feedbackTarget() {
    Feed feed = current;
    return feed != null ? feed : target;
  }

  /** Whether a source is waited for. */
  public boolean isSwitching() {
    Feed wanted = target;
    return wanted != null && !wanted.equals(current);
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
    int sequenceNumber = RtpHeader.sequenceNumber(b, off);
    long timestamp = RtpHeader.timestamp(b, off);
    int payload = RtpHeader.payloadOffset(b, off);
    int payloadLength = off + len - payload;
    boolean hasVp8 = video && parseVp8(b, off, payload, payloadLength);
    Feed feed = current;
    Feed next = target;
    if (start == Start.LOOK && feed != null && pause.isOver(feed, b, off, nowNanos)) {
      current = null;
      feed = null;
    }
    if (next != null && next != feed && next.ssrc() == RtpHeader.ssrc(b, off)) {
      if (feed != null && feed.ssrc() == next.ssrc()) {
        current = next;
        feed = next;
      } else if (!video || starts(next, b, off, payload, payloadLength, start)) {
        sequence.switchTo(sequenceNumber, 16);
        timestamps.switchTo(timestamp, nowNanos);
        if (hasVp8) {
          pictureIds.switchTo(vp8);
        }
        current = next;
        feed = next;
      }
    }
    if (feed == null || feed.ssrc() != RtpHeader.ssrc(b, off)) {
      return drop(DropReason.BEFORE_KEYFRAME);
    }
    int payloadType = feed.payloadTypes().map(RtpHeader.payloadType(b, off));
    long number = sequence.forward(sequenceNumber);
    if (payloadType == PayloadTypeMap.DROP) {
      return drop(DropReason.PAYLOAD_TYPE);
    }
    if (number == ContinuousNumberMap.NONE) {
      return drop(DropReason.LATE);
    }
    if (hasVp8) {
      pictureIds.forward(vp8);
    }
    pause.forwarded(sequenceNumber);
    extensions.rewrite(b, off);
    payloadTypeOut = payloadType;
    sequenceNumberOut = (int) number & 0xFFFF;
    timestampOut = timestamps.forward(timestamp, nowNanos);
    forwarded++;
    return true;
  }

  /**
   * The bridge has stopped forwarding a source. With a codec that it does not parse it will go on
   * anywhere, and with the source's numbers: the player would take what was left out for lost, and
   * ask for it in vain. So the source is then taken over at a keyframe, like another one. Any
   * thread.
   */
  public void pause(String sourceName, long nowNanos) {
    pause.begin(sourceName, nowNanos);
  }

  private boolean drop(DropReason reason) {
    dropped[reason.ordinal()]++;
    return false;
  }

  private boolean parseVp8(byte[] b, int off, int payload, int payloadLength) {
    return RtpHeader.payloadType(b, off) == VP8 && vp8.parse(b, payload, payloadLength);
  }

  private static final int VP8 = 100;

  private static boolean starts(
      Feed feed, byte[] b, int off, int payload, int payloadLength, Start start) {
    if (start != Start.LOOK) {
      return start == Start.YES;
    }
    KeyframeDetector detector = feed.detector(RtpHeader.payloadType(b, off));
    return detector != null && detector.isKeyframe(b, payload, payloadLength);
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
    if (feed == null || feed.ssrc() != SenderReport.ssrc(b, off)) {
      return false;
    }
    // The bridge puts in its own counts afterwards.
    SenderReport.translate(
        b,
        off,
        ssrc,
        timestamps,
        SenderReport.packetCount(b, off),
        SenderReport.octetCount(b, off));
    return true;
  }

  /** What became of the packets so far; approximate from another thread. */
  public PacketTotals totals() {
    PacketTotals totals = new PacketTotals(forwarded, Map.of());
    for (DropReason reason : DropReason.values()) {
      totals = totals.plus(reason, dropped[reason.ordinal()]);
    }
    return totals;
  }
}
