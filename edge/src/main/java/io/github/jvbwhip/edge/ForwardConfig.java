package io.github.jvbwhip.edge;

import io.github.jvbwhip.http.config.InvalidConfigException;
import io.github.jvbwhip.http.config.Section;
import io.github.jvbwhip.http.config.StreamPattern;
import java.util.Optional;

/**
 * A WHIP server to which what is published here is published too.
 *
 * @param streams which
 * @param whip where
 * @param token a bearer token; a secret, which {@link #toString} leaves out
 */
public record ForwardConfig(StreamPattern streams, UrlTemplate whip, Optional<String> token) {
  static ForwardConfig read(Section section) throws InvalidConfigException {
    ForwardConfig config =
        new ForwardConfig(
            ConfigKeys.pattern(section, "streams"),
            ConfigKeys.template(section, "whip"),
            ConfigKeys.token(section));
    section.done();
    return config;
  }

  @Override
  public String toString() {
    return "ForwardConfig[" + streams + "]";
  }
}
