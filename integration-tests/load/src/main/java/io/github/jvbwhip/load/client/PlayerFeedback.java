package io.github.jvbwhip.load.client;

import io.github.jvbwhip.core.rtp.extension.TransportSequenceNumber;
import io.github.jvbwhip.core.rtp.rtcp.Nack;
import io.github.jvbwhip.core.rtp.rtcp.Pli;
import io.github.jvbwhip.core.rtp.rtcp.ReceiverReport;
import io.github.jvbwhip.core.rtp.rtcp.Remb;
import io.github.jvbwhip.core.rtp.rtcp.SourceDescription;
import io.github.jvbwhip.core.rtp.rtcp.TransportCcRecorder;
import io.github.jvbwhip.load.media.FrameTracker;
import io.github.jvbwhip.load.media.StreamReception;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The RTCP of a player: reports, NACKs, keyframe requests, what tells the bandwidth. */
public final class PlayerFeedback {
  /** Protects and sends a compound packet, which has {@link Transport#TAILROOM} behind it. */
  interface Sender {
    void send(byte[] b, int length);
  }

  private static final long NACK_NANOS = 20_000_000;
  private static final long TRANSPORT_CC_NANOS = 100_000_000;
  private static final long REPORT_NANOS = 1_000_000_000;
  private static final long PLI_NANOS = 500_000_000;

  /** How long a picture may be without a keyframe before one is asked for. */
  private static final long KEYFRAME_PATIENCE_NANOS = 300_000_000;

  private static final int MOST_NACKED = 100;
  private static final int LARGEST = 1200;
  private static final byte[] CNAME = "load".getBytes(StandardCharsets.US_ASCII);

  private final PlayerSettings settings;
  private final long ssrc;
  private final StreamReception audio;
  private final StreamReception video;
  private final FrameTracker frames;
  private final @Nullable TransportCcRecorder arrivals;
  private final int[] numbers = new int[MOST_NACKED];
  private final byte[] out = new byte[LARGEST + Transport.TAILROOM];
  private @Nullable Sender sender;
  private boolean asking;
  private boolean reducedSize;
  private long nextNack;
  private long nextTransportCc;
  private long nextReport;
  private long nextPli;
  private long undecodableSince;
  private long nacked;
  private long keyframeRequests;

  PlayerFeedback(
      PlayerSettings settings,
      long ssrc,
      StreamReception audio,
      StreamReception video,
      FrameTracker frames) {
    this.settings = settings;
    this.ssrc = ssrc;
    this.audio = audio;
    this.video = video;
    this.frames = frames;
    arrivals =
        settings.feedback() == BandwidthFeedback.TRANSPORT_CC ? new TransportCcRecorder() : null;
  }

  /**
   * Offer and answer have met.
   *
   * @param nack whether lost packets may be asked for
   * @param withoutReports whether feedback may go alone (RFC 5506), else behind a report
   */
  void agreed(boolean nack, boolean withoutReports) {
    asking = nack && settings.nack() && settings.decrypt();
    reducedSize = withoutReports;
  }

  void start(Sender connected, long now) {
    sender = connected;
    nextNack = now;
    nextTransportCc = now;
    nextReport = now;
    nextPli = now;
  }

  /** A packet with this transport-wide number has come. */
  void arrived(int transportSequenceNumber, long now) {
    if (arrivals != null && transportSequenceNumber != TransportSequenceNumber.NONE) {
      arrivals.received(transportSequenceNumber, now);
    }
  }

  /** How many packets were asked for, each time counted. */
  public long nacked() {
    return nacked;
  }

  public long keyframeRequests() {
    return keyframeRequests;
  }

  void tick(long now) {
    Sender to = sender;
    if (to == null) {
      return;
    }
    if (asking && now - nextNack >= 0) {
      nextNack = now + NACK_NANOS;
      nack(to, now);
    }
    if (arrivals != null && now - nextTransportCc >= 0) {
      nextTransportCc = now + TRANSPORT_CC_NANOS;
      transportCc(to, arrivals, now);
    }
    if (now - nextReport >= 0) {
      nextReport = now + REPORT_NANOS;
      report(to, now);
    }
    if (settings.decrypt()) {
      wantKeyframe(to, now);
    }
  }

  private void nack(Sender to, long now) {
    int count = video.losses().due(now, settings.nackIntervalNanos(), numbers);
    if (count > 0) {
      nacked += count;
      int at = begin(now);
      to.send(out, at + Nack.write(out, at, ssrc, video.ssrc(), numbers, count));
    }
  }

  private void transportCc(Sender to, TransportCcRecorder recorder, long now) {
    long about = video.isStarted() ? video.ssrc() : audio.ssrc();
    while (recorder.isPending()) {
      int at = begin(now);
      int length = recorder.write(out, at, LARGEST - at, ssrc, about);
      if (length == 0) {
        return;
      }
      to.send(out, at + length);
    }
  }

  /** Writes the report that has to be before feedback, unless it may go alone. */
  private int begin(long now) {
    return reducedSize ? 0 : writeReport(now);
  }

  /**
   * A compound packet as far as it has to go (RFC 3550 §6.1); some servers go by its first SSRC.
   */
  private int writeReport(long now) {
    int blocks = (audio.isStarted() ? 1 : 0) + (video.isStarted() ? 1 : 0);
    int length = ReceiverReport.write(out, 0, blocks, ssrc);
    int block = ReceiverReport.LENGTH;
    if (video.isStarted()) {
      block += video.stats().writeBlock(out, block, now);
    }
    if (audio.isStarted()) {
      audio.stats().writeBlock(out, block, now);
    }
    return length + SourceDescription.write(out, length, ssrc, CNAME);
  }

  private void report(Sender to, long now) {
    int length = writeReport(now);
    if (settings.feedback() == BandwidthFeedback.REMB && video.isStarted()) {
      length += Remb.write(out, length, ssrc, settings.remb(), video.ssrc());
    }
    to.send(out, length);
  }

  /** As a decoder does that has nothing to go on with. */
  private void wantKeyframe(Sender to, long now) {
    boolean givenUp = video.losses().takeGivenUp() > 0;
    if (!frames.needsKeyframe() && !givenUp || !video.isStarted()) {
      undecodableSince = now;
      return;
    }
    if (!givenUp && now - undecodableSince < KEYFRAME_PATIENCE_NANOS || now - nextPli < 0) {
      return;
    }
    nextPli = now + PLI_NANOS;
    keyframeRequests++;
    int at = begin(now);
    to.send(out, at + Pli.write(out, at, ssrc, video.ssrc()));
  }
}
