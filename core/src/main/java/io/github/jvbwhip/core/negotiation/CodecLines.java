package io.github.jvbwhip.core.negotiation;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.Feedback;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.codec.CodecType;
import io.github.jvbwhip.core.sdp.RtpAttribute.Fmtp;
import io.github.jvbwhip.core.sdp.RtpAttribute.RtcpFb;
import io.github.jvbwhip.core.sdp.RtpAttribute.RtpMap;
import io.github.jvbwhip.core.sdp.SdpLine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What codecs come to in an m-section.
 *
 * @param formats for the m-line
 * @param lines the rtpmap, fmtp and rtcp-fb lines, codec by codec
 */
record CodecLines(List<String> formats, List<SdpLine> lines) {
  private static final Feedback[] FEEDBACK = Feedback.values();

  static CodecLines of(List<NegotiatedCodec> codecs, List<Fmtp> formatParameters) {
    Map<Integer, Fmtp> parameters = new HashMap<>();
    formatParameters.forEach(fmtp -> parameters.put(fmtp.payloadType(), fmtp));
    List<String> formats = new ArrayList<>();
    List<SdpLine> lines = new ArrayList<>();
    for (NegotiatedCodec negotiated : codecs) {
      int payloadType = negotiated.payloadType();
      Codec codec = negotiated.codec();
      formats.add(String.valueOf(payloadType));
      lines.add(new RtpMap(payloadType, codec.name(), codec.clockRate(), codec.channels()));
      addParameters(lines, parameters.get(payloadType));
      for (Feedback feedback : FEEDBACK) {
        if (negotiated.feedback().contains(feedback)) {
          lines.add(new RtcpFb(OptionalInt.of(payloadType), feedback.sdpValue()));
        }
      }
      if (negotiated.rtxPayloadType().isPresent()) {
        int repair = negotiated.rtxPayloadType().getAsInt();
        formats.add(String.valueOf(repair));
        lines.add(new RtpMap(repair, CodecType.RTX, codec.clockRate(), 1));
        addParameters(lines, parameters.get(repair));
      }
    }
    return new CodecLines(formats, lines);
  }

  private static void addParameters(List<SdpLine> lines, @Nullable Fmtp fmtp) {
    if (fmtp != null) {
      lines.add(fmtp);
    }
  }
}
