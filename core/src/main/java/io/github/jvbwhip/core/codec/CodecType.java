package io.github.jvbwhip.core.codec;

import static io.github.jvbwhip.core.bridge.MediaKind.AUDIO;
import static io.github.jvbwhip.core.bridge.MediaKind.VIDEO;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.rtp.payload.KeyframeDetector;
import io.github.jvbwhip.core.rtp.payload.ParameterSets;
import io.github.jvbwhip.core.rtp.payload.SequenceHeader;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The table of codecs. Everything that depends on which codec it is asks here, or switches over
 * these constants: encoding names are compared nowhere else.
 */
public enum CodecType {
  OPUS(
      AUDIO,
      "opus",
      48_000,
      2,
      PayloadForm.PLAIN,
      KeyframeDetector.EVERY_PACKET,
      111,
      "minptime=10;useinbandfec=1"),
  /** Surround sound in several streams of Opus, as browsers know it. */
  MULTIOPUS(
      AUDIO,
      "multiopus",
      48_000,
      6,
      PayloadForm.PLAIN,
      KeyframeDetector.EVERY_PACKET,
      115,
      "channel_mapping=0,4,1,2,3,5;num_streams=4;coupled_streams=2"),
  /** Redundant audio (RFC 2198). The same name under video is part of ULPFEC: {@link #OTHER}. */
  RED(AUDIO, "red", 48_000, 2, PayloadForm.REDUNDANT, KeyframeDetector.EVERY_PACKET, -1, ""),
  PCMU(AUDIO, "PCMU", 8000, 1, PayloadForm.PLAIN, KeyframeDetector.EVERY_PACKET, 0, ""),
  PCMA(AUDIO, "PCMA", 8000, 1, PayloadForm.PLAIN, KeyframeDetector.EVERY_PACKET, 8, ""),
  G722(AUDIO, "G722", 8000, 1, PayloadForm.PLAIN, KeyframeDetector.EVERY_PACKET, -1, ""),
  VP8(VIDEO, "VP8", 90_000, 1, PayloadForm.PICTURE_IDS, KeyframeDetector.VP8, 100, ""),
  VP9(
      VIDEO,
      "VP9",
      90_000,
      1,
      PayloadForm.LAYER_IDS,
      KeyframeDetector.VP9,
      101,
      "profile-id=0",
      "profile-id=2"),
  H264(
      VIDEO,
      "H264",
      90_000,
      1,
      PayloadForm.PARAMETER_SETS,
      KeyframeDetector.H264,
      107,
      "profile-level-id=42e01f;packetization-mode=1;level-asymmetry-allowed=1",
      "profile-level-id=4d001f;packetization-mode=1;level-asymmetry-allowed=1",
      "profile-level-id=64001f;packetization-mode=1;level-asymmetry-allowed=1"),
  H265(
      VIDEO,
      "H265",
      90_000,
      1,
      PayloadForm.PARAMETER_SETS,
      KeyframeDetector.H265,
      105,
      "profile-id=1;tier-flag=0;level-id=93"),
  AV1(
      VIDEO,
      "AV1",
      90_000,
      1,
      PayloadForm.DESCRIBED,
      KeyframeDetector.AV1,
      41,
      "profile=0;level-idx=5;tier=0"),
  /** What is not in the table: forwarded as it is, where a bridge takes it at all. */
  OTHER(AUDIO, "", 1, 1, PayloadForm.PLAIN, KeyframeDetector.EVERY_PACKET, -1);

  /** No codec of its own: retransmissions of another payload type (RFC 4588 §8). */
  public static final String RTX = "rtx";

  private static final int NONE = -1;

  /** RFC 3551 §6, by what is assigned today. */
  private static final int FIRST_DYNAMIC = 35;

  private final MediaKind kind;
  private final String encodingName;
  private final PayloadForm payload;
  private final KeyframeDetector keyframes;
  private final int canonicalPayloadType;
  private final List<Codec> usual;

  CodecType(
      MediaKind kind,
      String encodingName,
      int clockRate,
      int channels,
      PayloadForm payload,
      KeyframeDetector keyframes,
      int canonicalPayloadType,
      String... usualParameters) {
    this.kind = kind;
    this.encodingName = encodingName;
    this.payload = payload;
    this.keyframes = keyframes;
    this.canonicalPayloadType = canonicalPayloadType;
    usual =
        Stream.of(usualParameters)
            .map(text -> new Codec(kind, encodingName, clockRate, channels, parameters(text)))
            .toList();
  }

  /** The type of a codec, by its kind and its encoding name in any case. */
  public static CodecType of(Codec codec) {
    CodecType type = named(codec.name());
    return type.kind == codec.kind() ? type : OTHER;
  }

  /** The type of an encoding name of an rtpmap, in any case. */
  public static CodecType named(String encodingName) {
    for (CodecType type : TABLE) {
      if (type.encodingName.equalsIgnoreCase(encodingName)) {
        return type;
      }
    }
    return OTHER;
  }

  private static final CodecType[] TABLE = values();

  /** The encoding names of these. */
  public static List<String> names(CodecType... types) {
    return Stream.of(types).map(CodecType::encodingName).toList();
  }

  /** The name of a codec, in the spelling of this table. */
  public static String nameOf(Codec codec) {
    CodecType type = of(codec);
    return type == OTHER ? codec.name() : type.encodingName;
  }

  /** The name as it is registered. */
  public String encodingName() {
    return encodingName;
  }

  /** What it encodes; of {@link #OTHER} that means nothing. */
  public MediaKind kind() {
    return kind;
  }

  /** What its payload is like to one who forwards it. */
  public PayloadForm payload() {
    return payload;
  }

  /** Finds the packets at which a receiver can start to decode. */
  public KeyframeDetector keyframes() {
    return keyframes;
  }

  /**
   * What is known of the parameter sets of a stream that begins, where the codec has such; else
   * null.
   *
   * @param parameters the publisher's format parameters
   */
  public @Nullable ParameterSets parameterSets(Map<String, String> parameters) {
    return switch (this) {
      case H264 -> ParameterSets.h264(parameters);
      case H265 -> ParameterSets.h265(parameters);
      default -> null;
    };
  }

  /** What is known of the sequence header of a stream that begins, where the codec has such. */
  public @Nullable SequenceHeader sequenceHeader() {
    return this == AV1 ? new SequenceHeader() : null;
  }

  /** The payload type that Jicofo gives it, or the plugin where Jicofo does not know it. */
  public OptionalInt canonicalPayloadType() {
    return canonicalPayloadType == NONE
        ? OptionalInt.empty()
        : OptionalInt.of(canonicalPayloadType);
  }

  /** The payload type that RFC 3551 §6 gives it: needs no rtpmap. */
  public OptionalInt staticPayloadType() {
    return canonicalPayloadType >= FIRST_DYNAMIC ? OptionalInt.empty() : canonicalPayloadType();
  }

  /** The formats to offer when nobody has named parameters, best first. */
  public List<Codec> usual() {
    return usual;
  }

  private static Map<String, String> parameters(String text) {
    Map<String, String> result = new TreeMap<>();
    for (String parameter : text.split(";")) {
      int equals = parameter.indexOf('=');
      if (equals > 0) {
        result.put(parameter.substring(0, equals), parameter.substring(equals + 1));
      }
    }
    return result;
  }
}
