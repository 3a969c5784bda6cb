package io.github.jvbwhip.core.negotiation;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.Feedback;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.codec.CodecType;
import io.github.jvbwhip.core.negotiation.NegotiationException.Reason;
import io.github.jvbwhip.core.sdp.MediaDescription;
import io.github.jvbwhip.core.sdp.RtpAttribute.Fmtp;
import io.github.jvbwhip.core.sdp.RtpAttribute.RtcpFb;
import io.github.jvbwhip.core.sdp.RtpAttribute.RtpMap;
import io.github.jvbwhip.core.sdp.SdpLine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an m-section says of each payload type of its m-line. */
final class OfferedFormats {
  private static final int PAYLOAD_TYPES = 128;

  /** Format parameters that a session keeps: more than any codec has, and long enough for all. */
  private static final int MAX_PARAMETERS = 16;

  private static final int MAX_PARAMETER_LENGTH = 1024;

  private static final Map<String, Feedback> FEEDBACK =
      Stream.of(Feedback.values())
          .collect(Collectors.toMap(Feedback::sdpValue, Function.identity()));

  /** The static payload types of RFC 3551 §6 that WebRTC clients offer without an rtpmap. */
  private static final Map<Integer, RtpMap> STATIC =
      Map.of(
          0, fixed(0, CodecType.PCMU),
          8, fixed(8, CodecType.PCMA),
          9, fixed(9, CodecType.G722));

  private static RtpMap fixed(int payloadType, CodecType type) {
    Codec codec = type.usual().get(0);
    return new RtpMap(payloadType, codec.name(), codec.clockRate(), codec.channels());
  }

  /**
   * One payload type.
   *
   * @param type what its encoding name stands for, whatever the kind of media
   * @param fmtp its parameters, where there are any
   */
  record Format(
      int payloadType, RtpMap map, CodecType type, @Nullable Fmtp fmtp, Set<Feedback> feedback) {

    /** Whether it repeats packets of another one (RFC 4588). */
    boolean isRetransmission() {
      return type == CodecType.OTHER && map.encoding().equalsIgnoreCase(CodecType.RTX);
    }

    /**
     * The format without its number. The parameters of RED name payload types, and so are no part
     * of it; nor are those that no codec has, which a session would keep.
     */
    Codec codec(MediaKind kind) {
      Map<String, String> parameters =
          fmtp == null || type == CodecType.RED ? Map.of() : bounded(fmtp.parameters());
      return new Codec(kind, map.encoding(), map.clockRate(), map.channels(), parameters);
    }
  }

  private OfferedFormats() {}

  private static Map<String, String> bounded(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .filter(each -> each.getKey().length() + each.getValue().length() <= MAX_PARAMETER_LENGTH)
        .limit(MAX_PARAMETERS)
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /**
   * The formats in the m-line's order, each once; those without an rtpmap are left out.
   *
   * @param rules whether Opus may lack its number of channels
   * @throws NegotiationException {@code MALFORMED} when the m-line has something else than payload
   *     types
   */
  static List<Format> of(MediaDescription section, NegotiationRules rules)
      throws NegotiationException {
    @Nullable RtpMap[] maps = new RtpMap[PAYLOAD_TYPES];
    @Nullable Fmtp[] fmtps = new Fmtp[PAYLOAD_TYPES];
    List<RtcpFb> feedback = new ArrayList<>();
    for (SdpLine line : section.lines()) {
      if (line instanceof RtpMap map) {
        maps[map.payloadType()] =
            rules.allows(Leniency.OPUS_WITHOUT_CHANNELS) ? withChannels(map) : map;
      } else if (line instanceof Fmtp fmtp) {
        fmtps[fmtp.payloadType()] = fmtp;
      } else if (line instanceof RtcpFb fb) {
        feedback.add(fb);
      }
    }
    List<Set<Feedback>> feedbacks = feedbackByPayloadType(feedback);
    List<Format> formats = new ArrayList<>();
    boolean[] seen = new boolean[PAYLOAD_TYPES];
    for (String token : section.formats()) {
      int payloadType = payloadType(token);
      RtpMap map = maps[payloadType] != null ? maps[payloadType] : STATIC.get(payloadType);
      if (map != null && !seen[payloadType]) {
        seen[payloadType] = true;
        formats.add(
            new Format(
                payloadType,
                map,
                CodecType.named(map.encoding()),
                fmtps[payloadType],
                feedbacks.get(payloadType)));
      }
    }
    return formats;
  }

  private static RtpMap withChannels(RtpMap map) {
    boolean incomplete =
        map.clockRate() == 48_000
            && map.channels() == 1
            && CodecType.named(map.encoding()) == CodecType.OPUS;
    return incomplete ? new RtpMap(map.payloadType(), map.encoding(), 48_000, 2) : map;
  }

  /** By payload type; what is said of all ({@code *}) is added to each. */
  private static List<Set<Feedback>> feedbackByPayloadType(List<RtcpFb> lines) {
    Set<Feedback> all = EnumSet.noneOf(Feedback.class);
    List<Set<Feedback>> result = new ArrayList<>(Collections.nCopies(PAYLOAD_TYPES, all));
    for (RtcpFb line : lines) {
      Feedback feedback = FEEDBACK.get(line.feedback());
      if (feedback != null && line.payloadType().isEmpty()) {
        all.add(feedback);
      }
    }
    for (RtcpFb line : lines) {
      Feedback feedback = FEEDBACK.get(line.feedback());
      if (feedback != null && line.payloadType().isPresent()) {
        int payloadType = line.payloadType().getAsInt();
        Set<Feedback> own = result.get(payloadType);
        if (own == all) {
          own = EnumSet.copyOf(all);
          result.set(payloadType, own);
        }
        own.add(feedback);
      }
    }
    return result;
  }

  private static int payloadType(String token) throws NegotiationException {
    int value = -1;
    if (token.length() <= 3 && token.chars().allMatch(c -> c >= '0' && c <= '9')) {
      value = Integer.parseInt(token);
    }
    if (value < 0 || value >= PAYLOAD_TYPES) {
      throw new NegotiationException(
          Reason.MALFORMED, "The formats of an RTP m-line are payload types, 0 to 127.");
    }
    return value;
  }
}
