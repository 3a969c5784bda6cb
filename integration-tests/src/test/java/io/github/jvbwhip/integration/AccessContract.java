package io.github.jvbwhip.integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.jvbwhip.core.threads.TestThreads;
import io.github.jvbwhip.integration.clients.ChromiumBrowser;
import io.github.jvbwhip.integration.clients.ProductPage;
import io.github.jvbwhip.integration.clients.Requires;
import io.github.jvbwhip.integration.clients.Tool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Who may publish and watch, by each of the modes, with browsers. */
@Requires(Tool.CHROMIUM)
@Timeout(240)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AccessContract {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final String NEEDED = "A token is needed here.";
  private static final String REFUSED = "This token is not valid here.";

  private final ExecutorService executor = Executors.newCachedThreadPool(TestThreads.daemons());
  private HttpServer webhook;
  private ServerUnderTest server;
  private ChromiumBrowser browser;

  /** Starts the product with these keys. */
  abstract ServerUnderTest start(Map<String, ?> settings);

  @BeforeAll
  void start() throws IOException {
    webhook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    webhook.createContext("/", AccessContract::decide);
    webhook.setExecutor(executor);
    webhook.start();
    Map<String, Object> settings = new HashMap<>();
    for (String protocol : List.of("whip", "whep")) {
      String auth = "videobridge." + protocol + ".auth.";
      settings.put(auth + "mode", List.of("token", "jwt", "webhook"));
      settings.put(
          auth + "tokens",
          List.of("everything", Map.of("token", "hall-only", "streams", List.of("hall/cam*"))));
      settings.put(auth + "end-with-token", true);
      settings.put(auth + "jwt.secret", SECRET);
      settings.put(auth + "jwt.skew", "0 seconds");
      settings.put(auth + "jwt.audiences", List.of("jitsi"));
      settings.put(
          auth + "webhook.url", "http://127.0.0.1:" + webhook.getAddress().getPort() + "/");
    }
    server = start(settings);
    browser = ChromiumBrowser.launch();
  }

  @AfterAll
  void stop() {
    browser.close();
    server.close();
    webhook.stop(0);
    executor.shutdownNow();
  }

  /** Lets in who asks for the room {@code asked}. */
  private static void decide(HttpExchange exchange) throws IOException {
    String question = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    boolean good = question.contains("\"room\":\"asked\"") && question.contains("\"token\":\"ask");
    byte[] answer = "{\"displayName\":\"Ada\"}".getBytes(UTF_8);
    try (exchange) {
      exchange.sendResponseHeaders(good ? 200 : 401, good ? answer.length : -1);
      if (good) {
        exchange.getResponseBody().write(answer);
      }
    }
  }

  private ProductPage publish(String room, String stream, String token) {
    return open("publish?autostart=1&source=pattern&height=360&simulcast=1", room, stream, token);
  }

  private ProductPage watch(String room, String stream, String token) {
    return open("watch?", room, stream, token);
  }

  private ProductPage open(String page, String room, String stream, String token) {
    String names = "&room=" + room + "&stream=" + stream;
    String fragment = token.isEmpty() ? "" : "#token=" + token;
    return ProductPage.open(browser, server.uri().resolve(page + names + fragment));
  }

  private static String jwt(Map<String, ?> claims, Duration good) {
    JWTClaimsSet.Builder set =
        new JWTClaimsSet.Builder()
            .audience("jitsi")
            .expirationTime(Date.from(Instant.now().plus(good)));
    claims.forEach(set::claim);
    try {
      SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), set.build());
      token.sign(new MACSigner(SECRET));
      return token.serialize();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertRefused(ProductPage page, String words) {
    try (page) {
      page.awaitState("failed", SOON);
      assertThat(page.message()).startsWith(words);
    }
  }

  @Test
  void a_token_opens_the_streams_that_it_is_for() {
    try (ProductPage publisher = publish("hall", "cam1", "hall-only");
        ProductPage player = watch("hall", "cam1", "everything")) {
      publisher.awaitState("live", SOON);
      player.awaitMovingPicture(SOON);
    }
    assertRefused(publish("hall", "screen", "hall-only"), "You may not publish here.");
    assertRefused(watch("lobby", "cam1", "hall-only"), "You may not watch this.");
    assertRefused(publish("hall", "cam1", "nonsense"), REFUSED);
    assertRefused(publish("hall", "cam1", ""), NEEDED);
  }

  @Test
  void a_jwt_opens_what_its_claims_say() {
    Duration good = Duration.ofMinutes(5);
    String publishing = jwt(Map.of("whip", Map.of("publish", List.of("standup/obs"))), good);
    String watching = jwt(Map.of("room", "standup"), good);
    try (ProductPage publisher = publish("standup", "obs", publishing);
        ProductPage player = watch("standup", "obs", watching)) {
      publisher.awaitState("live", SOON);
      player.awaitMovingPicture(SOON);
    }
    assertRefused(publish("standup", "other", publishing), "You may not publish here.");
    assertRefused(watch("retro", "obs", watching), "You may not watch this.");
    assertRefused(
        watch("standup", "obs", jwt(Map.of("room", "*"), Duration.ofMinutes(-1))),
        "This token has expired. Ask for a new one.");
  }

  @Test
  void a_session_ends_with_its_jwt() {
    try (ProductPage publisher = publish("short", "cam", "everything")) {
      publisher.awaitState("live", SOON);
      try (ProductPage player =
          watch("short", "cam", jwt(Map.of("room", "short"), Duration.ofSeconds(30)))) {
        player.awaitMovingPicture(SOON);
        player.awaitText(".message", "This token has expired. Ask for a new one.", SOON);
        assertThat(player.state()).isEqualTo("failed");
      }
      assertThat(publisher.state()).isEqualTo("live");
    }
  }

  @Test
  void a_webhook_decides_about_what_nobody_else_knows() {
    try (ProductPage publisher = publish("asked", "cam", "ask-me");
        ProductPage player = watch("asked", "cam", "ask-me")) {
      publisher.awaitState("live", SOON);
      player.awaitMovingPicture(SOON);
    }
    assertRefused(publish("unasked", "cam", "ask-me"), REFUSED);
  }
}
