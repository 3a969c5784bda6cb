package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the player's number for what a publisher sends. Pure functions. */
final class CodecPairs {
  private CodecPairs() {}

  /**
   * The player's codec that decodes {@code sent}, the closest first; empty when it has none.
   *
   * <p>Publishers state H264 profiles that they do not keep (OBS always says 42e01f), so that
   * another profile is taken where the same one is missing; another packetization mode likewise,
   * since receivers take all of them. A VP9 or AV1 profile is a matter of bit depth and chroma, and
   * has to be the same.
   */
  static Optional<NegotiatedCodec> counterpart(Codec sent, List<NegotiatedCodec> offered) {
    NegotiatedCodec best = null;
    int bestScore = 0;
    for (NegotiatedCodec candidate : offered) {
      int score = score(sent, candidate.codec());
      if (score > bestScore) {
        best = candidate;
        bestScore = score;
      }
    }
    return Optional.ofNullable(best);
  }

  /** 0: no match. */
  private static int score(Codec sent, Codec offered) {
    if (!sent.is(offered.name())
        || sent.clockRate() != offered.clockRate()
        || sent.channels() != offered.channels()) {
      return 0;
    }
    if (sent.is("H264")) {
      boolean sameMode = same(sent, offered, "packetization-mode", "0");
      return 1 + (sameMode ? 2 : 0) + (profile(sent).equals(profile(offered)) ? 1 : 0);
    }
    if (sent.is("VP9")) {
      return same(sent, offered, "profile-id", "0") ? 1 : 0;
    }
    if (sent.is("AV1")) {
      return same(sent, offered, "profile", "0") ? 1 : 0;
    }
    return 1;
  }

  private static boolean same(Codec a, Codec b, String parameter, String fallback) {
    return a.parameter(parameter, fallback).equals(b.parameter(parameter, fallback));
  }

  /** Profile and constraint flags without the level (RFC 6184 §8.1). */
  private static String profile(Codec codec) {
    String id = codec.parameter("profile-level-id", "42000a").toLowerCase(Locale.ROOT);
    return id.length() >= 4 ? id.substring(0, 4) : id;
  }
}
