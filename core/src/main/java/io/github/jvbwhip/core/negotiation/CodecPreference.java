package io.github.jvbwhip.core.negotiation;

import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.codec.CodecType;
import io.github.jvbwhip.core.negotiation.NegotiationException.Reason;
import io.github.jvbwhip.core.negotiation.Offer.OfferedSection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which codecs a publisher may send, or a player gets, and which it is to prefer. A kind of media
 * of which none is named is not touched.
 *
 * @param named the best first
 * @param others whether all others come after them; else they are left out
 */
public record CodecPreference(List<CodecType> named, boolean others) {
  /** Everything, as the publisher prefers it. */
  public static final CodecPreference NONE = new CodecPreference(List.of(), true);

  private static final String OTHERS = "*";

  public CodecPreference {
    named = List.copyOf(named);
  }

  /**
   * Reads names of codecs in any case, the best first; {@code *} as the last one stands for all
   * others.
   *
   * @throws IllegalArgumentException with a sentence for a person
   */
  public static CodecPreference of(List<String> names) {
    Set<CodecType> named = new LinkedHashSet<>();
    boolean others = false;
    for (String name : names) {
      if (others) {
        throw new IllegalArgumentException("Nothing comes after " + OTHERS + ".");
      }
      others = name.equals(OTHERS);
      CodecType type = CodecType.named(name);
      if (!others && type == CodecType.OTHER) {
        throw new IllegalArgumentException(
            "Name codecs, of " + String.join(", ", known()) + ", or " + OTHERS + " as the last.");
      }
      if (!others) {
        named.add(type);
      }
    }
    return new CodecPreference(List.copyOf(named), others || named.isEmpty());
  }

  private static List<String> known() {
    return Stream.of(CodecType.values())
        .filter(type -> type != CodecType.OTHER)
        .map(type -> type.encodingName().toLowerCase(Locale.ROOT))
        .toList();
  }

  /** The codecs that remain of these, in the order that is preferred. */
  List<NegotiatedCodec> apply(MediaKind kind, List<NegotiatedCodec> codecs) {
    if (named(kind).isEmpty()) {
      return codecs;
    }
    List<NegotiatedCodec> result = new ArrayList<>(codecs);
    result.removeIf(codec -> !others && rank(codec) == named.size());
    result.sort(Comparator.comparingInt(this::rank));
    // Redundant audio is audio of another codec, which has to be there.
    boolean audible = result.stream().anyMatch(c -> CodecType.of(c.codec()) != CodecType.RED);
    return audible ? result : List.of();
  }

  /**
   * The same.
   *
   * @param section they were offered in
   * @throws NegotiationException {@code NO_COMMON_CODEC} where none remains
   */
  List<NegotiatedCodec> apply(MediaKind kind, List<NegotiatedCodec> codecs, OfferedSection section)
      throws NegotiationException {
    List<NegotiatedCodec> result = apply(kind, codecs);
    if (result.isEmpty()) {
      throw new NegotiationException(
          Reason.NO_COMMON_CODEC,
          "Offer at least one of "
              + String.join(", ", CodecType.names(named(kind).toArray(CodecType[]::new)))
              + " in "
              + section.label()
              + ": no other codec is taken here.");
    }
    return result;
  }

  private int rank(NegotiatedCodec codec) {
    int index = named.indexOf(CodecType.of(codec.codec()));
    return index < 0 ? named.size() : index;
  }

  /** Those of that kind that are named. */
  List<CodecType> named(MediaKind kind) {
    return named.stream().filter(type -> type.kind() == kind).toList();
  }
}
