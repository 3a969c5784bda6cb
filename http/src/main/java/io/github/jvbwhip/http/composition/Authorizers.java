package io.github.jvbwhip.http.composition;

import io.github.jvbwhip.core.bridge.Bridge;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.http.access.Authorizer;
import io.github.jvbwhip.http.access.Everyone;
import io.github.jvbwhip.http.access.FirstOf;
import io.github.jvbwhip.http.access.TokenAuthorizer;
import io.github.jvbwhip.http.access.jwt.JwtAuthorizer;
import io.github.jvbwhip.http.access.webhook.WebhookAuthorizer;
import io.github.jvbwhip.http.config.AuthConfig;
import io.github.jvbwhip.http.config.InvalidConfigException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Makes what decides about callers, as the configuration wants it. */
public final class Authorizers {
  private Authorizers() {}

  /**
   * Who may use a protocol. What it needs is closed with the composition.
   *
   * @param bridge whose rooms the streams of tokens are in
   * @throws InvalidConfigException when a file that the configuration names cannot be used
   */
  public static Authorizer of(AuthConfig config, Bridge bridge, Composition composition)
      throws InvalidConfigException {
    return of(config, bridge::canonical, composition.runtime().clock(), composition::add);
  }

  /**
   * The same.
   *
   * @param canonical of a name that means a room, that by which it is known
   * @param parts takes what is to be closed
   */
  public static Authorizer of(
      AuthConfig config,
      UnaryOperator<RoomName> canonical,
      Clock clock,
      Consumer<AutoCloseable> parts)
      throws InvalidConfigException {
    List<Authorizer> modes = new ArrayList<>();
    for (AuthConfig.Mode mode : config.modes()) {
      modes.add(
          switch (mode) {
            case NONE -> new Everyone();
            case TOKEN -> TokenAuthorizer.of(config.tokens(), config.tokenFile(), canonical, clock);
            case JWT -> {
              JwtAuthorizer jwt =
                  new JwtAuthorizer(
                      config.jwt().orElseThrow(), config.endsWithToken(), canonical, clock);
              parts.accept(jwt);
              yield jwt;
            }
            case WEBHOOK -> new WebhookAuthorizer(config.webhook().orElseThrow(), clock);
          });
    }
    return modes.size() == 1 ? modes.get(0) : new FirstOf(modes);
  }
}
