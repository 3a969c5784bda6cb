package io.github.jvbwhip.testpeer;

import io.github.jvbwhip.core.collections.BoundedMap;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.media.FrameSource;
import io.github.jvbwhip.testpeer.rtp.RtcpWriter;
import io.github.jvbwhip.testpeer.rtp.RtpPacket;
import io.github.jvbwhip.testpeer.sdp.Extensions;
import io.github.jvbwhip.testpeer.sdp.LocalEncoding;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Sends one encoding: its packets, its retransmissions and its sender reports. Thread-safe. */
public final class EncodingSender {
  private static final int HISTORY = 2048;
  private static final int AUDIO_PACKETS_PER_SECOND = 50;
  private static final long NTP_EPOCH_OFFSET_SECONDS = 2_208_988_800L;

  private final LocalEncoding encoding;
  private final Negotiated negotiated;
  private final int payloadType;
  private final int rtxPayloadType;
  private final Codec codec;
  private final FrameSource frames;
  private final Consumer<byte[]> transport;
  private final IntSupplier transportSequence;
  private final long timestampBase;
  private final long startNanos = System.nanoTime();
  private final Map<Integer, RtpPacket> history = BoundedMap.forgettingTheOldest(HISTORY);

  private volatile int mark = -1;
  private volatile Consumer<byte[]> stamp = payload -> {};
  private int sequenceNumber;
  private int rtxSequenceNumber;
  private boolean keyframeWanted = true;
  private int keyframesWithSets = Integer.MAX_VALUE;
  private int sinceKeyframe;
  private long packets;
  private long octets;
  private int keyframes;
  private int framesSent;
  private int retransmissions;
  private long lastTimestamp;
  private IntUnaryOperator audioLevels = frame -> 30;

  /**
   * A sender that begins with a keyframe.
   *
   * @param settings of this encoding
   * @param transport gets each packet, not yet protected
   * @param transportSequence counts the packets of all encodings
   */
  public EncodingSender(
      LocalEncoding encoding,
      Negotiated negotiated,
      VideoSettings settings,
      int firstSequenceNumber,
      long timestampBase,
      Consumer<byte[]> transport,
      IntSupplier transportSequence) {
    this.encoding = encoding;
    this.negotiated = negotiated;
    this.transport = transport;
    this.transportSequence = transportSequence;
    this.timestampBase = timestampBase;
    payloadType = negotiated.sendingPayloadType();
    rtxPayloadType = negotiated.rtxPayloadTypeOf(payloadType);
    Codec agreed = negotiated.codecs().get(payloadType);
    codec = agreed == null ? Codec.VP8 : agreed;
    frames = FrameSource.of(codec, settings.width(), settings.height());
    sequenceNumber = firstSequenceNumber;
    rtxSequenceNumber = firstSequenceNumber ^ 0x5555;
  }

  /** RID, SSRC and the SSRC of retransmissions. */
  public LocalEncoding encoding() {
    return encoding;
  }

  /** Keyframes sent so far. */
  public synchronized int keyframes() {
    return keyframes;
  }

  /** Frames sent so far, keyframes included. */
  public synchronized int frames() {
    return framesSent;
  }

  /** Packets sent so far, without retransmissions. */
  public synchronized long packets() {
    return packets;
  }

  /** Packets sent again so far. */
  public synchronized int retransmissions() {
    return retransmissions;
  }

  /** The sequence number of the next packet. */
  public synchronized int nextSequenceNumber() {
    return sequenceNumber;
  }

  /**
   * Says how loud the audio is, where the other side takes that extension (RFC 6464).
   *
   * @param levels the level of each frame, from the first one on, in dB below full scale (0 to
   *     127); 30 at first
   */
  public synchronized void setAudioLevels(IntUnaryOperator levels) {
    audioLevels = levels;
  }

  /** H264, H265, AV1: sends parameter sets, or the like, with the first keyframe alone. */
  public synchronized void sendParameterSetsOnce() {
    keyframesWithSets = 1;
  }

  /** H264, H265, AV1: sends no parameter sets, or the like, at all. */
  public synchronized void sendNoParameterSets() {
    keyframesWithSets = 0;
  }

  /** Ends each payload with this byte. */
  void mark(int value) {
    mark = value;
  }

  /** Lets each new payload be changed before it is sent, and sent again. */
  public void stamp(Consumer<byte[]> change) {
    stamp = change;
  }

  /** Makes the next frame a keyframe. */
  public synchronized void wantKeyframe() {
    keyframeWanted = true;
  }

  /** Sends the next frame, as a keyframe of four times this size where one is due. */
  public synchronized void sendFrame(int size, int keyframeInterval) {
    boolean due = keyframeInterval > 0 && sinceKeyframe >= keyframeInterval;
    boolean keyframe = keyframeWanted || due;
    keyframeWanted = false;
    sinceKeyframe = keyframe ? 1 : sinceKeyframe + 1;
    lastTimestamp = nextTimestamp();
    List<byte[]> payloads = frames.next(keyframe, keyframe && codec.isVideo() ? 4 * size : size);
    if (keyframe && keyframes >= keyframesWithSets) {
      payloads = frames.withoutParameterSets(payloads);
    }
    for (int i = 0; i < payloads.size(); i++) {
      boolean marker = codec.isVideo() && i == payloads.size() - 1;
      send(marker, payloads.get(i));
    }
    framesSent++;
    keyframes += keyframe ? 1 : 0;
  }

  private void send(boolean marker, byte[] content) {
    byte[] payload = content.clone();
    if (mark >= 0) {
      payload[payload.length - 1] = (byte) mark;
    }
    stamp.accept(payload);
    RtpPacket packet =
        new RtpPacket(
            marker,
            payloadType,
            sequenceNumber,
            lastTimestamp,
            encoding.ssrc(),
            extensions(Extensions.RID),
            payload);
    history.put(sequenceNumber, packet);
    sequenceNumber = sequenceNumber + 1 & 0xffff;
    packets++;
    octets += payload.length;
    transport.accept(packet.toBytes());
  }

  /** Sends a packet again, by RTX where it was agreed on; false when it is too old. */
  public synchronized boolean resend(int number) {
    RtpPacket packet = history.get(number);
    if (packet == null) {
      return false;
    }
    if (rtxPayloadType >= 0) {
      packet =
          packet.asRtx(
              rtxPayloadType,
              encoding.rtxSsrc(),
              rtxSequenceNumber,
              extensions(Extensions.REPAIRED_RID));
      rtxSequenceNumber = rtxSequenceNumber + 1 & 0xffff;
    }
    retransmissions++;
    transport.accept(packet.toBytes());
    return true;
  }

  private SortedMap<Integer, byte[]> extensions(String ridUri) {
    SortedMap<Integer, byte[]> values = new TreeMap<>();
    put(values, Extensions.MID, ascii(negotiated.mid()));
    if (!encoding.rid().isEmpty()) {
      put(values, ridUri, ascii(encoding.rid()));
    }
    put(
        values,
        Extensions.AUDIO_LEVEL,
        codec.isVideo() ? null : new byte[] {(byte) (0x80 | audioLevels.applyAsInt(framesSent))});
    long seconds = System.nanoTime() / 1000 * (1 << 18) / 1_000_000;
    put(
        values,
        Extensions.ABS_SEND_TIME,
        new byte[] {(byte) (seconds >> 16), (byte) (seconds >> 8), (byte) seconds});
    if (negotiated.extensionIds().containsKey(Extensions.TRANSPORT_CC)) {
      int number = transportSequence.getAsInt();
      put(values, Extensions.TRANSPORT_CC, new byte[] {(byte) (number >> 8), (byte) number});
    }
    return values;
  }

  private void put(SortedMap<Integer, byte[]> values, String uri, byte @Nullable [] value) {
    Integer id = negotiated.extensionIds().get(uri);
    if (id != null && value != null) {
      values.put(id, value);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Pictures are stamped when they are made; sound counts its samples, however late it is. */
  private long nextTimestamp() {
    long now = timestampAt(System.nanoTime());
    if (framesSent == 0) {
      return now;
    }
    int step = codec.isVideo() ? 1 : codec.clockRate() / AUDIO_PACKETS_PER_SECOND;
    long counted = lastTimestamp + step & 0xffffffffL;
    return codec.isVideo() && (int) (now - counted) > 0 ? now : counted;
  }

  private long timestampAt(long nanos) {
    long elapsed = (nanos - startNanos) / 1000 * codec.clockRate() / 1_000_000;
    return timestampBase + elapsed & 0xffffffffL;
  }

  /** A sender report for {@code now}, with a CNAME. */
  public synchronized byte[] senderReport(Instant now) {
    long seconds = now.getEpochSecond() + NTP_EPOCH_OFFSET_SECONDS;
    long fraction = ((long) now.getNano() << 32) / 1_000_000_000L;
    return RtcpWriter.compound(
        RtcpWriter.senderReport(
            encoding.ssrc(),
            seconds << 32 | fraction,
            timestampAt(System.nanoTime()),
            packets,
            octets),
        RtcpWriter.sourceDescription(encoding.ssrc(), "test-peer"));
  }
}
