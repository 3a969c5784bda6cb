package io.github.jvbwhip.load.client;

import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.CodecSpec;
import io.github.jvbwhip.testpeer.sdp.Extensions;
import io.github.jvbwhip.testpeer.sdp.LocalEncoding;
import io.github.jvbwhip.testpeer.sdp.MediaSpec;
import io.github.jvbwhip.testpeer.sdp.MediaSpec.Direction;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What publishers and players offer. */
final class Offers {
  /** The encodings of an m-section that only receives. */
  static final List<LocalEncoding> NOTHING_SENT = List.of();

  private Offers() {}

  /** Audio where it is wanted, and one picture in any of the codecs. */
  static OfferSpec player(PlayerSettings settings) {
    List<String> feedback = new ArrayList<>(List.of("ccm fir", "nack pli"));
    if (settings.nack()) {
      feedback.add("nack");
    }
    if (settings.feedback() == BandwidthFeedback.REMB) {
      feedback.add("goog-remb");
    } else if (settings.feedback() == BandwidthFeedback.TRANSPORT_CC) {
      feedback.add("transport-cc");
    }
    MediaSpec video = MediaSpec.video(Direction.RECVONLY, settings.codecs().toArray(new Codec[0]));
    MediaSpec asked =
        video.withCodecs(
            video.codecs().stream()
                .map(codec -> codec.withFeedback(feedback.toArray(new String[0])))
                .map(codec -> settings.nack() ? codec : codec.withoutRtx())
                .toArray(CodecSpec[]::new));
    return of(settings.audio(), Direction.RECVONLY, extensions(asked, settings.feedback()));
  }

  /** Audio where it is wanted, and one picture. */
  static OfferSpec publisher(PublisherSettings settings) {
    MediaSpec video = MediaSpec.video(Direction.SENDONLY, settings.codec());
    List<String> rids = settings.rids();
    MediaSpec encoded = rids.isEmpty() ? video : video.withRids(rids.toArray(new String[0]));
    return of(settings.audio(), Direction.SENDONLY, encoded);
  }

  private static OfferSpec of(boolean audio, Direction direction, MediaSpec video) {
    return audio ? OfferSpec.of(MediaSpec.audio(direction), video) : OfferSpec.of(video);
  }

  /** The transport-wide number makes servers expect transport-wide feedback. */
  private static MediaSpec extensions(MediaSpec media, BandwidthFeedback feedback) {
    if (feedback == BandwidthFeedback.TRANSPORT_CC) {
      return media;
    }
    Map<Integer, String> others = new HashMap<>(media.extensions());
    others.values().remove(Extensions.TRANSPORT_CC);
    return media.withExtensions(others);
  }
}
