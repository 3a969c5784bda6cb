package io.github.jvbwhip.integration.whip;

import io.github.jvbwhip.testpeer.network.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate for 127.0.0.1 that only its own clients trust, and a port for it.
 *
 * @param keyStore a PKCS12 file
 */
record TlsKeys(Path keyStore, int port) {
  private static final String PASSWORD = "changeit";
  private static final String COMMAND =
      "-genkeypair -alias server -keyalg EC -dname CN=localhost -ext SAN=IP:127.0.0.1"
          + " -storetype PKCS12 -storepass "
          + PASSWORD
          + " -keystore ";

  /** Makes a certificate with the JDK's keytool. */
  static TlsKeys onFreePort() {
    try {
      Path folder = Files.createTempDirectory(Path.of("target"), "tls-").toAbsolutePath();
      Path keyStore = folder.resolve("keys.p12");
      String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
      Path log = folder.resolve("keytool.log");
      Process process =
          new ProcessBuilder((keytool + " " + COMMAND + keyStore).split(" "))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new AssertionError("keytool: " + Files.readString(log));
      }
      return new TlsKeys(keyStore, FreePort.find());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What lets a server use it. */
  Map<String, ?> settings() {
    return Map.of(
        "standalone.http.tls.port",
        port,
        "standalone.http.tls.key-store-path",
        keyStore.toString(),
        "standalone.http.tls.key-store-password",
        PASSWORD,
        "videobridge.whip.request-timeout",
        "3 seconds");
  }

  /** Where that server is; ends with a slash. */
  URI uri() {
    return URI.create("https://127.0.0.1:" + port + "/");
  }

  /** What makes a client trust it. */
  SSLContext trusting() {
    try {
      KeyStore store = KeyStore.getInstance(keyStore.toFile(), PASSWORD.toCharArray());
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      trusted.setCertificateEntry("server", store.getCertificate("server"));
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
