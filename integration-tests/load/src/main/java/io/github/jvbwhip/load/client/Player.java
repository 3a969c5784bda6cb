package io.github.jvbwhip.load.client;

import io.github.jvbwhip.core.rtp.ArrivalTracker.Arrival;
import io.github.jvbwhip.core.rtp.RtpHeader;
import io.github.jvbwhip.core.rtp.Rtx;
import io.github.jvbwhip.core.rtp.extension.HeaderExtensions;
import io.github.jvbwhip.core.rtp.extension.TransportSequenceNumber;
import io.github.jvbwhip.core.rtp.payload.KeyframeDetector;
import io.github.jvbwhip.core.rtp.rtcp.Rtcp;
import io.github.jvbwhip.core.rtp.rtcp.SenderReport;
import io.github.jvbwhip.load.client.ReceivedFormats.Role;
import io.github.jvbwhip.load.media.FrameTracker;
import io.github.jvbwhip.load.media.SendTime;
import io.github.jvbwhip.load.media.StreamReception;
import io.github.jvbwhip.load.net.Impairment;
import io.github.jvbwhip.load.report.DelayFigures;
import io.github.jvbwhip.testpeer.sdp.DescriptionWriter;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.sdp.RemoteDescription;

/** What one player receives, and what it says about it. Allocates nothing for a packet. */
public final class Player implements Media {
  /** After it is connected; a server may send what it has kept meanwhile. */
  private static final long SETTLING_NANOS = 1_000_000_000L;

  private static final int AUDIO_CLOCK = 48_000;
  private static final int VIDEO_CLOCK = 90_000;

  private final PlayerSettings settings;
  private final DelayFigures delays;
  private final StreamReception audio = new StreamReception(AUDIO_CLOCK);
  private final StreamReception video = new StreamReception(VIDEO_CLOCK);
  private final FrameTracker frames = new FrameTracker();
  private final PlayerFeedback feedback;
  private ReceivedFormats formats = ReceivedFormats.of(RemoteDescription.parse(""));
  private KeyframeDetector keyframes = KeyframeDetector.EVERY_PACKET;
  private long firstRtp;
  private long lastRtp;
  private long longestGap;
  private long settled;
  private long packets;
  private long bytes;
  private long rtxPackets;
  private boolean stopped;

  /** A player that has not begun. */
  public Player(PlayerSettings settings, DelayFigures delays, long ownSsrc) {
    this.settings = settings;
    this.delays = delays;
    feedback = new PlayerFeedback(settings, ownSsrc, audio, video, frames);
  }

  @Override
  public String offer(DescriptionWriter writer) {
    OfferSpec spec = Offers.player(settings);
    return writer.offer(spec, spec.media().stream().map(each -> Offers.NOTHING_SENT).toList());
  }

  @Override
  public void agreed(RemoteDescription agreed, RemoteDescription remote) {
    formats = ReceivedFormats.of(agreed);
    feedback.agreed(
        formats.hasNack(), remote.media().stream().anyMatch(section -> section.has("rtcp-rsize")));
  }

  @Override
  public void connected(Transport transport, long now) {
    feedback.start(transport::sendRtcp, now);
    settled = SendTime.micros(now + SETTLING_NANOS);
  }

  @Override
  public void rtp(byte[] b, int length, long now) {
    boolean valid =
        settings.decrypt()
            ? RtpHeader.isValid(b, 0, length)
            : RtpHeader.hasValidHeader(b, 0, length);
    if (!valid || stopped) {
      return;
    }
    firstRtp = firstRtp == 0 ? now : firstRtp;
    endGap(now);
    lastRtp = now;
    packets++;
    bytes += length;
    int payloadType = RtpHeader.payloadType(b, 0);
    int transportCc = formats.transportCcId(payloadType);
    if (transportCc >= 0) {
      long element = HeaderExtensions.find(b, 0, transportCc);
      feedback.arrived(TransportSequenceNumber.read(b, element), now);
    }
    switch (formats.role(payloadType)) {
      case AUDIO -> audio(b, length, now);
      case VIDEO -> {
        keyframes = formats.keyframes(payloadType);
        video(b, length, false, now);
      }
      case RTX -> {
        rtxPackets++;
        if (settings.decrypt()) {
          video(b, length, true, now);
        }
      }
      default -> {}
    }
  }

  private void endGap(long now) {
    if (lastRtp != 0) {
      longestGap = Math.max(longestGap, now - lastRtp);
    }
  }

  private void audio(byte[] b, int length, long now) {
    Arrival arrival =
        audio.received(
            RtpHeader.ssrc(b, 0),
            RtpHeader.sequenceNumber(b, 0),
            RtpHeader.timestamp(b, 0),
            false,
            now);
    if (arrival == Arrival.NEW && settings.decrypt() && !video.isStarted()) {
      delay(b, RtpHeader.payloadOffset(b, 0), RtpHeader.payloadLength(b, 0, length), now);
    }
  }

  private void video(byte[] b, int length, boolean retransmitted, long now) {
    int number =
        retransmitted ? Rtx.originalSequenceNumber(b, 0, length) : RtpHeader.sequenceNumber(b, 0);
    if (number == Rtx.NONE) {
      return; // A probe for bandwidth.
    }
    long timestamp = RtpHeader.timestamp(b, 0);
    Arrival arrival = video.received(RtpHeader.ssrc(b, 0), number, timestamp, retransmitted, now);
    if (!settings.decrypt()) {
      return;
    }
    if (arrival == Arrival.RESTART) {
      frames.restart();
    } else if (!arrival.isWanted()) {
      return;
    }
    int skipped = retransmitted ? Rtx.OVERHEAD : 0;
    int payload = RtpHeader.payloadOffset(b, 0) + skipped;
    int payloadLength = RtpHeader.payloadLength(b, 0, length) - skipped;
    frames.received(
        video.number(),
        timestamp,
        RtpHeader.isMarked(b, 0),
        payloadLength > 0 && keyframes.isKeyframe(b, payload, payloadLength),
        now);
    if (arrival == Arrival.NEW) {
      delay(b, payload, payloadLength, now);
    }
  }

  /**
   * What was kept for those who join, and what comes behind that in its turn, is late by nature.
   */
  private void delay(byte[] b, int payload, int length, long now) {
    long sent = SendTime.read(b, payload, length);
    if (sent != SendTime.NONE && sent >= settled) {
      delays.record(SendTime.micros(now) - sent);
    }
  }

  @Override
  public void rtcp(byte[] b, int length, long now) {
    if (!Rtcp.isValid(b, 0, length)) {
      return;
    }
    for (int at = 0; at < length; at = Rtcp.next(b, at)) {
      if (SenderReport.is(b, at)) {
        StreamReception about = SenderReport.ssrc(b, at) == audio.ssrc() ? audio : video;
        if (about.ssrc() == SenderReport.ssrc(b, at)) {
          about.stats().senderReport(SenderReport.ntpTime(b, at), now);
        }
      }
    }
  }

  @Override
  public void tick(long now) {
    if (!stopped) {
      endGap(now);
      frames.giveUpGap(now);
      feedback.tick(now);
    }
  }

  @Override
  public void stop(long now) {
    if (!stopped) {
      stopped = true;
      frames.freezes().end(now);
    }
  }

  public StreamReception audio() {
    return audio;
  }

  public StreamReception video() {
    return video;
  }

  public FrameTracker frames() {
    return frames;
  }

  /** Whether RTP is decrypted; else there is nothing to be known of frames. */
  public boolean decrypts() {
    return settings.decrypt();
  }

  /** Video packets that were lost on purpose. */
  public long videoLost(Impairment impairment) {
    return formats.sum(Role.VIDEO, impairment::lost);
  }

  /** Audio packets that were lost on purpose. */
  public long audioLost(Impairment impairment) {
    return formats.sum(Role.AUDIO, impairment::lost);
  }

  /** When the first RTP packet came; 0 when none did. */
  public long firstRtp() {
    return firstRtp;
  }

  /** The longest time without any RTP packet, in nanoseconds. */
  public long longestGap() {
    return longestGap;
  }

  /** Counts gaps from now on. */
  public void forgetGaps() {
    longestGap = 0;
  }

  /** Packets that came by RTX, probes included. */
  public long rtxPackets() {
    return rtxPackets;
  }

  /** NACKed packets, keyframe requests and the like. */
  public PlayerFeedback feedback() {
    return feedback;
  }

  /** RTP packets, whatever they carry, probes for bandwidth included. */
  public long packets() {
    return packets;
  }

  /** Bytes of RTP packets, as decrypted or, where nothing is, as they came. */
  public long bytes() {
    return bytes;
  }
}
