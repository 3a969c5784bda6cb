package io.github.jvbwhip.load.client;

import io.github.jvbwhip.core.rtp.rtcp.Fir;
import io.github.jvbwhip.core.rtp.rtcp.Nack;
import io.github.jvbwhip.core.rtp.rtcp.Pli;
import io.github.jvbwhip.core.rtp.rtcp.Rtcp;
import io.github.jvbwhip.core.rtp.rtcp.RtcpFeedback;
import io.github.jvbwhip.load.media.SendTime;
import io.github.jvbwhip.load.net.EventLoop;
import io.github.jvbwhip.testpeer.EncodingSender;
import io.github.jvbwhip.testpeer.Negotiated;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.sdp.DescriptionWriter;
import io.github.jvbwhip.testpeer.sdp.LocalEncoding;
import io.github.jvbwhip.testpeer.sdp.MediaSpec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.sdp.RemoteDescription;
import io.github.jvbwhip.testpeer.sdp.RemoteMedia;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What one publisher sends: a made-up picture in one or more encodings, and sound. */
public final class Publisher implements Media {
  private static final int AUDIO_PACKETS_PER_SECOND = 50;
  private static final int AUDIO_BYTES = 160;
  private static final long REPORT_NANOS = 1_000_000_000;
  private static final int KEYFRAME_FACTOR = 4;

  private final PublisherSettings settings;
  private final EventLoop loop;
  private final Random random;
  private final OfferSpec spec;
  private final List<List<LocalEncoding>> offered = new ArrayList<>();
  private final List<EncodingSender> pictures = new ArrayList<>();
  private final List<VideoSettings> pictureSettings = new ArrayList<>();
  private final List<EventLoop.Cancellation> paces = new ArrayList<>();
  private final byte[] out = new byte[2048];
  private @Nullable EncodingSender sound;
  private @Nullable RemoteDescription answer;
  private @Nullable Transport transport;
  private int transportSequence;
  private long nextReport;
  private long keyframeRequests;
  private long nackedPackets;

  /** A publisher that has not begun. */
  public Publisher(PublisherSettings settings, EventLoop loop, Random random) {
    this.settings = settings;
    this.loop = loop;
    this.random = random;
    spec = Offers.publisher(settings);
    for (MediaSpec media : spec.media()) {
      List<String> rids = media.rids().isEmpty() ? List.of("") : media.rids();
      offered.add(
          rids.stream().map(rid -> new LocalEncoding(rid, number32(), number32())).toList());
    }
  }

  private long number32() {
    return random.nextInt() & 0xffffffffL;
  }

  @Override
  public String offer(DescriptionWriter writer) {
    return writer.offer(spec, offered);
  }

  @Override
  public void agreed(RemoteDescription agreed, RemoteDescription remote) {
    answer = agreed;
  }

  @Override
  public void connected(Transport connected, long now) {
    transport = connected;
    nextReport = now;
    List<RemoteMedia> sections = answer == null ? List.of() : answer.media();
    for (int i = 0; i < sections.size(); i++) {
      MediaSpec offer = spec.media().get(i);
      if (sections.get(i).isRejected()) {
        continue;
      }
      Negotiated negotiated = Negotiated.of(sections.get(i));
      if (offer.kind() == MediaSpec.Kind.VIDEO) {
        addPictures(negotiated, offered.get(i));
      } else {
        sound = sender(negotiated, offered.get(i).get(0), settings.video());
      }
    }
    if (!pictures.isEmpty()) {
      sendPictures();
      long period = TimeUnit.SECONDS.toNanos(1) / settings.video().framesPerSecond();
      paces.add(loop.every(period, at -> sendPictures()));
    }
    if (sound != null) {
      long period = TimeUnit.SECONDS.toNanos(1) / AUDIO_PACKETS_PER_SECOND;
      paces.add(loop.every(period, at -> sendSound()));
    }
  }

  private void addPictures(Negotiated negotiated, List<LocalEncoding> encodings) {
    for (int i = 0; i < encodings.size(); i++) {
      VideoSettings own = settings.video().scaledDown(encodings.size() - 1 - i);
      pictureSettings.add(own);
      pictures.add(sender(negotiated, encodings.get(i), own));
    }
  }

  private EncodingSender sender(
      Negotiated negotiated, LocalEncoding encoding, VideoSettings video) {
    EncodingSender sender =
        new EncodingSender(
            encoding,
            negotiated,
            video,
            random.nextInt(0x8000),
            number32(),
            this::send,
            () -> transportSequence++ & 0xffff);
    sender.stamp(payload -> SendTime.write(payload, SendTime.micros(System.nanoTime())));
    return sender;
  }

  private void send(byte[] packet) {
    Transport to = transport;
    if (to != null) {
      System.arraycopy(packet, 0, out, 0, packet.length);
      to.sendRtp(out, packet.length);
    }
  }

  private void sendPictures() {
    for (int i = 0; i < pictures.size(); i++) {
      VideoSettings own = pictureSettings.get(i);
      pictures.get(i).sendFrame(frameSize(own), own.keyframeInterval());
    }
  }

  /** So that the bitrate holds with the keyframes, which are larger. */
  static int frameSize(VideoSettings video) {
    int average = video.bitrate() / Byte.SIZE / video.framesPerSecond();
    int interval = video.keyframeInterval();
    return interval == 0 ? average : average * interval / (interval + KEYFRAME_FACTOR - 1);
  }

  private void sendSound() {
    if (sound != null) {
      sound.sendFrame(AUDIO_BYTES, 0);
    }
  }

  @Override
  public void rtp(byte[] b, int length, long now) {
    // Nobody sends to a publisher.
  }

  @Override
  public void rtcp(byte[] b, int length, long now) {
    if (!Rtcp.isValid(b, 0, length)) {
      return;
    }
    for (int at = 0; at < length; at = Rtcp.next(b, at)) {
      if (Nack.is(b, at)) {
        EncodingSender sender = sender(RtcpFeedback.mediaSsrc(b, at));
        if (sender != null) {
          Nack.forEachLost(
              b,
              at,
              number -> {
                nackedPackets++;
                sender.resend(number);
              });
        }
      } else if (Pli.is(b, at)) {
        wantKeyframe(RtcpFeedback.mediaSsrc(b, at));
      } else if (Fir.is(b, at)) {
        for (int i = 0; i < Fir.entryCount(b, at); i++) {
          wantKeyframe(Fir.ssrc(b, at, i));
        }
      }
    }
  }

  private @Nullable EncodingSender sender(long ssrc) {
    for (EncodingSender sender : pictures) {
      if (sender.encoding().ssrc() == ssrc) {
        return sender;
      }
    }
    return null;
  }

  private void wantKeyframe(long ssrc) {
    EncodingSender sender = sender(ssrc);
    if (sender != null) {
      keyframeRequests++;
      if (settings.answersKeyframeRequests()) {
        sender.wantKeyframe();
      }
    }
  }

  @Override
  public void tick(long now) {
    Transport to = transport;
    if (to == null || now - nextReport < 0) {
      return;
    }
    nextReport = now + REPORT_NANOS;
    senders()
        .filter(sender -> sender.packets() > 0)
        .forEach(
            sender -> {
              byte[] report = sender.senderReport(Clock.systemUTC().instant());
              System.arraycopy(report, 0, out, 0, report.length);
              to.sendRtcp(out, report.length);
            });
  }

  private Stream<EncodingSender> senders() {
    return Stream.concat(pictures.stream(), Stream.ofNullable(sound));
  }

  @Override
  public void stop(long now) {
    paces.forEach(EventLoop.Cancellation::cancel);
    paces.clear();
  }

  /** Packets sent for the first time. */
  public long packets() {
    return senders().mapToLong(EncodingSender::packets).sum();
  }

  /** Packets sent again. */
  public long retransmissions() {
    return senders().mapToLong(EncodingSender::retransmissions).sum();
  }

  /** Keyframes of all encodings. */
  public long keyframes() {
    return pictures.stream().mapToLong(EncodingSender::keyframes).sum();
  }

  /** PLI and FIR for streams that are sent. */
  public long keyframeRequests() {
    return keyframeRequests;
  }

  /** Packets that the server asked for again. */
  public long nackedPackets() {
    return nackedPackets;
  }
}
