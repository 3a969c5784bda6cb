package io.github.jvbwhip.http.access.jwt;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.http.access.AccessRequest;
import io.github.jvbwhip.http.access.Authorizer;
import io.github.jvbwhip.http.access.Principal;
import io.github.jvbwhip.http.access.Refusals;
import io.github.jvbwhip.http.config.InvalidConfigException;
import io.github.jvbwhip.http.config.JwtConfig;
import io.github.jvbwhip.http.problems.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import javax.crypto.spec.SecretKeySpec;

/**
 * JSON Web Tokens (RFC 7519) that are signed (RFC 7515); RFC 8725 is followed in what it asks of
 * those who check them. Thread-safe.
 */
public final class JwtAuthorizer implements Authorizer, AutoCloseable {
  /** Jitsi's have about a thousand characters. */
  private static final int LONGEST = 8 * 1024;

  private static final String KIND = "jwt";

  private final JwtConfig config;
  private final Clock clock;
  private final boolean ends;
  private final UnaryOperator<RoomName> canonical;
  private final KeySource keys;

  /**
   * @param ends whether what a token opens ends when the token does
   * @param canonical of a name that means a room, that by which it is known
   * @throws InvalidConfigException when a key cannot be read
   */
  public JwtAuthorizer(
      JwtConfig config, boolean ends, UnaryOperator<RoomName> canonical, Clock clock)
      throws InvalidConfigException {
    this.config = config;
    this.ends = ends;
    this.canonical = canonical;
    this.clock = clock;
    this.keys = source(config, clock);
  }

  private static KeySource source(JwtConfig config, Clock clock) throws InvalidConfigException {
    if (config.keys() instanceof JwtConfig.Keys.Secret secret) {
      return fixed(new SecretKeySpec(secret.bytes(), "HmacSHA256"));
    } else if (config.keys() instanceof JwtConfig.Keys.PublicKey pem) {
      try {
        return fixed(PublicKeys.ofPem(Files.readString(pem.file())));
      } catch (IOException | GeneralSecurityException e) {
        throw new InvalidConfigException(
            pem.file() + " has no public key that can be read: " + e.getMessage());
      }
    } else if (config.keys() instanceof JwtConfig.Keys.KeySet set) {
      return RemoteKeys.ofSet(set.url(), clock);
    }
    return RemoteKeys.ofServer(((JwtConfig.Keys.KeyServer) config.keys()).url(), clock);
  }

  private static KeySource fixed(Key key) {
    CompletableFuture<List<Key>> keys = CompletableFuture.completedFuture(List.of(key));
    return header -> keys.copy();
  }

  @Override
  public CompletableFuture<Principal> authorize(AccessRequest request) {
    SignedJWT token;
    String text;
    try {
      text = Refusals.tokenOf(request.credentials());
      token = parsed(text);
    } catch (ProblemException e) {
      return CompletableFuture.failedFuture(e);
    }
    return keys.keys(token.getHeader())
        .thenCompose(
            found -> {
              try {
                return CompletableFuture.completedFuture(principal(request, text, token, found));
              } catch (ProblemException e) {
                return CompletableFuture.failedFuture(e);
              }
            });
  }

  private SignedJWT parsed(String text) throws ProblemException {
    if (text.length() > LONGEST) {
      throw Refusals.invalid("The token is too long.");
    }
    try {
      SignedJWT token = SignedJWT.parse(text);
      String algorithm = token.getHeader().getAlgorithm().getName();
      boolean wanted = config.algorithms().isEmpty() || config.algorithms().contains(algorithm);
      if (wanted && JwtConfig.ALGORITHMS.contains(algorithm)) {
        return token;
      }
    } catch (ParseException | RuntimeException e) {
      throw Refusals.invalid("The token is not a signed JSON Web Token.");
    }
    throw Refusals.invalid("The token is signed by an algorithm that is not taken here.");
  }

  private Principal principal(
      AccessRequest request, String text, SignedJWT token, List<Key> candidates)
      throws ProblemException {
    if (candidates.stream().noneMatch(key -> Signatures.isGood(token, key))) {
      throw Refusals.invalid("The token's signature is not good.");
    }
    JWTClaimsSet claims;
    try {
      claims = token.getJWTClaimsSet();
    } catch (ParseException e) {
      throw Refusals.invalid("The token's claims are not well-formed.");
    }
    Instant end = checkTimes(claims);
    checkOrigin(claims);
    if (!Claims.allow(claims, request, canonical)) {
      throw Refusals.forbidden();
    }
    Map<String, String> said = new HashMap<>();
    Claims.displayName(claims).ifPresent(name -> said.put(Principal.DISPLAY_NAME, name));
    Principal.Limits limits =
        new Principal.Limits(
            OptionalInt.empty(),
            ends ? Optional.of(end.plus(config.skew())) : Optional.empty(),
            OptionalLong.empty());
    return Claims.user(claims)
        .map(user -> Principal.ofCaller(KIND, user, said, limits))
        .orElseGet(() -> Principal.ofCaller(KIND, text, said, limits));
  }

  /** When it expires. */
  private Instant checkTimes(JWTClaimsSet claims) throws ProblemException {
    Date expires = claims.getExpirationTime();
    if (expires == null) {
      throw Refusals.known("The token does not say when it expires.");
    }
    Instant now = clock.instant();
    if (!now.isBefore(expires.toInstant().plus(config.skew()))) {
      throw Refusals.known("The token has expired.");
    }
    Date begins = claims.getNotBeforeTime();
    if (begins != null && now.isBefore(begins.toInstant().minus(config.skew()))) {
      throw Refusals.known("The token is not good yet.");
    }
    return expires.toInstant();
  }

  private void checkOrigin(JWTClaimsSet claims) throws ProblemException {
    // Lists like these do not want to be asked for null.
    String named = claims.getIssuer();
    boolean issuer =
        config.issuers().isEmpty() || (named != null && config.issuers().contains(named));
    boolean audience =
        config.audiences().isEmpty()
            || claims.getAudience().stream()
                .filter(Objects::nonNull)
                .anyMatch(config.audiences()::contains);
    boolean subject =
        config.subject().isEmpty() || config.subject().get().equals(claims.getSubject());
    if (!issuer || !audience || !subject) {
      throw Refusals.known("The token is of another issuer, or for somebody else.");
    }
  }

  @Override
  public void close() {
    if (keys instanceof RemoteKeys remote) {
      remote.close();
    }
  }
}
