package io.github.jvbwhip.integration.clients;

import dev.onvoid.webrtc.RTCRtpTransceiver;
import dev.onvoid.webrtc.RTCRtpTransceiverDirection;
import dev.onvoid.webrtc.RTCRtpTransceiverInit;
import dev.onvoid.webrtc.RTCStatsType;
import dev.onvoid.webrtc.media.audio.AudioOptions;
import dev.onvoid.webrtc.media.audio.AudioTrack;
import dev.onvoid.webrtc.media.video.CustomVideoSource;
import dev.onvoid.webrtc.media.video.I420Buffer;
import dev.onvoid.webrtc.media.video.VideoFrame;
import dev.onvoid.webrtc.media.video.VideoTrack;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** libwebrtc as a WHEP player that decodes and looks at every frame. Thread-safe. */
public final class WebRtcPlayer implements AutoCloseable {
  private static final int PIXELS_SAMPLED = 4096;

  private final WebRtcJava peer = new WebRtcJava(this::added);
  private final CustomVideoSource unused = new CustomVideoSource();
  private VideoSeen seen = new VideoSeen(0, 0, 0, 0);
  private long lastChecksum;
  private volatile @Nullable Reply reply;

  private WebRtcPlayer() {
    AudioTrack audio =
        peer.factory().createAudioTrack("a", peer.factory().createAudioSource(new AudioOptions()));
    VideoTrack video = peer.factory().createVideoTrack("v", unused);
    peer.connection().addTransceiver(audio, receiveOnly());
    peer.connection().addTransceiver(video, receiveOnly());
  }

  /** Plays. */
  public static WebRtcPlayer play(URI endpoint) {
    return play(endpoint, UnaryOperator.identity(), UnaryOperator.identity());
  }

  /** Plays, with a change to the offer before it is sent and to the answer before it is taken. */
  public static WebRtcPlayer play(
      URI endpoint, UnaryOperator<String> changeOffer, UnaryOperator<String> changeAnswer) {
    WebRtcPlayer player = new WebRtcPlayer();
    try {
      player.reply = player.peer.signal(endpoint, changeOffer, changeAnswer);
      return player;
    } catch (Throwable e) {
      player.close();
      throw e;
    }
  }

  private static RTCRtpTransceiverInit receiveOnly() {
    RTCRtpTransceiverInit init = new RTCRtpTransceiverInit();
    init.direction = RTCRtpTransceiverDirection.RECV_ONLY;
    init.streamIds = List.of();
    init.sendEncodings = List.of();
    return init;
  }

  private void added(RTCRtpTransceiver transceiver) {
    if (transceiver.getReceiver().getTrack() instanceof VideoTrack video) {
      video.addSink(this::decoded);
    }
  }

  private void decoded(VideoFrame frame) {
    try {
      I420Buffer buffer = frame.buffer.toI420();
      long checksum = checksum(buffer.getDataY());
      synchronized (this) {
        boolean changed = checksum != lastChecksum;
        lastChecksum = checksum;
        seen =
            new VideoSeen(
                seen.frames() + 1,
                seen.changes() + (changed ? 1 : 0),
                buffer.getWidth(),
                buffer.getHeight());
      }
    } finally {
      frame.release();
    }
    peer.signal().raise();
  }

  private static long checksum(ByteBuffer luma) {
    CRC32 crc = new CRC32();
    int step = Math.max(1, luma.limit() / PIXELS_SAMPLED);
    for (int i = 0; i < luma.limit(); i += step) {
      crc.update(luma.get(i));
    }
    return crc.getValue();
  }

  /** The answer to the POST, whose header fields name the session and its extensions. */
  public Reply reply() {
    return Objects.requireNonNull(reply);
  }

  /** What has been decoded so far. */
  public synchronized VideoSeen seen() {
    return seen;
  }

  /** Waits until what has been decoded is enough. */
  public void awaitVideo(String what, Duration timeout, Predicate<VideoSeen> enough) {
    peer.signal().await(what, timeout, () -> enough.test(seen()), () -> seen() + " " + inbound());
  }

  /** Waits until ICE and DTLS are through. */
  public void awaitConnected(Duration timeout) {
    peer.awaitConnected(timeout);
  }

  /** libwebrtc's inbound-rtp statistics, one map for each stream received. */
  public List<Map<String, Object>> inbound() {
    return peer.stats(RTCStatsType.INBOUND_RTP);
  }

  /** A number among the inbound-rtp statistics of {@code audio} or {@code video}, summed up. */
  public long inbound(String kind, String name) {
    return inbound().stream()
        .filter(stats -> kind.equals(stats.get("kind")))
        .mapToLong(stats -> stats.get(name) instanceof Number number ? number.longValue() : 0)
        .sum();
  }

  @Override
  public void close() {
    peer.close();
    unused.dispose();
  }
}
