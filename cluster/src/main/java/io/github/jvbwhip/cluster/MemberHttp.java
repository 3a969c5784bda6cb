package io.github.jvbwhip.cluster;

import io.github.jvbwhip.core.sdp.SdpLimits;
import io.github.jvbwhip.core.session.SessionLimits;
import io.github.jvbwhip.http.config.AuthConfig;
import io.github.jvbwhip.http.config.CorsConfig;
import io.github.jvbwhip.http.config.HttpConfig;
import io.github.jvbwhip.http.config.RateLimitConfig;
import io.github.jvbwhip.http.config.RedirectConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How members are served: not for browsers, and as often as they ask. Stateless. */
final class MemberHttp {
  private static final RateLimitConfig.Rate UNLIMITED = new RateLimitConfig.Rate(0, 1);

  private MemberHttp() {}

  /**
   * Bounds of requests.
   *
   * @param bodyLimit in bytes
   * @param patience of who asks
   */
  static HttpConfig config(int bodyLimit, Duration patience) {
    return new HttpConfig(
        true,
        false,
        HttpConfig.LocationStyle.RELATIVE,
        Optional.empty(),
        bodyLimit,
        SdpLimits.DEFAULT,
        patience.multipliedBy(2),
        new SessionLimits(1, 1, 0, 0, Duration.ZERO, 1),
        Duration.ZERO,
        new CorsConfig(List.of()),
        List.of(),
        false,
        new RedirectConfig(RedirectConfig.When.NEVER, List.of()),
        new AuthConfig(
            List.of(AuthConfig.Mode.NONE),
            false,
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            false),
        new RateLimitConfig(UNLIMITED, UNLIMITED),
        List.of());
  }
}
