package io.github.jvbwhip.http;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.github.jvbwhip.http.access.Action;
import io.github.jvbwhip.http.access.ByAction;
import io.github.jvbwhip.http.composition.Authorizers;
import io.github.jvbwhip.http.config.HttpConfig;
import io.github.jvbwhip.http.config.InvalidConfigException;
import io.github.jvbwhip.http.config.Section;
import io.github.jvbwhip.http.resources.Router;
import io.github.jvbwhip.http.resources.SignallingServlet;
import io.github.jvbwhip.http.runtime.PostListener;
import io.github.jvbwhip.http.runtime.ServerRuntime;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Configurations for tests of this module: quiet defaults, and what a test changes. */
public final class HttpConfigs {
  static final String DEFAULTS =
      """
      enabled = true
      strict = false
      location = relative
      public-url = ""
      body-limit = 64 KiB
      sdp-limits { line-length = 100, sections = 9, section-lines = 50, candidates = 8 }
      request-timeout = 5 seconds
      max-sessions = 10
      max-sessions-per-room = 10
      max-connecting-per-address = 0
      max-sessions-per-address = 0
      max-session-time = 0
      tombstone-time = 2 minutes
      cors { allowed-origins = [ "*" ] }
      ice-servers = []
      ice-servers-on-options = true
      redirect { when = never, targets = [] }
      auth {
        mode = [], tokens = [], token-file = "", query-token = false, end-with-token = false
        jwt {
          secret = "", public-key = "", jwks-url = "", key-server = ""
          algorithms = [], issuers = [], audiences = [], subject = "", skew = 30 seconds
        }
        webhook { url = "", timeout = 3 seconds, cache = 0, headers = [], secret = "" }
      }
      trusted-proxies = []
      rate-limit { requests-per-second = 0, burst = 1, room { requests-per-second = 0, burst = 1 } }
      """;

  private HttpConfigs() {}

  /** The defaults with these changes. */
  public static HttpConfig with(String changes) throws InvalidConfigException {
    Config config =
        ConfigFactory.parseString(changes)
            .withFallback(ConfigFactory.parseString(DEFAULTS))
            .resolve();
    Section section = new Section(config, "test");
    HttpConfig result = HttpConfig.read(section);
    section.done();
    return result;
  }

  /** A servlet whose tokens are those of the configuration. */
  public static SignallingServlet servlet(
      Router router,
      String changes,
      ServerRuntime runtime,
      PostListener.@Nullable Protocol protocol)
      throws InvalidConfigException {
    HttpConfig config = with(changes);
    return new SignallingServlet(
        router,
        config,
        new ByAction(
            Map.of(
                Action.WATCH,
                Authorizers.of(
                    config.auth(), UnaryOperator.identity(), runtime.clock(), part -> {}))),
        runtime,
        protocol);
  }
}
