package io.github.jvbwhip.jvb.scenario;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.EgressMedia;
import io.github.jvbwhip.core.bridge.Feedback;
import io.github.jvbwhip.core.bridge.HeaderExtensionType;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.LayerSelection;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.bridge.NegotiatedExtension;
import io.github.jvbwhip.core.bridge.PlannedEncoding;
import java.util.ArrayList;
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
  static final int MID = 4;

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

  /** A track among others of its kind, whose packets tell its m-section, and nothing its SSRC. */
  public static IngestMedia track(MediaKind kind, String mid) {
    return new IngestMedia(
        mid,
        kind,
        List.of(kind == MediaKind.AUDIO ? opus(AUDIO) : vp8(VIDEO, OptionalInt.empty())),
        List.of(new NegotiatedExtension(MID, HeaderExtensionType.MID)),
        List.of(new PlannedEncoding(Optional.empty(), OptionalLong.empty(), OptionalLong.empty())));
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
    return player(1, 1);
  }

  /** So many m-sections of sound, then so many of pictures. */
  public static List<EgressMedia> player(int sounds, int pictures) {
    List<EgressMedia> media = new ArrayList<>();
    for (int i = 0; i < sounds + pictures; i++) {
      boolean sound = i < sounds;
      media.add(
          new EgressMedia(
              Integer.toString(i),
              sound ? MediaKind.AUDIO : MediaKind.VIDEO,
              List.of(sound ? opus(111) : vp8(PLAYERS_VIDEO, OptionalInt.of(PLAYERS_RTX))),
              List.of()));
    }
    return media;
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

  /** A player's wish for the encoding of that RID. */
  public static LayerSelection rid(String rid) {
    return new LayerSelection(
        Optional.of(rid),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty());
  }

  /** Three encodings of a picture, the smallest first. */
  public static RtpStream[] encodings() {
    return new RtpStream[] {
      new RtpStream(3001, 150, 0, "l"),
      new RtpStream(3002, 400, 1, "m"),
      new RtpStream(3003, 1000, 2, "h")
    };
  }
}
