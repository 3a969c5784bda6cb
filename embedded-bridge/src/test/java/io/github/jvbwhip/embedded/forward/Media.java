package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.EgressMedia;
import io.github.jvbwhip.core.bridge.Feedback;
import io.github.jvbwhip.core.bridge.HeaderExtensionType;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.bridge.NegotiatedExtension;
import io.github.jvbwhip.core.bridge.PlannedEncoding;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** What publishers and players of the tests negotiated. */
final class Media {
  static final int MID = 4;
  static final int RID = 10;
  static final int REPAIRED_RID = 11;
  static final int ALLOCATION = 9;
  static final int DESCRIPTOR = 12;
  static final int LEVEL = 1;
  static final int TRANSPORT_CC = 3;

  static final int PLAYER_MID = 7;
  static final int PLAYER_LEVEL = 2;
  static final int PLAYER_SEND_TIME = 5;

  private Media() {}

  static Codec video(String name) {
    return new Codec(MediaKind.VIDEO, name, 90000, 1, Map.of());
  }

  static Codec opus() {
    return new Codec(MediaKind.AUDIO, "opus", 48000, 2, Map.of());
  }

  static NegotiatedCodec codec(int payloadType, Codec codec) {
    return new NegotiatedCodec(
        payloadType,
        codec,
        OptionalInt.empty(),
        Set.of(Feedback.NACK, Feedback.NACK_PLI, Feedback.GOOG_REMB));
  }

  static NegotiatedCodec codec(int payloadType, Codec codec, int rtx) {
    return new NegotiatedCodec(
        payloadType,
        codec,
        OptionalInt.of(rtx),
        Set.of(Feedback.NACK, Feedback.NACK_PLI, Feedback.GOOG_REMB));
  }

  static IngestMedia publishedAudio(long ssrc) {
    return publishedAudio(ssrc, new NegotiatedCodec(111, opus(), OptionalInt.empty(), Set.of()));
  }

  static IngestMedia publishedAudio(long ssrc, NegotiatedCodec... codecs) {
    return new IngestMedia(
        "a",
        MediaKind.AUDIO,
        List.of(codecs),
        List.of(
            new NegotiatedExtension(MID, HeaderExtensionType.MID),
            new NegotiatedExtension(LEVEL, HeaderExtensionType.AUDIO_LEVEL)),
        List.of(signalled(ssrc)));
  }

  static IngestMedia publishedVideo(long ssrc, NegotiatedCodec... codecs) {
    return new IngestMedia(
        "v", MediaKind.VIDEO, List.of(codecs), extensions(), List.of(signalled(ssrc)));
  }

  /** One of several videos, whose packets alone tell which one they are of. */
  static IngestMedia track(String mid) {
    return learnt(mid, codec(96, video("VP8")));
  }

  /** One of several sounds, likewise, which does not tell its level. */
  static IngestMedia sound(String mid) {
    return learnt(mid, new NegotiatedCodec(111, opus(), OptionalInt.empty(), Set.of()));
  }

  private static IngestMedia learnt(String mid, NegotiatedCodec codec) {
    return new IngestMedia(
        mid,
        codec.codec().kind(),
        List.of(codec),
        List.of(new NegotiatedExtension(MID, HeaderExtensionType.MID)),
        List.of(new PlannedEncoding(Optional.empty(), OptionalLong.empty(), OptionalLong.empty())));
  }

  static IngestMedia simulcast(List<String> rids, NegotiatedCodec... codecs) {
    return new IngestMedia(
        "v",
        MediaKind.VIDEO,
        List.of(codecs),
        extensions(),
        rids.stream()
            .map(
                rid ->
                    new PlannedEncoding(
                        Optional.of(rid), OptionalLong.empty(), OptionalLong.empty()))
            .toList());
  }

  private static List<NegotiatedExtension> extensions() {
    return List.of(
        new NegotiatedExtension(MID, HeaderExtensionType.MID),
        new NegotiatedExtension(RID, HeaderExtensionType.RID),
        new NegotiatedExtension(REPAIRED_RID, HeaderExtensionType.REPAIRED_RID),
        new NegotiatedExtension(ALLOCATION, HeaderExtensionType.VIDEO_LAYERS_ALLOCATION),
        new NegotiatedExtension(DESCRIPTOR, HeaderExtensionType.DEPENDENCY_DESCRIPTOR));
  }

  private static PlannedEncoding signalled(long ssrc) {
    return new PlannedEncoding(Optional.empty(), OptionalLong.of(ssrc), OptionalLong.empty());
  }

  static EgressMedia playedAudio(String mid) {
    return playedAudio(mid, new NegotiatedCodec(96, opus(), OptionalInt.empty(), Set.of()));
  }

  static EgressMedia playedAudio(String mid, NegotiatedCodec... codecs) {
    return new EgressMedia(
        mid,
        MediaKind.AUDIO,
        List.of(codecs),
        List.of(
            new NegotiatedExtension(PLAYER_MID, HeaderExtensionType.MID),
            new NegotiatedExtension(PLAYER_LEVEL, HeaderExtensionType.AUDIO_LEVEL)));
  }

  static EgressMedia playedVideo(String mid, NegotiatedCodec... codecs) {
    return new EgressMedia(
        mid,
        MediaKind.VIDEO,
        List.of(codecs),
        List.of(
            new NegotiatedExtension(PLAYER_MID, HeaderExtensionType.MID),
            new NegotiatedExtension(PLAYER_SEND_TIME, HeaderExtensionType.ABS_SEND_TIME)));
  }
}
