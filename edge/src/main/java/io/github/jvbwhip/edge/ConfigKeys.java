package io.github.jvbwhip.edge;

import io.github.jvbwhip.http.config.InvalidConfigException;
import io.github.jvbwhip.http.config.Section;
import io.github.jvbwhip.http.config.StreamPattern;
import java.util.Optional;

/** What entries of both lists have. */
final class ConfigKeys {
  private ConfigKeys() {}

  /** Which rooms and streams; all of them where nothing is said. */
  static StreamPattern pattern(Section section, String key) throws InvalidConfigException {
    if (!section.has(key)) {
      return StreamPattern.ALL;
    }
    return section
        .text(key)
        .flatMap(StreamPattern::of)
        .orElseThrow(() -> section.wrong(key, "a pattern such as *, team-* or room/stream"));
  }

  static UrlTemplate template(Section section, String key) throws InvalidConfigException {
    return section
        .text(key)
        .flatMap(UrlTemplate::of)
        .orElseThrow(() -> section.wrong(key, "a URL such as https://example.org/whep/{room}"));
  }

  static Optional<String> token(Section section) throws InvalidConfigException {
    Optional<String> token = section.has("token") ? section.text("token") : Optional.empty();
    if (token.isPresent() && !token.get().matches("[\\x21-\\x7e]+")) {
      throw section.wrong("token", "a token of visible ASCII characters");
    }
    return token;
  }
}
