package io.github.jvbwhip.core.text;

import java.util.Locale;

/** How constants are written for people and programs. Stateless. */
public final class Words {
  private Words() {}

  /** In small letters, with hyphens: {@code SESSION_ENDED} is {@code session-ended}. */
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
