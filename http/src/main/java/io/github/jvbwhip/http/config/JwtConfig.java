package io.github.jvbwhip.http.config;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which JSON Web Tokens are good.
 *
 * @param keys where the keys come from
 * @param algorithms that are taken; empty for all that fit the keys
 * @param issuers one of which {@code iss} has to be; empty for any
 * @param audiences one of which has to be in {@code aud}; empty for any
 * @param subject what {@code sub} has to be
 * @param skew by how much clocks may differ
 */
public record JwtConfig(
    Keys keys,
    Set<String> algorithms,
    List<String> issuers,
    List<String> audiences,
    Optional<String> subject,
    Duration skew) {

  /** Where keys come from. */
  public sealed interface Keys {
    /** A secret that both sides share (HS256 and the like). */
    record Secret(byte[] bytes) implements Keys {
      /** Leaves the secret out. */
      @Override
      public String toString() {
        return "Secret[]";
      }
    }

    /** A file with one public key or certificate, in PEM. */
    record PublicKey(Path file) implements Keys {}

    /** A JWK set (RFC 7517 §5) behind a URL. */
    record KeySet(URI url) implements Keys {}

    /** A server that has a PEM file for each key id, under the SHA-256 of it, as Jitsi's have. */
    record KeyServer(URI url) implements Keys {}
  }

  /** Those that are known here, by their names (RFC 7518 §3.1, RFC 8037 §3.1, RFC 9864 §2.2). */
  public static final List<String> ALGORITHMS =
      List.of(
          "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256",
          "ES384", "ES512", "EdDSA", "Ed25519");

  /** RFC 7518 §3.2: a key as long as the hash. */
  private static final int SHORTEST_SECRET = 32;

  public JwtConfig {
    algorithms = Set.copyOf(algorithms);
    issuers = List.copyOf(issuers);
    audiences = List.copyOf(audiences);
  }

  /** Reads the section; empty where no key is named. */
  public static Optional<JwtConfig> read(Section section) throws InvalidConfigException {
    Optional<Keys> keys = keys(section);
    Set<String> algorithms = algorithms(section);
    List<String> issuers = section.texts("issuers");
    List<String> audiences = section.texts("audiences");
    Optional<String> subject = section.text("subject");
    Duration skew = section.duration("skew");
    section.done();
    boolean meant =
        subject.isPresent() || !(algorithms.isEmpty() && issuers.isEmpty() && audiences.isEmpty());
    if (keys.isEmpty() && meant) {
      throw section.wrong(
          "secret",
          "the key of the tokens that the other keys are about, or one of public-key,"
              + " jwks-url and key-server");
    }
    return keys.map(named -> new JwtConfig(named, algorithms, issuers, audiences, subject, skew));
  }

  private static Optional<Keys> keys(Section section) throws InvalidConfigException {
    Set<Keys> named = new HashSet<>();
    Optional<String> secret = section.text("secret");
    if (secret.isPresent()) {
      byte[] bytes = secret.get().getBytes(StandardCharsets.UTF_8);
      if (bytes.length < SHORTEST_SECRET) {
        throw section.wrong("secret", "a text of at least 32 bytes (RFC 7518 §3.2)");
      }
      named.add(new Keys.Secret(bytes));
    }
    section.text("public-key").ifPresent(file -> named.add(new Keys.PublicKey(Path.of(file))));
    Optional<URI> keySet = section.url("jwks-url");
    keySet.ifPresent(url -> named.add(new Keys.KeySet(url)));
    Optional<URI> server = section.url("key-server");
    server.ifPresent(url -> named.add(new Keys.KeyServer(url)));
    if (named.size() > 1) {
      throw section.wrong("secret", "the only one of secret, public-key, jwks-url and key-server");
    }
    return named.stream().findFirst();
  }

  private static Set<String> algorithms(Section section) throws InvalidConfigException {
    List<String> algorithms = section.texts("algorithms");
    if (!ALGORITHMS.containsAll(algorithms)) {
      throw section.wrong("algorithms", "a list of " + String.join(", ", ALGORITHMS));
    }
    return Set.copyOf(algorithms);
  }
}
