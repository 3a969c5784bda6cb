package io.github.jvbwhip.core.negotiation;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.codec.CodecType;
import java.util.List;
import java.util.Optional;

/**
 * Tells which of a client's formats can carry a publisher's codec. Pure; made for set-up, not for
 * the packet path.
 */
public final class CodecMatcher {
  private static final int OPUS_CLOCK = 48_000;

  private CodecMatcher() {}

  /** How well a receiver's format fits what is sent; each is better than those after it. */
  public enum Fit {
    /** The same format: name, clock, channels, profile, packetization. */
    EXACT,
    /** A decoder of the receiver's profile decodes what is sent. */
    DECODES,
    /**
     * H264 of the same packetization mode and another profile: decoders take more than they say,
     * and encoders send other profiles than they say (OBS).
     */
    SAME_PACKETIZATION,
    /** Any other H264: as above, and receivers unpack every mode. */
    SAME_CODEC,
    /** Not to be sent. */
    NONE;

    /** Whether it can be sent at all. */
    public boolean usable() {
      return this != NONE;
    }
  }

  /**
   * Compares what is sent with what a receiver accepts.
   *
   * @param sent the publisher's codec
   * @param accepted the receiver's
   */
  public static Fit fit(Codec sent, Codec accepted) {
    boolean sameCodec =
        sent.kind() == accepted.kind()
            && sent.is(accepted.name())
            && sent.clockRate() == accepted.clockRate()
            && sent.channels() == accepted.channels();
    if (!sameCodec) {
      return Fit.NONE;
    }
    return switch (CodecType.of(sent)) {
      case H264 -> h264(sent, accepted);
      case VP9 -> exact(sameParameter(sent, accepted, "profile-id", "0"));
      case AV1 -> atLeast(sent, accepted, "profile", "0");
      case H265 -> h265(sent, accepted);
      case MULTIOPUS ->
          exact(
              sameParameter(sent, accepted, "channel_mapping", "")
                  && sameParameter(sent, accepted, "num_streams", "")
                  && sameParameter(sent, accepted, "coupled_streams", ""));
      default -> Fit.EXACT;
    };
  }

  private static Fit exact(boolean same) {
    return same ? Fit.EXACT : Fit.NONE;
  }

  /** Whether both are the same format, whatever their numbers and their other parameters. */
  public static boolean sameFormat(Codec a, Codec b) {
    return fit(a, b) == Fit.EXACT;
  }

  /** The best fit for what is sent; of equally good ones the first. */
  public static Optional<NegotiatedCodec> best(Codec sent, List<NegotiatedCodec> accepted) {
    NegotiatedCodec best = null;
    Fit bestFit = Fit.NONE;
    for (NegotiatedCodec candidate : accepted) {
      Fit fit = fit(sent, candidate.codec());
      if (fit.compareTo(bestFit) < 0) {
        best = candidate;
        bestFit = fit;
      }
    }
    return Optional.ofNullable(best);
  }

  /** Whether the codec has the clock and channels that its payload format fixes. */
  static boolean isWellFormed(Codec codec) {
    return switch (CodecType.of(codec)) {
      case OPUS -> codec.clockRate() == OPUS_CLOCK && codec.channels() == 2;
      case MULTIOPUS -> codec.clockRate() == OPUS_CLOCK;
      default -> true;
    };
  }

  private static Fit h264(Codec sent, Codec accepted) {
    if (!sameParameter(sent, accepted, "packetization-mode", "0")) {
      return Fit.SAME_CODEC;
    }
    H264Profile sentProfile = H264Profile.of(sent);
    H264Profile acceptedProfile = H264Profile.of(accepted);
    if (sentProfile == acceptedProfile) {
      return Fit.EXACT;
    }
    return acceptedProfile.decodes(sentProfile) ? Fit.DECODES : Fit.SAME_PACKETIZATION;
  }

  /** RFC 7798 §7.1: Main (1) is part of Main 10 (2), and the main tier of the high one. */
  private static Fit h265(Codec sent, Codec accepted) {
    if (!sameParameter(sent, accepted, "tx-mode", "SRST")) {
      return Fit.NONE;
    }
    Fit profile = sameParameter(sent, accepted, "profile-id", "1") ? Fit.EXACT : Fit.NONE;
    if (profile == Fit.NONE
        && sent.parameter("profile-id", "1").equals("1")
        && accepted.parameter("profile-id", "1").equals("2")) {
      profile = Fit.DECODES;
    }
    Fit tier = atLeast(sent, accepted, "tier-flag", "0");
    return profile.compareTo(tier) > 0 ? profile : tier;
  }

  /** Parameters whose higher values include the lower ones. */
  private static Fit atLeast(Codec sent, Codec accepted, String key, String fallback) {
    String a = sent.parameter(key, fallback);
    String b = accepted.parameter(key, fallback);
    if (a.equals(b)) {
      return Fit.EXACT;
    }
    boolean digits = isDigit(a) && isDigit(b);
    return digits && a.compareTo(b) < 0 ? Fit.DECODES : Fit.NONE;
  }

  private static boolean isDigit(String text) {
    return text.length() == 1 && text.charAt(0) >= '0' && text.charAt(0) <= '9';
  }

  private static boolean sameParameter(Codec a, Codec b, String key, String fallback) {
    return a.parameter(key, fallback).equalsIgnoreCase(b.parameter(key, fallback));
  }
}
