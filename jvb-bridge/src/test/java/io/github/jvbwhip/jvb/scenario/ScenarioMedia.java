package io.github.jvbwhip.jvb.scenario;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.EgressMedia;
import io.github.jvbwhip.core.bridge.Feedback;
import io.github.jvbwhip.core.bridge.HeaderExtensionType;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.bridge.NegotiatedExtension;
import io.github.jvbwhip.core.bridge.PlannedEncoding;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What publishers and players of the scenarios have negotiated: VP8 and Opus. */
public final class ScenarioMedia {
  /** The publishers' numbers. */
  public static final int VIDEO = 96;

  public static final int AUDIO = 109;
  static final int RID = 10;
  static final int LEVEL = 3;

  /** The players'. */
  public static final int PLAYERS_VIDEO = 120;

  private static final int PLAYERS_RTX = 121;

  private ScenarioMedia() {}

  /** Sound of that SSRC, with its level. */
  public static IngestMedia audio(long ssrc) {
    return new IngestMedia(
        "a",
        MediaKind.AUDIO,
        List.of(opus(AUDIO)),
        List.of(new NegotiatedExtension(LEVEL, HeaderExtensionType.AUDIO_LEVEL)),
        List.of(known(ssrc)));
  }

  /** One picture of that SSRC. */
  public static IngestMedia video(long ssrc) {
    return video(known(ssrc));
  }

  /** A simulcast whose SSRCs are not told. */
  public static IngestMedia simulcast(String... rids) {
    return video(
        Arrays.stream(rids)
            .map(
                rid ->
                    new PlannedEncoding(
                        Optional.of(rid), OptionalLong.empty(), OptionalLong.empty()))
            .toArray(PlannedEncoding[]::new));
  }

  private static IngestMedia video(PlannedEncoding... encodings) {
    return new IngestMedia(
        "v",
        MediaKind.VIDEO,
        List.of(vp8(VIDEO, OptionalInt.empty())),
        List.of(new NegotiatedExtension(RID, HeaderExtensionType.RID)),
        List.of(encodings));
  }

  private static PlannedEncoding known(long ssrc) {
    return new PlannedEncoding(Optional.empty(), OptionalLong.of(ssrc), OptionalLong.empty());
  }

  /** A player's m-sections: one of sound, one of pictures. */
  public static List<EgressMedia> player() {
    return List.of(
        new EgressMedia("0", MediaKind.AUDIO, List.of(opus(111)), List.of()),
        new EgressMedia(
            "1",
            MediaKind.VIDEO,
            List.of(vp8(PLAYERS_VIDEO, OptionalInt.of(PLAYERS_RTX))),
            List.of()));
  }

  private static NegotiatedCodec vp8(int payloadType, OptionalInt rtx) {
    return new NegotiatedCodec(
        payloadType,
        new Codec(MediaKind.VIDEO, "VP8", 90000, 1, Map.of()),
        rtx,
        EnumSet.of(Feedback.NACK, Feedback.NACK_PLI));
  }

  private static NegotiatedCodec opus(int payloadType) {
    return new NegotiatedCodec(
        payloadType,
        new Codec(MediaKind.AUDIO, "opus", 48000, 2, Map.of()),
        OptionalInt.empty(),
        EnumSet.noneOf(Feedback.class));
  }
}
