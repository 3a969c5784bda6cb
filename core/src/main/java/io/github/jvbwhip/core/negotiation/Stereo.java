package io.github.jvbwhip.core.negotiation;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.codec.CodecType;
import io.github.jvbwhip.core.sdp.RtpAttribute.Fmtp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tells players of stereo. Opus has one rtpmap for one channel and for two: which it is say {@code
 * sprop-stereo}, of what is sent, and {@code stereo}, of what is wanted (RFC 7587 §6.1).
 */
final class Stereo {
  private static final String SENT = "sprop-stereo";
  private static final String WANTED = "stereo";

  private Stereo() {}

  /**
   * Whether one of the published codecs is in stereo: its publisher says that it sends it, or it
   * was told that it may.
   */
  static boolean isPublished(List<Codec> published) {
    return published.stream()
        .filter(codec -> CodecType.of(codec) == CodecType.OPUS)
        .anyMatch(c -> c.parameter(SENT, "").equals("1") || c.parameter(WANTED, "").equals("1"));
  }

  /** The codec as it is offered when stereo comes. */
  static Codec offered(Codec codec) {
    if (CodecType.of(codec) != CodecType.OPUS) {
      return codec;
    }
    Map<String, String> parameters = new TreeMap<>(codec.parameters());
    parameters.put(WANTED, "1");
    parameters.put(SENT, "1");
    return new Codec(codec.kind(), codec.name(), codec.clockRate(), codec.channels(), parameters);
  }

  /** The parameters to answer with when stereo comes: what the player says of itself stays. */
  static List<Fmtp> answered(CodecSelection selection) {
    Map<Integer, Fmtp> echoed = new HashMap<>();
    selection.formatParameters().forEach(fmtp -> echoed.put(fmtp.payloadType(), fmtp));
    List<Fmtp> result = new ArrayList<>(selection.formatParameters());
    for (NegotiatedCodec codec : selection.codecs()) {
      if (CodecType.of(codec.codec()) == CodecType.OPUS) {
        Fmtp echo = echoed.get(codec.payloadType());
        result.remove(echo);
        result.add(answered(echo == null ? new Fmtp(codec.payloadType(), "") : echo));
      }
    }
    return result;
  }

  private static Fmtp answered(Fmtp echo) {
    Map<String, String> parameters = echo.parameters();
    List<String> parts = new ArrayList<>();
    if (!parameters.isEmpty()) {
      parts.add(echo.text().strip());
    }
    for (String name : List.of(WANTED, SENT)) {
      if (!parameters.containsKey(name)) {
        parts.add(name + "=1");
      }
    }
    return new Fmtp(echo.payloadType(), String.join(";", parts));
  }
}
