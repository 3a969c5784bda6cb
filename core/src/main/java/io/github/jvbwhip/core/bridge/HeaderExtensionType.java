package io.github.jvbwhip.core.bridge;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The RTP header extensions that are understood (RFC 8285). */
public enum HeaderExtensionType {
  MID("urn:ietf:params:rtp-hdrext:sdes:mid"),
  RID("urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"),
  REPAIRED_RID("urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id"),
  AUDIO_LEVEL("urn:ietf:params:rtp-hdrext:ssrc-audio-level"),
  ABS_SEND_TIME("http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"),
  TRANSPORT_CC("http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"),
  VIDEO_ORIENTATION("urn:3gpp:video-orientation"),
  DEPENDENCY_DESCRIPTOR(
      "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension"),
  VIDEO_LAYERS_ALLOCATION("http://www.webrtc.org/experiments/rtp-hdrext/video-layers-allocation00");

  private static final Map<String, HeaderExtensionType> BY_URI =
      Stream.of(values()).collect(Collectors.toMap(HeaderExtensionType::uri, Function.identity()));

  private final String uri;

  HeaderExtensionType(String uri) {
    this.uri = uri;
  }

  public String uri() {
    return uri;
  }

  /** The type of that URI, or empty when it is not understood. */
  public static Optional<HeaderExtensionType> ofUri(String uri) {
    return Optional.ofNullable(BY_URI.get(uri));
  }
}
