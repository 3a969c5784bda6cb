package io.github.jvbwhip.http.config;

import java.util.List;

/**
 * Where new sessions are sent instead (RFC 9725 §4.5).
 *
 * @param when which new sessions are redirected
 * @param targets endpoint URLs of other servers, without a room: {@code https://b.example.org/whip}
 */
public record RedirectConfig(When when, List<String> targets) {

  /** Which new sessions are redirected. */
  public enum When {
    NEVER,
    /** Those that this server cannot take: draining, overloaded, or full. */
    OVERLOADED,
    ALWAYS
  }

  public RedirectConfig {
    targets = List.copyOf(targets);
  }

  static RedirectConfig read(Section section) throws InvalidConfigException {
    RedirectConfig config =
        new RedirectConfig(section.choice("when", When.class), section.texts("targets"));
    if (!config.targets.stream().allMatch(RedirectConfig::isTarget)) {
      throw section.wrong("targets", "a list of http or https URLs without a query");
    }
    if (config.when != When.NEVER && config.targets.isEmpty()) {
      throw section.wrong("targets", "a list with at least one URL when redirects are on");
    }
    section.done();
    return config;
  }

  private static boolean isTarget(String text) {
    return HttpUrls.parse(text).filter(HttpUrls::isRoot).isPresent();
  }
}
