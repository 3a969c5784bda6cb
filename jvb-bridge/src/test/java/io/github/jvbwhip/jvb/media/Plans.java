package io.github.jvbwhip.jvb.media;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.EgressMedia;
import io.github.jvbwhip.core.bridge.HeaderExtensionType;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.bridge.NegotiatedExtension;
import io.github.jvbwhip.core.bridge.PlannedEncoding;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Media as it was negotiated. */
final class Plans {
  static final int MID = 4;
  static final int RID = 10;
  static final int REPAIRED = 9;
  static final int DESCRIPTOR = 12;

  static final ConferenceNumbers CONFERENCE = ConferenceNumbers.usual();

  static final Codec VP8 = new Codec(MediaKind.VIDEO, "VP8", 90000, 1, Map.of());
  static final Codec OPUS = new Codec(MediaKind.AUDIO, "opus", 48000, 2, Map.of());
  static final Codec H264 =
      new Codec(
          MediaKind.VIDEO,
          "H264",
          90000,
          1,
          Map.of("profile-level-id", "42e01f", "packetization-mode", "1"));

  private Plans() {}

  static IngestMedia audio(long ssrc) {
    return new IngestMedia(
        "a", MediaKind.AUDIO, List.of(codec(109, OPUS, -1)), List.of(), List.of(known(ssrc)));
  }

  /** Video as payload type 96, its retransmissions as 97. */
  static IngestMedia video(Codec codec, PlannedEncoding... encodings) {
    return new IngestMedia(
        "v",
        MediaKind.VIDEO,
        List.of(codec(96, codec, 97)),
        List.of(
            new NegotiatedExtension(MID, HeaderExtensionType.MID),
            new NegotiatedExtension(RID, HeaderExtensionType.RID),
            new NegotiatedExtension(REPAIRED, HeaderExtensionType.REPAIRED_RID),
            new NegotiatedExtension(DESCRIPTOR, HeaderExtensionType.DEPENDENCY_DESCRIPTOR)),
        List.of(encodings));
  }

  /** One of several videos with the same payload types. */
  static IngestMedia track(String mid, PlannedEncoding encoding) {
    IngestMedia video = video(VP8, encoding);
    return new IngestMedia(
        mid, video.kind(), video.codecs(), video.extensions(), video.encodings());
  }

  static IngestMedia simulcast(Codec codec, String... rids) {
    return video(
        codec,
        Arrays.stream(rids)
            .map(
                rid ->
                    new PlannedEncoding(
                        Optional.of(rid), OptionalLong.empty(), OptionalLong.empty()))
            .toArray(PlannedEncoding[]::new));
  }

  static PlannedEncoding known(long ssrc) {
    return new PlannedEncoding(Optional.empty(), OptionalLong.of(ssrc), OptionalLong.empty());
  }

  static PlannedEncoding unknown() {
    return new PlannedEncoding(Optional.empty(), OptionalLong.empty(), OptionalLong.empty());
  }

  static NegotiatedCodec codec(int payloadType, Codec codec, int rtx) {
    return new NegotiatedCodec(
        payloadType, codec, rtx < 0 ? OptionalInt.empty() : OptionalInt.of(rtx), Set.of());
  }

  static EgressMedia player(NegotiatedCodec... codecs) {
    return new EgressMedia(
        "0",
        codecs[0].codec().kind(),
        List.of(codecs),
        List.of(
            new NegotiatedExtension(3, HeaderExtensionType.AUDIO_LEVEL),
            new NegotiatedExtension(2, HeaderExtensionType.DEPENDENCY_DESCRIPTOR)));
  }
}
