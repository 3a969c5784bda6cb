package io.github.jvbwhip.jvb.media;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.HeaderExtensionType;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.codec.CodecType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The numbers that all packets of one conference have inside the bridge, which forwards them as
 * they are. Whoever makes the conference decides them, and all its clients of other numbers are
 * mapped to these. Made once per conference, immutable.
 *
 * @param payloadTypes what a codec is sent with; those that are not there are not forwarded
 * @param extensions the ids; those extensions that are not there end at the bridge
 */
public record ConferenceNumbers(
    Map<CodecType, Integer> payloadTypes, Map<HeaderExtensionType, Integer> extensions) {
  /** The extensions that the bridge forwards; the others end at it. */
  public static final Set<HeaderExtensionType> FORWARDED = usual().extensions().keySet();

  private static final int NOT_NUMBERED = 0;

  public ConferenceNumbers {
    payloadTypes = Map.copyOf(payloadTypes);
    extensions = Map.copyOf(extensions);
  }

  /**
   * For a conference that the plugin makes: what Jicofo gives to its clients, and some of our own
   * for what it does not know.
   */
  public static ConferenceNumbers usual() {
    Map<CodecType, Integer> payloadTypes = new EnumMap<>(CodecType.class);
    for (CodecType type : CodecType.values()) {
      type.canonicalPayloadType().ifPresent(number -> payloadTypes.put(type, number));
    }
    return new ConferenceNumbers(
        payloadTypes,
        Map.of(
            HeaderExtensionType.AUDIO_LEVEL, 1,
            HeaderExtensionType.DEPENDENCY_DESCRIPTOR, 11,
            HeaderExtensionType.VIDEO_ORIENTATION, 13));
  }

  /** These, and of the others the payload types of further codecs, as far as those are free. */
  public ConferenceNumbers completedBy(ConferenceNumbers others) {
    Map<CodecType, Integer> all = new EnumMap<>(CodecType.class);
    all.putAll(payloadTypes);
    others.payloadTypes.forEach(
        (type, number) -> {
          if (!payloadTypes.containsValue(number)) {
            all.putIfAbsent(type, number);
          }
        });
    return new ConferenceNumbers(all, extensions);
  }

  /** Whether packets of those numbers are what they are here, with the same extensions. */
  public boolean cover(ConferenceNumbers others) {
    return payloadTypes.entrySet().containsAll(others.payloadTypes.entrySet())
        && extensions.equals(others.extensions);
  }

  /** The payload type of that codec; empty when it has none here. */
  public OptionalInt payloadType(Codec codec) {
    Integer number = payloadTypes.get(CodecType.of(codec));
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }

  /**
   * What a publisher can send here of what it has offered: its codecs that have a number.
   *
   * @throws BridgeException when an m-section has none; RED alone is none
   */
  public List<IngestMedia> taken(List<IngestMedia> offered) throws BridgeException {
    List<IngestMedia> taken = new ArrayList<>();
    for (IngestMedia section : offered) {
      List<NegotiatedCodec> codecs =
          section.codecs().stream().filter(c -> payloadType(c.codec()).isPresent()).toList();
      if (codecs.stream().allMatch(c -> CodecType.of(c.codec()) == CodecType.RED)) {
        throw new BridgeException(BridgeException.Reason.NO_COMMON_CODEC, missing(section));
      }
      taken.add(section.withCodecs(codecs));
    }
    return taken;
  }

  private String missing(IngestMedia section) {
    List<String> codecs = names(section.kind());
    return codecs.isEmpty()
        ? "Leave the m-section of mid %s out: this room takes no %s."
            .formatted(section.mid(), section.kind().sdpName())
        : "Offer at least one of %s in the m-section of mid %s: this room takes no other codec."
            .formatted(String.join(", ", codecs), section.mid());
  }

  private List<String> names(MediaKind kind) {
    return CodecType.names(
        payloadTypes.keySet().stream()
            .filter(type -> type.kind() == kind && type != CodecType.RED)
            .sorted()
            .toArray(CodecType[]::new));
  }

  /** The id of that extension; empty for those that end at the bridge. */
  public OptionalInt extension(HeaderExtensionType type) {
    Integer id = extensions.get(type);
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /** The id of the dependency descriptor, or 0. */
  public int descriptorId() {
    return extension(HeaderExtensionType.DEPENDENCY_DESCRIPTOR).orElse(NOT_NUMBERED);
  }
}
