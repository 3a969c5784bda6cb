package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.MediaNotice;
import io.github.jvbwhip.core.codec.PayloadForm;
import io.github.jvbwhip.core.picture.PictureCache;
import io.github.jvbwhip.core.picture.PictureCursor;
import io.github.jvbwhip.core.rtp.ArrivalTracker;
import io.github.jvbwhip.core.rtp.ArrivalTracker.Arrival;
import io.github.jvbwhip.core.rtp.EncoderHabits;
import io.github.jvbwhip.core.rtp.InsertedNumbers;
import io.github.jvbwhip.core.rtp.KeyframeCompletion;
import io.github.jvbwhip.core.rtp.LossDetector;
import io.github.jvbwhip.core.rtp.payload.VideoSize;
import io.github.jvbwhip.core.rtp.rtcp.ReceptionStats;
import io.github.jvbwhip.core.stage.PublishedEncoding;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One incoming stream: an SSRC of a publisher, with its statistics and what is asked for. A stream
 * that starts anew is a new encoding. Guarded by the room's lock.
 */
final class Encoding implements PublishedEncoding {
  /** Asked for again after that long; more than a round trip on most ways. */
  private static final long NACK_INTERVAL_NANOS = 100_000_000L;

  /** Reordering on the way is over by then. */
  private static final long NACK_PATIENCE_NANOS = 15_000_000L;

  private static final int NACK_TRIES = 8;
  private static final int MAX_MISSING = 256;

  /** Without a packet for so long, an encoding is not one to choose. */
  private static final long ACTIVE_NANOS = 1_000_000_000L;

  private final MediaKind kind;
  final long ssrc;
  private final ArrivalTracker arrivals = new ArrivalTracker();
  final ReceptionStats reception;
  final LossDetector losses = new LossDetector(MAX_MISSING, NACK_TRIES, NACK_PATIENCE_NANOS);
  final SenderClock clock = new SenderClock();
  final BitrateMeter meter = new BitrateMeter();
  final EncodingLayers layers = new EncodingLayers();
  private final EncoderHabits habits = new EncoderHabits();

  private final Optional<String> rid;
  private int width;
  private int height;
  private OptionalLong targetBitrate = OptionalLong.empty();
  private boolean active;
  private long newestTimestamp;
  private long lastArrival;
  private KeyframeNeed keyframe = new KeyframeNeed();
  private KeyframeCompletion completion = new KeyframeCompletion();
  private @Nullable IncomingCodec sent;
  private final PictureCache picture;
  private @Nullable IncomingCodec pictured;

  Encoding(MediaKind kind, Optional<String> rid, long ssrc, PictureCache picture) {
    this.kind = kind;
    this.rid = rid;
    this.ssrc = ssrc;
    this.picture = picture;
    reception = new ReceptionStats(ssrc);
  }

  /**
   * Takes the place of another one: the publisher is asked for keyframes no more often than before,
   * and need not tell its parameter sets again.
   */
  void replace(Encoding replaced) {
    keyframe = replaced.keyframe;
    sent = replaced.sent;
    completion = new KeyframeCompletion(replaced.completion);
    replaced.end();
  }

  /** Nothing comes any more. */
  void end() {
    picture.giveUp();
  }

  /**
   * A packet has come: tells what it is, and counts it.
   *
   * @param codec what is in it
   * @param retransmission whether it came as one; then it is no reception of this stream
   */
  Arrival received(
      int sequenceNumber, long timestamp, IncomingCodec codec, boolean retransmission, long now) {
    Arrival arrival = arrivals.received(sequenceNumber, retransmission);
    boolean ofSequence = arrival.isWanted() || arrival == Arrival.DUPLICATE;
    if (ofSequence && !retransmission) {
      reception.received(arrivals.number(), timestamp, codec.clockRate(), now);
    }
    if (arrival.isWanted()) {
      losses.received(arrivals.number(), now);
    }
    return arrival;
  }

  /** The packet received last, which is new, is of that codec. */
  void sends(IncomingCodec codec, long timestamp, long now) {
    clock.use(codec.clockRate(), timestamp, now);
    if (codec != sent) {
      sent = codec;
      completion.use(codec.parameterSets(), codec.sequenceHeader());
    }
  }

  /**
   * Whether the packet received last begins a keyframe that is to be completed first: {@link
   * #writeParameterSets}.
   */
  boolean lacksParameterSets(byte[] b, int off, int len) {
    return completion.isNeededBefore(b, off, len, arrivals.number());
  }

  /** The codec of the packet received last, if any. */
  Optional<IncomingCodec> sent() {
    return Optional.ofNullable(sent);
  }

  /** Makes the packet that goes before this one, at the start of {@code to}: its length. */
  int writeParameterSets(byte[] b, int off, byte[] to) {
    completion.writeBefore(b, off, to, 0);
    return completion.lengthBefore(b, off);
  }

  /** Whether the packet received last begins a keyframe without its sequence header. */
  boolean lacksSequenceHeader(byte[] b, int off, int len) {
    return completion.isNeededIn(b, off, len);
  }

  /** Makes that packet with its sequence header, at the start of {@code to}: its length. */
  int writeWithSequenceHeader(byte[] b, int off, int len, byte[] to) {
    System.arraycopy(b, off, to, 0, len);
    return completion.insert(to, 0, len);
  }

  /** The number that the packet received last goes on with, or {@link InsertedNumbers#NONE}. */
  int number() {
    return completion.number(arrivals.number());
  }

  /**
   * A new packet is forwarded.
   *
   * @return whether it is the first one, or the first one after a pause
   */
  boolean arrived(IncomingPacket packet) {
    boolean started = !active;
    meter.add(packet.length);
    lastArrival = packet.arrival;
    newestTimestamp = packet.timestamp;
    active = true;
    return started;
  }

  /** Notes what the encoder does, and reads what a keyframe tells. */
  void inspect(IncomingPacket packet, IncomingCodec codec) {
    if (kind == MediaKind.VIDEO) {
      habits.packet(packet.sequenceNumber, packet.timestamp, packet.keyframe, packet.arrival);
    }
    if (packet.keyframe && kind == MediaKind.VIDEO) {
      keyframe.came(packet.arrival);
      VideoSize size =
          codec.keyframes().size(packet.buffer, packet.payloadAt, packet.payloadLength);
      if (size != null) {
        width = size.width();
        height = size.height();
      }
    }
  }

  /** Keeps a packet of a video for those who join. */
  void keep(IncomingPacket packet, IncomingCodec codec) {
    if (codec != pictured) {
      picture.giveUp();
      pictured = codec;
    }
    picture.add(
        packet.buffer,
        packet.offset,
        packet.length,
        packet.sequenceNumber,
        packet.keyframe,
        packet.layers(),
        keyframe.usefulNanos(),
        packet.arrival);
  }

  /** What is kept for those who join. */
  PictureCache picture() {
    return picture;
  }

  /** The codec of what is kept. */
  IncomingCodec pictured() {
    return Objects.requireNonNull(pictured);
  }

  /** Reads a packet that was kept, as if it came now. */
  void restore(IncomingPacket packet, PictureCursor kept, long now) {
    packet.read(
        kept.buffer(), kept.offset(), kept.length(), kept.number(), pictured().keyframes(), now);
    packet.setLayers(kept.note());
  }

  /** Whether a keyframe is asked for also where what is kept is sent: unless nobody listens. */
  boolean needsKeyframeBeside() {
    return !keyframe.isIgnored();
  }

  /** The publisher says what it aims at (0: the encoding is off), and the size where it says so. */
  void allocate(long bitrate, @Nullable VideoSize size) {
    targetBitrate = OptionalLong.of(bitrate);
    if (size != null) {
      width = size.width();
      height = size.height();
    }
  }

  /** What the publisher aims at, in bits per second, where it says so. */
  OptionalLong targetBitrate() {
    return targetBitrate;
  }

  /** The sender reports on this stream; what makes no sense is not taken in. */
  void senderReport(long ntpTime, long timestamp, long now) {
    if (clock.report(ntpTime, timestamp, newestTimestamp, now)) {
      reception.senderReport(ntpTime, now);
    }
  }

  /** Looks whether packets still come; ends the interval of the bit rate. */
  void roll(long now) {
    meter.roll(now);
    active = active && now - lastArrival < ACTIVE_NANOS;
  }

  /** Whether its keyframes are wanted. */
  KeyframeNeed keyframe() {
    return keyframe;
  }

  /** Whether to ask for a keyframe now; then it counts as asked. */
  boolean askForKeyframe(long minimumInterval, long now) {
    boolean due = active && keyframe.ask(minimumInterval, now);
    if (due) {
      habits.asked(now);
    }
    return due;
  }

  /**
   * Adds what is amiss with the video that comes in.
   *
   * @param takesRequests whether the publisher has negotiated requests for keyframes
   */
  void notice(boolean takesRequests, Set<MediaNotice> to, long now) {
    if (!active) {
      return;
    }
    if (completion.lacksParameterSets()) {
      to.add(MediaNotice.NO_PARAMETER_SETS);
    } else if (habits.hasRareKeyframes(takesRequests, now)) {
      to.add(MediaNotice.RARE_KEYFRAMES);
    }
    if (sent != null && sent.payload() == PayloadForm.PARAMETER_SETS && habits.isReordering(now)) {
      to.add(MediaNotice.B_FRAMES);
    }
  }

  /**
   * The packets to ask for now.
   *
   * @param sequenceNumbers filled in sending order
   * @return how many
   */
  int missing(int[] sequenceNumbers, long now) {
    return losses.due(now, NACK_INTERVAL_NANOS, sequenceNumbers);
  }

  long newestTimestamp() {
    return newestTimestamp;
  }

  long lastArrival() {
    return lastArrival;
  }

  @Override
  public Optional<String> rid() {
    return rid;
  }

  @Override
  public long bitrate() {
    return meter.bitrate();
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public boolean active() {
    return active;
  }

  @Override
  public int highestTemporalLayer() {
    return layers.highestTemporal();
  }

  @Override
  public int highestSpatialLayer() {
    return layers.highestSpatial();
  }
}
