package io.github.jvbwhip.integration.players;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.integration.EmbeddedServer;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.signalling.HttpSignalling;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A session's whole life over HTTP with TLS, in both versions of HTTP. */
class SecureHttpTest {
  private static final Duration SOON = Duration.ofSeconds(15);
  private static final String PASSWORD = "changeit";

  @TempDir static Path folder;

  private static Path keyStore = Path.of("");

  @BeforeAll
  static void makeKeyStore() throws Exception {
    keyStore = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=IP:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                keyStore.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(keytool.waitFor()).as(() -> read(folder.resolve("keytool.log"))).isZero();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void aSessionLivesOverTls(Version version) throws Exception {
    Map<String, Object> settings =
        Map.of(
            "standalone.http.tls.port",
            0,
            "standalone.http.tls.key-store-path",
            keyStore.toString(),
            "standalone.http.tls.key-store-password",
            PASSWORD);
    HttpClient client =
        HttpClient.newBuilder().version(version).sslContext(trusting(keyStore)).build();
    try (EmbeddedServer server = EmbeddedServer.start(settings);
        TestPeer peer = TestPeer.open()) {
      URI endpoint = server.secureUri().resolve("whip/secure/main");
      String offer = peer.offer(OfferSpec.publisher(Codec.VP8).withoutCandidates());
      HttpResponse<String> created = send(client, "POST", endpoint, HttpSignalling.SDP, offer, "");
      assertThat(created.version()).isEqualTo(version);
      assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
      peer.acceptAnswer(created.body());
      peer.awaitConnected(SOON);

      URI session = endpoint.resolve(created.headers().firstValue("Location").orElseThrow());
      assertThat(session.getScheme()).isEqualTo("https");
      String tag = created.headers().firstValue("ETag").orElseThrow();
      HttpResponse<String> trickled =
          send(client, "PATCH", session, HttpSignalling.FRAGMENT, fragment(offer), tag);
      assertThat(trickled.statusCode()).as(trickled.body()).isEqualTo(204);
      HttpResponse<String> deleted = send(client, "DELETE", session, "", "", "");
      assertThat(deleted.statusCode()).isEqualTo(200);
      assertThat(deleted.version()).isEqualTo(version);
    }
  }

  private static HttpResponse<String> send(
      HttpClient client, String method, URI uri, String contentType, String body, String ifMatch)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(SOON)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!contentType.isEmpty()) {
      request.header("Content-Type", contentType);
    }
    if (!ifMatch.isEmpty()) {
      request.header("If-Match", ifMatch);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static String fragment(String offer) {
    Matcher credentials = Pattern.compile("a=ice-ufrag:\\S+\r\na=ice-pwd:\\S+\r\n").matcher(offer);
    assertThat(credentials.find()).isTrue();
    return credentials.group()
        + "m=audio 9 UDP/TLS/RTP/SAVPF 0\r\n"
        + "a=mid:0\r\n"
        + "a=candidate:1 1 udp 2122260223 192.0.2.77 61764 typ host\r\n"
        + "a=end-of-candidates\r\n";
  }

  private static SSLContext trusting(Path keys) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray());
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    trusted.setCertificateEntry("server", store.getCertificate("server"));
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }
}
