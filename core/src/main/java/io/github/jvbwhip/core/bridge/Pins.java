package io.github.jvbwhip.core.bridge;

import java.text.Normalizer;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a name in a player's URL means in a room. Pure functions. */
public final class Pins {
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern OTHERS = Pattern.compile("[^a-z0-9]+");
  private static final Pattern ENDS = Pattern.compile("^-|-$");

  /** Letters that are no letter with a mark. */
  private static final Map<String, String> LETTERS =
      Map.of("ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "đ", "d", "ł", "l", "þ", "th", "ı", "i");

  private Pins() {}

  /**
   * The stream of that name; else the one that has a video source of that name, with it alone; else
   * the one whose sender people call so. Of several people who are called alike, one who sends.
   */
  public static <S extends Pinnable<S>> Optional<S> find(List<S> streams, StreamName pinned) {
    return streams.stream()
        .filter(stream -> stream.name().equals(pinned))
        .findFirst()
        .or(
            () ->
                streams.stream()
                    .filter(stream -> stream.hasVideo(pinned.value()))
                    .findFirst()
                    .map(stream -> stream.only(pinned.value())))
        .or(() -> called(streams, inUrl(pinned.value())));
  }

  /** Whatever the order, the same one. */
  private static <S extends Pinnable<S>> Optional<S> called(List<S> streams, String name) {
    return streams.stream()
        .filter(stream -> stream.displayName().map(Pins::inUrl).equals(Optional.of(name)))
        .filter(stream -> !name.isEmpty())
        .min(
            Comparator.comparing((S stream) -> !stream.isLive())
                .thenComparing(stream -> stream.name().value()));
  }

  /**
   * A display name as it stands in a URL: lower case, Latin letters without their marks, digits,
   * and one {@code -} for whatever is between them: "Jörg O'Neill" is {@code jorg-o-neill}. Empty
   * for a name of which nothing is left.
   */
  public static String inUrl(String displayName) {
    String plain =
        MARKS
            .matcher(
                Normalizer.normalize(displayName.toLowerCase(Locale.ROOT), Normalizer.Form.NFKD))
            .replaceAll("");
    for (Map.Entry<String, String> letter : LETTERS.entrySet()) {
      plain = plain.replace(letter.getKey(), letter.getValue());
    }
    return ENDS.matcher(OTHERS.matcher(plain).replaceAll("-")).replaceAll("");
  }
}
