package io.github.jvbwhip.soak;

import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;

/** What clients offer. */
final class Offers {
  private Offers() {}

  static OfferSpec publisher(Codec codec, boolean simulcast) {
    return simulcast
        ? OfferSpec.simulcastPublisher(codec, "q", "h", "f")
        : OfferSpec.publisher(codec);
  }

  static OfferSpec player() {
    return OfferSpec.player(Codec.VP8, Codec.H264, Codec.VP9, Codec.AV1);
  }
}
