package io.github.jvbwhip.http.config;

import java.util.List;

/**
 * Which web pages may call.
 *
 * @param allowedOrigins origins such as {@code https://example.org}, or {@code *} for all
 */
public record CorsConfig(List<String> allowedOrigins) {
  public CorsConfig {
    allowedOrigins = List.copyOf(allowedOrigins);
  }

  static CorsConfig read(Section section) throws InvalidConfigException {
    CorsConfig config = new CorsConfig(section.texts("allowed-origins"));
    section.done();
    return config;
  }
}
