package io.github.jvbwhip.http.config;

import io.github.jvbwhip.core.negotiation.CodecPreference;

/** Reads which codecs there are to be. */
public final class CodecPreferences {
  private CodecPreferences() {}

  /** The key {@code codecs} of a section. */
  public static CodecPreference read(Section section) throws InvalidConfigException {
    try {
      return CodecPreference.of(section.texts("codecs"));
    } catch (IllegalArgumentException e) {
      throw section.wrong("codecs", "a list of codecs such as [ \"h264\", \"opus\" ]");
    }
  }
}
