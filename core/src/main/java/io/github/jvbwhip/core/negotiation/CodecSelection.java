package io.github.jvbwhip.core.negotiation;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.Feedback;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.codec.CodecType;
import io.github.jvbwhip.core.negotiation.OfferedFormats.Format;
import io.github.jvbwhip.core.sdp.RtpAttribute.Fmtp;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The codecs of one m-section that are accepted, and the parameters to echo.
 *
 * @param codecs in the offer's order; empty when there is nothing in common
 * @param formatParameters for the codecs and their retransmissions, in the same order
 */
record CodecSelection(List<NegotiatedCodec> codecs, List<Fmtp> formatParameters) {
  private static final int VIDEO_CLOCK = 90_000;

  /**
   * Selects what is supported.
   *
   * @param supported whether a codec is supported, RED apart
   * @param red whether RED is
   * @param rtx whether RTX is
   * @param feedback the feedback that is supported
   */
  static CodecSelection of(
      List<Format> formats,
      MediaKind kind,
      Predicate<Codec> supported,
      boolean red,
      boolean rtx,
      Set<Feedback> feedback) {
    Map<Integer, Format> retransmissions = rtx ? retransmissions(formats) : Map.of();
    Map<Integer, Codec> primary = new HashMap<>();
    for (Format format : formats) {
      if (isPrimary(format) && clockFits(format, kind)) {
        Codec codec = format.codec(kind);
        if (supported.test(codec)) {
          primary.put(format.payloadType(), codec);
        }
      }
    }
    List<NegotiatedCodec> codecs = new ArrayList<>();
    List<Fmtp> parameters = new ArrayList<>();
    for (Format format : formats) {
      Codec codec = primary.get(format.payloadType());
      if (codec == null && red && kind == MediaKind.AUDIO && isRedOf(format, primary.keySet())) {
        codec = format.codec(kind);
      }
      if (codec == null) {
        continue;
      }
      Format repair = repair(format, retransmissions);
      Set<Feedback> common = EnumSet.noneOf(Feedback.class);
      common.addAll(format.feedback());
      common.retainAll(feedback);
      codecs.add(
          new NegotiatedCodec(
              format.payloadType(),
              codec,
              repair == null ? OptionalInt.empty() : OptionalInt.of(repair.payloadType()),
              common));
      addParameters(parameters, format);
      addParameters(parameters, repair);
    }
    return new CodecSelection(codecs, parameters);
  }

  private static boolean isPrimary(Format format) {
    return format.type() != CodecType.RED && !format.isRetransmission();
  }

  private static boolean clockFits(Format format, MediaKind kind) {
    return kind == MediaKind.AUDIO || format.map().clockRate() == VIDEO_CLOCK;
  }

  /** Retransmission formats by the payload type that they repeat (RFC 4588 §8.6). */
  private static Map<Integer, Format> retransmissions(List<Format> formats) {
    Map<Integer, Format> result = new HashMap<>();
    for (Format format : formats) {
      Fmtp fmtp = format.fmtp();
      if (format.isRetransmission() && fmtp != null) {
        payloadType(fmtp.parameters().getOrDefault("apt", ""))
            .ifPresent(apt -> result.putIfAbsent(apt, format));
      }
    }
    return result;
  }

  /**
   * Whether all blocks of this RED format are of accepted codecs: {@code 111/111} (RFC 2198 §5).
   */
  private static boolean isRedOf(Format format, Set<Integer> primary) {
    Fmtp fmtp = format.fmtp();
    if (format.type() != CodecType.RED || fmtp == null) {
      return false;
    }
    for (String block : fmtp.text().strip().split("/", -1)) {
      OptionalInt payloadType = payloadType(block);
      if (payloadType.isEmpty() || !primary.contains(payloadType.getAsInt())) {
        return false;
      }
    }
    return true;
  }

  /** What repeats a format has its clock (RFC 4588 §8.6). */
  private static @Nullable Format repair(Format format, Map<Integer, Format> retransmissions) {
    Format repair = retransmissions.get(format.payloadType());
    return repair != null && repair.map().clockRate() == format.map().clockRate() ? repair : null;
  }

  private static OptionalInt payloadType(String digits) {
    boolean number =
        !digits.isEmpty()
            && digits.length() <= 3
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return number ? OptionalInt.of(Integer.parseInt(digits)) : OptionalInt.empty();
  }

  /**
   * Parameters are echoed. A publisher that says that it sends stereo, and not that it wants it, is
   * told to: browsers encode mono unless the answer has {@code stereo=1} (RFC 7587 §7.1).
   */
  private static void addParameters(List<Fmtp> parameters, @Nullable Format format) {
    if (format == null || format.fmtp() == null) {
      return;
    }
    Fmtp fmtp = format.fmtp();
    Map<String, String> values = format.type() == CodecType.OPUS ? fmtp.parameters() : Map.of();
    boolean wantsStereo = "1".equals(values.get("sprop-stereo")) && !values.containsKey("stereo");
    parameters.add(
        wantsStereo ? new Fmtp(fmtp.payloadType(), fmtp.text().strip() + ";stereo=1") : fmtp);
  }
}
