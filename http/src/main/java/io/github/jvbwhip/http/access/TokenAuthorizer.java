package io.github.jvbwhip.http.access;

import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.text.Sha256;
import io.github.jvbwhip.http.config.InvalidConfigException;
import io.github.jvbwhip.http.config.StreamPattern;
import io.github.jvbwhip.http.config.TokenGrant;
import io.github.jvbwhip.http.problems.ProblemException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Tokens of a list, each good for the rooms and streams of its grant. Keeps and compares digests,
 * each time all. Thread-safe, if the list is.
 */
public final class TokenAuthorizer implements Authorizer {
  private static final String KIND = "token";

  /** What is kept of a grant. */
  record Known(byte[] digest, TokenGrant grant) {
    static List<Known> of(List<TokenGrant> grants) {
      return grants.stream().map(grant -> new Known(Sha256.of(grant.token()), grant)).toList();
    }
  }

  private final Supplier<List<Known>> tokens;
  private final UnaryOperator<RoomName> canonical;

  private TokenAuthorizer(Supplier<List<Known>> tokens, UnaryOperator<RoomName> canonical) {
    this.tokens = tokens;
    this.canonical = canonical;
  }

  /** Tokens that are good for everything; without one nobody is let in. */
  public static TokenAuthorizer of(List<String> tokens) {
    List<Known> fixed =
        Known.of(
            tokens.stream()
                .map(token -> new TokenGrant(token, List.of(StreamPattern.ALL), Optional.empty()))
                .toList());
    return new TokenAuthorizer(() -> fixed, UnaryOperator.identity());
  }

  /**
   * Tokens of the configuration, and of a file as it is at the time.
   *
   * @param canonical of a name that means a room, that by which it is known
   * @throws InvalidConfigException when the file cannot be read
   */
  public static TokenAuthorizer of(
      List<TokenGrant> tokens, Optional<Path> file, UnaryOperator<RoomName> canonical, Clock clock)
      throws InvalidConfigException {
    List<Known> fixed = Known.of(tokens);
    if (file.isEmpty()) {
      return new TokenAuthorizer(() -> fixed, canonical);
    }
    TokenFile changing = new TokenFile(file.get(), clock);
    return new TokenAuthorizer(
        () -> Stream.concat(fixed.stream(), changing.tokens().stream()).toList(), canonical);
  }

  @Override
  public CompletableFuture<Principal> authorize(AccessRequest request) {
    try {
      return CompletableFuture.completedFuture(principal(request));
    } catch (ProblemException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private Principal principal(AccessRequest request) throws ProblemException {
    List<Known> list = tokens.get();
    if (list.isEmpty()) {
      throw Refusals.nobody();
    }
    String token = Refusals.tokenOf(request.credentials());
    byte[] offered = Sha256.of(token);
    boolean known = false;
    boolean good = false;
    String name = "";
    for (Known each : list) {
      boolean same = MessageDigest.isEqual(each.digest(), offered);
      known |= same;
      if (same
          && each.grant().streams().stream()
              .map(pattern -> pattern.known(canonical))
              .anyMatch(pattern -> pattern.matches(request.room(), request.stream()))) {
        good = true;
        name = each.grant().name().orElse("");
      }
    }
    if (!known) {
      throw Refusals.invalid("The token is not valid here.");
    } else if (!good) {
      throw Refusals.forbidden();
    }
    return Principal.ofToken(
        KIND, token, name.isEmpty() ? Map.of() : Map.of(Principal.DISPLAY_NAME, name));
  }
}
