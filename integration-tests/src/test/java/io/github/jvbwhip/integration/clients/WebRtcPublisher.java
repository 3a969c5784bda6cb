package io.github.jvbwhip.integration.clients;

import dev.onvoid.webrtc.RTCRtpEncodingParameters;
import dev.onvoid.webrtc.RTCRtpTransceiverDirection;
import dev.onvoid.webrtc.RTCRtpTransceiverInit;
import dev.onvoid.webrtc.RTCStatsType;
import dev.onvoid.webrtc.media.audio.AudioOptions;
import dev.onvoid.webrtc.media.audio.AudioTrack;
import dev.onvoid.webrtc.media.video.VideoTrack;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** libwebrtc as a WHIP publisher of a moving picture and (silent) sound. Thread-safe. */
public final class WebRtcPublisher implements AutoCloseable {
  private static final int FRAMES_PER_SECOND = 25;

  private final WebRtcJava peer = new WebRtcJava(transceiver -> {});
  private final MovingPicture picture;
  private final VideoTrack videoTrack;
  private final AudioTrack audioTrack;

  private WebRtcPublisher(int width, int height, int encodings) {
    picture = new MovingPicture(width, height);
    audioTrack =
        peer.factory()
            .createAudioTrack("audio", peer.factory().createAudioSource(new AudioOptions()));
    peer.connection().addTransceiver(audioTrack, sendOnly(List.of()));
    videoTrack = peer.factory().createVideoTrack("video", picture.source());
    peer.connection().addTransceiver(videoTrack, sendOnly(encodings(encodings)));
  }

  /** Publishes one encoding. */
  public static WebRtcPublisher publish(URI endpoint, int width, int height) {
    return publish(endpoint, width, height, 1, UnaryOperator.identity(), UnaryOperator.identity());
  }

  /**
   * Publishes.
   *
   * @param encodings simulcast encodings, each half the size of the one before; 1 for no simulcast
   * @param changeOffer a last change to the offer before it is sent
   * @param changeAnswer a change to the answer before it is taken
   */
  public static WebRtcPublisher publish(
      URI endpoint,
      int width,
      int height,
      int encodings,
      UnaryOperator<String> changeOffer,
      UnaryOperator<String> changeAnswer) {
    WebRtcPublisher publisher = new WebRtcPublisher(width, height, encodings);
    try {
      publisher.picture.start(FRAMES_PER_SECOND);
      publisher.peer.signal(endpoint, changeOffer, changeAnswer);
      return publisher;
    } catch (Throwable e) {
      publisher.close();
      throw e;
    }
  }

  private static RTCRtpTransceiverInit sendOnly(List<RTCRtpEncodingParameters> encodings) {
    RTCRtpTransceiverInit init = new RTCRtpTransceiverInit();
    init.direction = RTCRtpTransceiverDirection.SEND_ONLY;
    init.streamIds = List.of("stream");
    init.sendEncodings = encodings;
    return init;
  }

  /** RIDs 0, 1, ... from the smallest to the full size. */
  private static List<RTCRtpEncodingParameters> encodings(int count) {
    List<RTCRtpEncodingParameters> encodings = new ArrayList<>();
    for (int i = count - 1; count > 1 && i >= 0; i--) {
      RTCRtpEncodingParameters parameters = new RTCRtpEncodingParameters();
      parameters.active = true;
      parameters.scaleResolutionDownBy = (double) (1 << i);
      encodings.add(parameters);
    }
    return encodings;
  }

  /** Waits until ICE and DTLS are through. */
  public void awaitConnected(Duration timeout) {
    peer.awaitConnected(timeout);
  }

  /** libwebrtc's outbound-rtp statistics, one map for each stream sent. */
  public List<Map<String, Object>> outbound() {
    return peer.stats(RTCStatsType.OUTBOUND_RTP);
  }

  @Override
  public void close() {
    picture.close();
    peer.close();
    picture.source().dispose();
  }
}
