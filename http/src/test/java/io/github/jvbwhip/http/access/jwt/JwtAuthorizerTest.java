package io.github.jvbwhip.http.access.jwt;

import static io.github.jvbwhip.http.access.Requests.withToken;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.session.ManualClock;
import io.github.jvbwhip.http.HttpConfigs;
import io.github.jvbwhip.http.access.AccessRequest;
import io.github.jvbwhip.http.access.Action;
import io.github.jvbwhip.http.access.Credentials;
import io.github.jvbwhip.http.access.KeyHost;
import io.github.jvbwhip.http.access.Principal;
import io.github.jvbwhip.http.access.Refused;
import io.github.jvbwhip.http.access.Requests;
import io.github.jvbwhip.http.config.AuthConfig;
import io.github.jvbwhip.http.config.InvalidConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class JwtAuthorizerTest {
  private static final String SECRET =
      "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

  private final ManualClock clock = new ManualClock();
  private final List<AutoCloseable> parts = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable part : parts) {
      part.close();
    }
  }

  private JwtAuthorizer authorizer(String jwt) throws InvalidConfigException {
    return authorizer(jwt, "end-with-token = false");
  }

  private JwtAuthorizer authorizer(String jwt, String more) throws InvalidConfigException {
    return authorizer(jwt, more, UnaryOperator.identity());
  }

  private JwtAuthorizer authorizer(String jwt, String more, UnaryOperator<RoomName> canonical)
      throws InvalidConfigException {
    AuthConfig auth = HttpConfigs.with("auth { " + more + ", jwt { " + jwt + " } }").auth();
    JwtAuthorizer authorizer =
        new JwtAuthorizer(auth.jwt().orElseThrow(), auth.endsWithToken(), canonical, clock);
    parts.add(authorizer);
    return authorizer;
  }

  private JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer("app")
        .audience("jitsi")
        .subject("meet.example.org")
        .claim("room", "standup")
        .expirationTime(Date.from(clock.instant().plusSeconds(600)));
  }

  private static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) {
    try {
      SignedJWT token = new SignedJWT(header, claims);
      token.sign(signer);
      return token.serialize();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static String withSecret(JWTClaimsSet claims) {
    try {
      return signed(new JWSHeader(JWSAlgorithm.HS256), claims, new MACSigner(SECRET));
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static KeyPair pair(String algorithm) throws GeneralSecurityException {
    KeyPairGenerator generator =
        KeyPairGenerator.getInstance(algorithm.startsWith("P-") ? "EC" : algorithm);
    switch (algorithm) {
      case "RSA" -> generator.initialize(2048);
      case "P-256" -> generator.initialize(new ECGenParameterSpec("secp256r1"));
      case "P-384" -> generator.initialize(new ECGenParameterSpec("secp384r1"));
      case "P-521" -> generator.initialize(new ECGenParameterSpec("secp521r1"));
      default -> {
        // It has one size.
      }
    }
    return generator.generateKeyPair();
  }

  private static String with(KeyPair pair, JWSHeader header, JWTClaimsSet claims) throws Exception {
    if (pair.getPrivate() instanceof RSAPrivateKey rsa) {
      return signed(header, claims, new RSASSASigner(rsa));
    } else if (pair.getPrivate() instanceof ECPrivateKey ec) {
      return signed(header, claims, new ECDSASigner(ec));
    }
    String input = header.toBase64URL() + "." + Base64URL.encode(claims.toPayload().toString());
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(pair.getPrivate());
    signature.update(input.getBytes(UTF_8));
    return input + "." + Base64URL.encode(signature.sign());
  }

  private static String pem(PublicKey key) {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(key.getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
  }

  private static CompletableFuture<Principal> publish(JwtAuthorizer authorizer, String token) {
    return authorizer.authorize(withToken(Action.PUBLISH, "standup/obs", token));
  }

  @Test
  void a_token_of_a_meeting_is_good_for_its_room() throws Exception {
    JwtAuthorizer authorizer = authorizer("secret = " + SECRET);
    String token =
        withSecret(
            claims().claim("context", Map.of("user", Map.of("name", "Ada", "id", "42"))).build());
    Principal publisher = publish(authorizer, token).join();
    assertThat(publisher.claims()).containsEntry(Principal.DISPLAY_NAME, "Ada");
    assertThat(publisher.limits()).isEqualTo(Principal.Limits.NONE);
    assertThat(authorizer.authorize(withToken(Action.WATCH, "Standup", token))).isCompleted();
    Refused.asForbidden(authorizer.authorize(withToken(Action.WATCH, "other", token)));

    String all = withSecret(claims().claim("room", "*").build());
    assertThat(authorizer.authorize(withToken(Action.PUBLISH, "any/thing", all))).isCompleted();
  }

  @Test
  void the_same_user_is_the_same_caller_with_another_token() throws Exception {
    JwtAuthorizer authorizer = authorizer("secret = " + SECRET);
    Map<String, ?> ada = Map.of("user", Map.of("id", "42"));
    Principal first =
        publish(authorizer, withSecret(claims().claim("context", ada).build())).join();
    clock.advance(Duration.ofSeconds(5));
    Principal second =
        publish(authorizer, withSecret(claims().claim("context", ada).build())).join();
    Principal other =
        publish(
                authorizer,
                withSecret(claims().claim("context", Map.of("user", Map.of("id", "43"))).build()))
            .join();
    assertThat(second.identity()).isEqualTo(first.identity()).isNotEqualTo(other.identity());
  }

  @Test
  void lists_of_streams_come_before_the_room() throws Exception {
    JwtAuthorizer authorizer = authorizer("secret = " + SECRET);
    String token =
        withSecret(
            claims()
                .claim("whip", Map.of("publish", List.of("standup/cam*", 5)))
                .claim("whep", Map.of("watch", List.of("hall", "standup/cam1")))
                .build());
    assertThat(authorizer.authorize(withToken(Action.PUBLISH, "standup/cam1", token)))
        .isCompleted();
    Refused.asForbidden(authorizer.authorize(withToken(Action.PUBLISH, "standup/mic", token)));
    Refused.asForbidden(authorizer.authorize(withToken(Action.PUBLISH, "hall/cam1", token)));
    assertThat(authorizer.authorize(withToken(Action.WATCH, "hall/any", token))).isCompleted();
    assertThat(authorizer.authorize(withToken(Action.WATCH, "standup/cam1", token))).isCompleted();
    Refused.asForbidden(authorizer.authorize(withToken(Action.WATCH, "standup", token)));

    for (Object odd : List.of("standup", Map.of(), List.of(), List.of("a/b/c"))) {
      String none = withSecret(claims().claim("whip", Map.of("publish", odd)).build());
      Refused.asForbidden(publish(authorizer, none));
    }
    String roomless = withSecret(claims().claim("room", null).build());
    Refused.asForbidden(publish(authorizer, roomless));
    Refused.asForbidden(publish(authorizer, withSecret(claims().claim("room", 5).build())));
  }

  @Test
  void rooms_in_lists_are_known_as_the_bridge_knows_them() throws Exception {
    JwtAuthorizer authorizer =
        authorizer(
            "secret = " + SECRET,
            "end-with-token = false",
            room -> new RoomName(room.value().toLowerCase(Locale.ROOT)));
    String token =
        withSecret(claims().claim("whip", Map.of("publish", List.of("StandUp/cam*"))).build());
    assertThat(authorizer.authorize(withToken(Action.PUBLISH, "standup/cam1", token)))
        .isCompleted();
    Refused.asForbidden(authorizer.authorize(withToken(Action.PUBLISH, "standup/mic", token)));
  }

  @Test
  void times_count_within_the_skew_of_clocks() throws Exception {
    JwtAuthorizer authorizer = authorizer("secret = " + SECRET + ", skew = 10 s");
    Instant now = clock.instant();
    assertThat(publish(authorizer, at(now.plusSeconds(9), now.minusSeconds(9)))).isCompleted();
    Refused.asKnown(
        publish(authorizer, at(now.plusSeconds(11), now.plusSeconds(600))),
        "The token is not good yet.");
    Refused.asKnown(publish(authorizer, at(now, now.minusSeconds(10))), "The token has expired.");
    Refused.asKnown(
        publish(authorizer, withSecret(claims().expirationTime(null).build())),
        "The token does not say when it expires.");
  }

  private String at(Instant notBefore, Instant expires) {
    return withSecret(
        claims().notBeforeTime(Date.from(notBefore)).expirationTime(Date.from(expires)).build());
  }

  @Test
  void what_it_opens_ends_with_it_where_that_is_wanted() throws Exception {
    JwtAuthorizer authorizer =
        authorizer("secret = " + SECRET + ", skew = 10 s", "end-with-token = true");
    assertThat(publish(authorizer, withSecret(claims().build())).join().limits().until())
        .hasValue(clock.instant().plusSeconds(610));
  }

  @Test
  void a_token_of_others_is_refused() throws Exception {
    JwtAuthorizer authorizer =
        authorizer(
            "secret = "
                + SECRET
                + ", issuers = [ app, other ], audiences = [ jitsi ], subject = s");
    assertThat(publish(authorizer, withSecret(claims().subject("s").build()))).isCompleted();
    for (JWTClaimsSet.Builder wrong :
        List.of(
            claims().subject("s").issuer("strange"),
            claims().subject("s").issuer(null),
            claims().subject("s").audience("strange"),
            claims().subject("s").audience((String) null),
            claims())) {
      Refused.asKnown(
          publish(authorizer, withSecret(wrong.build())),
          "The token is of another issuer, or for somebody else.");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HS256", "HS384", "HS512"})
  void takes_secrets(String algorithm) throws Exception {
    JwtAuthorizer authorizer = authorizer("secret = " + SECRET);
    JWSHeader header = new JWSHeader(JWSAlgorithm.parse(algorithm));
    assertThat(publish(authorizer, signed(header, claims().build(), new MACSigner(SECRET))))
        .isCompleted();
    Refused.asInvalid(
        publish(authorizer, signed(header, claims().build(), new MACSigner("x" + SECRET))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RSA RS256",
        "RSA RS512",
        "RSA PS256",
        "P-256 ES256",
        "P-384 ES384",
        "P-521 ES512",
        "Ed25519 EdDSA",
        "Ed25519 Ed25519"
      })
  void takes_public_keys(String kind, @TempDir Path directory) throws Exception {
    KeyPair pair = pair(kind.split(" ")[0]);
    JWSHeader header = new JWSHeader(JWSAlgorithm.parse(kind.split(" ")[1]));
    Path file = Files.writeString(directory.resolve("key.pem"), pem(pair.getPublic()));
    JwtAuthorizer authorizer = authorizer("public-key = \"" + file + "\"");
    assertThat(publish(authorizer, with(pair, header, claims().build()))).isCompleted();
    KeyPair other = pair(kind.split(" ")[0]);
    Refused.asInvalid(publish(authorizer, with(other, header, claims().build())));
  }

  /** RFC 8725 §2.1: a token says by which algorithm it wants to be checked. */
  @Test
  void the_key_decides_about_the_algorithm(@TempDir Path directory) throws Exception {
    KeyPair pair = pair("RSA");
    String pem = pem(pair.getPublic());
    Path file = Files.writeString(directory.resolve("key.pem"), pem);
    JwtAuthorizer authorizer = authorizer("public-key = \"" + file + "\"");
    JWSHeader header = new JWSHeader(JWSAlgorithm.HS256);
    for (byte[] guessed : List.of(pem.getBytes(UTF_8), pair.getPublic().getEncoded())) {
      Refused.asInvalid(
          publish(authorizer, signed(header, claims().build(), new MACSigner(guessed))));
    }
    KeyPair ec = pair("P-256");
    Refused.asInvalid(
        publish(authorizer, with(ec, new JWSHeader(JWSAlgorithm.ES256), claims().build())));
    assertThatThrownBy(() -> authorizer("secret = " + SECRET + ", public-key = x"))
        .hasMessageContaining("the only one");

    JwtAuthorizer strict = authorizer("algorithms = [ RS512 ], public-key = \"" + file + "\"");
    Refused.asInvalid(
        publish(strict, with(pair, new JWSHeader(JWSAlgorithm.RS256), claims().build())));
  }

  @Test
  void unsigned_malformed_and_oversized_tokens_are_refused() throws Exception {
    JwtAuthorizer authorizer = authorizer("secret = " + SECRET);
    String good = withSecret(claims().build());
    String[] parts = good.split("\\.");
    String none = new PlainJWT(claims().build()).serialize();
    String claimedNone = Base64URL.encode("{\"alg\":\"none\"}") + "." + parts[1] + ".";
    String nOnE = Base64URL.encode("{\"alg\":\"nOnE\"}") + "." + parts[1] + "." + parts[2];
    for (String wrong :
        List.of(
            none,
            claimedNone,
            Base64URL.encode("{\"alg\":\"foo\"}") + "." + parts[1] + "." + parts[2],
            nOnE,
            parts[0] + "." + parts[1] + ".",
            parts[0] + "." + parts[1],
            parts[0] + "." + parts[1] + "." + parts[2] + ".x",
            parts[0] + "." + Base64URL.encode("{\"room\":\"*\"}") + "." + parts[2],
            "a.b.c",
            "..",
            "\u00e9",
            Base64URL.encode("[[[[[") + "." + parts[1] + "." + parts[2],
            Base64URL.encode("{\"alg\":\"HS256\",\"crit\":[\"x\"],\"x\":1}")
                + "."
                + parts[1]
                + "."
                + parts[2],
            withSecret(claims().claim("filler", "x".repeat(9000)).build()))) {
      Refused.asInvalid(publish(authorizer, wrong));
    }
    // RFC 7515 §4.1.11, with a good signature.
    JWSHeader critical =
        new JWSHeader.Builder(JWSAlgorithm.HS256)
            .criticalParams(java.util.Set.of("x"))
            .customParam("x", 1)
            .type(JOSEObjectType.JWT)
            .build();
    Refused.asInvalid(
        publish(authorizer, signed(critical, claims().build(), new MACSigner(SECRET))));
    String noJson = "no claims";
    var odd =
        new com.nimbusds.jose.JWSObject(
            new JWSHeader(JWSAlgorithm.HS256), new com.nimbusds.jose.Payload(noJson));
    odd.sign(new MACSigner(SECRET));
    Refused.asInvalid(publish(authorizer, odd.serialize()));
    Refused.asMissing(
        authorizer.authorize(Requests.post(Action.PUBLISH, "standup", Credentials.NONE)));
    assertThat(publish(authorizer, good)).isCompleted();
  }

  @Test
  void a_session_is_asked_for_without_a_room() throws Exception {
    JwtAuthorizer authorizer = authorizer("secret = " + SECRET);
    AccessRequest about = withToken(Action.PUBLISH, "", withSecret(claims().build()));
    assertThat(authorizer.authorize(about)).isCompleted();
  }

  @Test
  void a_key_set_is_asked_once_and_holds_while_its_server_is_away() throws Exception {
    KeyPair rsa = pair("RSA");
    KeyPair ec = pair("P-256");
    KeyPair ed = pair("Ed25519");
    byte[] x = ed.getPublic().getEncoded();
    JWKSet set =
        new JWKSet(
            List.of(
                new RSAKey.Builder((RSAPublicKey) rsa.getPublic()).keyID("r").build(),
                new ECKey.Builder(Curve.P_256, (ECPublicKey) ec.getPublic()).keyID("e").build(),
                new OctetKeyPair.Builder(
                        Curve.Ed25519,
                        Base64URL.encode(Arrays.copyOfRange(x, x.length - 32, x.length)))
                    .keyID("d")
                    .build()));
    try (KeyHost host = new KeyHost(e -> KeyHost.answer(e, 200, set.toString().getBytes(UTF_8)))) {
      JwtAuthorizer authorizer = authorizer("jwks-url = \"" + host.uri() + "jwks\"");
      assertThat(publish(authorizer, with(rsa, header("RS256", "r"), claims().build())).get())
          .isNotNull();
      host.turnTo(exchange -> KeyHost.answer(exchange, 500, new byte[0]));
      assertThat(publish(authorizer, with(ec, header("ES256", "e"), claims().build())).get())
          .isNotNull();
      assertThat(publish(authorizer, with(ed, header("EdDSA", "d"), claims().build())).get())
          .isNotNull();
      assertThat(host.paths()).containsExactly("/jwks");
      Refused.asInvalid(publish(authorizer, with(rsa, header("RS256", "e"), claims().build())));
    }
  }

  private static JWSHeader header(String algorithm, String kid) {
    return new JWSHeader.Builder(JWSAlgorithm.parse(algorithm)).keyID(kid).build();
  }

  @Test
  void without_the_keys_nobody_is_let_in() throws Exception {
    KeyPair rsa = pair("RSA");
    String token = with(rsa, header("RS256", "r"), claims().build());
    try (KeyHost host = new KeyHost(e -> KeyHost.answer(e, 200, "no keys".getBytes(UTF_8)))) {
      Refused.asUnknown(publish(authorizer("jwks-url = \"" + host.uri() + "\""), token));
      host.turnTo(exchange -> KeyHost.answer(exchange, 503, new byte[0]));
      Refused.asUnknown(publish(authorizer("jwks-url = \"" + host.uri() + "\""), token));
      Refused.asUnknown(publish(authorizer("key-server = \"" + host.uri() + "\""), token));
    }
  }

  @Test
  void a_server_of_keys_that_hangs_holds_nobody_up_for_ever() throws Exception {
    KeyPair rsa = pair("RSA");
    CountDownLatch over = new CountDownLatch(1);
    try (KeyHost host = new KeyHost(KeyHost.hanging(over))) {
      JwtAuthorizer authorizer = authorizer("jwks-url = \"" + host.uri() + "\"");
      Refused.asUnknown(publish(authorizer, with(rsa, header("RS256", "r"), claims().build())));
      over.countDown();
    }
  }

  @Test
  void a_key_server_is_asked_for_each_id_once() throws Exception {
    KeyPair rsa = pair("RSA");
    String kid = "jitsi/key-1";
    String file =
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(kid.getBytes(UTF_8)));
    try (KeyHost host =
        new KeyHost(
            exchange -> {
              boolean known = exchange.getRequestURI().getPath().equals("/keys/" + file + ".pem");
              KeyHost.answer(
                  exchange,
                  known ? 200 : 404,
                  known ? pem(rsa.getPublic()).getBytes(UTF_8) : new byte[0]);
            })) {
      JwtAuthorizer authorizer = authorizer("key-server = \"" + host.uri() + "keys/\"");
      String token = with(rsa, header("RS256", kid), claims().build());
      assertThat(publish(authorizer, token).get()).isNotNull();
      assertThat(publish(authorizer, token).get()).isNotNull();
      assertThat(host.paths()).hasSize(1);

      clock.advance(Duration.ofSeconds(2));
      String stranger = with(rsa, header("RS256", "unknown"), claims().build());
      Refused.asInvalid(publish(authorizer, stranger));
      Refused.asInvalid(publish(authorizer, stranger));
      assertThat(host.paths()).hasSize(2);
      Refused.asInvalid(
          publish(authorizer, with(rsa, new JWSHeader(JWSAlgorithm.RS256), claims().build())));

      // While it is away, what it has said holds.
      host.turnTo(exchange -> KeyHost.answer(exchange, 500, new byte[0]));
      clock.advance(Duration.ofMinutes(58));
      String later = with(rsa, header("RS256", kid), claims().build());
      assertThat(publish(authorizer, later).get()).isNotNull();
      clock.advance(Duration.ofMinutes(2));
      Refused.asUnknown(publish(authorizer, with(rsa, header("RS256", kid), claims().build())));
    }
  }

  @Test
  void strangers_do_not_flood_a_key_server_by_ids_that_they_think_of() throws Exception {
    KeyPair rsa = pair("RSA");
    try (KeyHost host = new KeyHost(e -> KeyHost.answer(e, 404, new byte[0]))) {
      JwtAuthorizer authorizer = authorizer("key-server = \"" + host.uri() + "\"");
      for (int i = 0; i < 20; i++) {
        String token = with(rsa, header("RS256", "k" + i), claims().build());
        assertThatThrownBy(() -> publish(authorizer, token).get()).isNotNull();
      }
      assertThat(host.paths()).hasSize(5);
    }
  }

  /** One that has let in who shows the key {@code k} of that server. */
  private JwtAuthorizer knowing(KeyHost host, KeyPair rsa) throws Exception {
    JwtAuthorizer authorizer = authorizer("key-server = \"" + host.uri() + "\"");
    assertThat(publish(authorizer, with(rsa, header("RS256", "k"), claims().build())).get())
        .isNotNull();
    return authorizer;
  }

  @Test
  void a_revoked_key_is_no_good_any_more_also_where_its_server_is_away_then() throws Exception {
    KeyPair rsa = pair("RSA");
    byte[] pem = pem(rsa.getPublic()).getBytes(UTF_8);
    try (KeyHost host = new KeyHost(exchange -> KeyHost.answer(exchange, 200, pem))) {
      JwtAuthorizer authorizer = knowing(host, rsa);
      host.turnTo(exchange -> KeyHost.answer(exchange, 404, new byte[0]));
      clock.advance(Duration.ofMinutes(16));
      String later = with(rsa, header("RS256", "k"), claims().build());
      Refused.asInvalid(publish(authorizer, later));
      host.turnTo(exchange -> KeyHost.answer(exchange, 500, new byte[0]));
      clock.advance(Duration.ofMinutes(2));
      Refused.asUnknown(publish(authorizer, later));
    }
  }

  @Test
  void a_known_key_is_looked_at_while_strangers_make_up_ids() throws Exception {
    KeyPair rsa = pair("RSA");
    byte[] pem = pem(rsa.getPublic()).getBytes(UTF_8);
    try (KeyHost host = new KeyHost(exchange -> KeyHost.answer(exchange, 200, pem))) {
      JwtAuthorizer authorizer = knowing(host, rsa);
      host.turnTo(exchange -> KeyHost.answer(exchange, 404, new byte[0]));
      clock.advance(Duration.ofMinutes(16));
      for (int i = 0; i < 20; i++) {
        String token = with(rsa, header("RS256", "x" + i), claims().build());
        assertThatThrownBy(() -> publish(authorizer, token).get()).isNotNull();
      }
      Refused.asInvalid(publish(authorizer, with(rsa, header("RS256", "k"), claims().build())));
    }
  }

  @Test
  void a_known_key_holds_while_strangers_wait_for_a_server_that_hangs() throws Exception {
    KeyPair rsa = pair("RSA");
    byte[] pem = pem(rsa.getPublic()).getBytes(UTF_8);
    CountDownLatch over = new CountDownLatch(1);
    try (KeyHost host = new KeyHost(exchange -> KeyHost.answer(exchange, 200, pem))) {
      JwtAuthorizer authorizer = knowing(host, rsa);
      host.turnTo(
          exchange -> {
            clock.advance(Duration.ofSeconds(1)); // So that none is too many within its second.
            KeyHost.await(over);
          });
      clock.advance(Duration.ofMinutes(16));
      String good = with(rsa, header("RS256", "k"), claims().build());
      List<String> strangers = new ArrayList<>();
      for (int i = 0; i < 150; i++) {
        strangers.add(with(rsa, header("RS256", "x" + i), claims().build()));
      }
      strangers.forEach(token -> publish(authorizer, token));
      CompletableFuture<Principal> first = publish(authorizer, good);
      assertThat(publish(authorizer, good)).as("while the first one asks").isCompleted();
      assertThat(first.get(10, TimeUnit.SECONDS)).as("within request-timeout").isNotNull();
      over.countDown();
    }
  }

  /** What strangers make up takes no place of what is known. */
  @Test
  void who_has_a_known_key_is_let_in_while_strangers_flood_the_key_server() throws Exception {
    KeyPair rsa = pair("RSA");
    byte[] pem = pem(rsa.getPublic()).getBytes(UTF_8);
    try (KeyHost host = new KeyHost(exchange -> KeyHost.answer(exchange, 200, pem))) {
      JwtAuthorizer authorizer = authorizer("key-server = \"" + host.uri() + "\"");
      String good = with(rsa, header("RS256", "known"), claims().build());
      assertThat(publish(authorizer, good).get()).isNotNull();
      host.turnTo(exchange -> KeyHost.answer(exchange, 404, new byte[0]));
      for (int i = 0; i < 300; i++) {
        if (i % 5 == 0) {
          clock.advance(Duration.ofMillis(1000));
        }
        Refused.asInvalid(
            publish(authorizer, with(rsa, header("RS256", "k" + i), claims().build())));
      }
      assertThat(publish(authorizer, good)).isCompleted();
      assertThat(host.paths()).hasSize(301);
    }
  }

  @Test
  void a_file_without_a_key_is_said_at_the_start(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("key.pem"), "no key");
    assertThatThrownBy(() -> authorizer("public-key = \"" + file + "\""))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("key.pem has no public key");
    assertThatThrownBy(() -> authorizer("public-key = /nonexistent.pem"))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("/nonexistent.pem");
  }
}
