package io.github.jvbwhip.xmpp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/** A certificate for a server, which nobody has signed but itself, and its key. */
final class ServerCertificate {
  static final String PASSWORD = "password";
  private static final String ALIAS = "server";
  private static final String TYPE = "PKCS12";

  private final Key key;
  private final Certificate certificate;

  private ServerCertificate(Key key, Certificate certificate) {
    this.key = key;
    this.certificate = certificate;
  }

  /** One for that host, made by the JDK's keytool. */
  static ServerCertificate of(String host, Path directory) {
    Path store = directory.resolve("server-" + host + ".p12");
    try {
      Process keytool =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-genkeypair",
                  "-alias",
                  ALIAS,
                  "-keyalg",
                  "EC",
                  "-dname",
                  "CN=" + host,
                  "-ext",
                  "san=dns:" + host,
                  "-storetype",
                  TYPE,
                  "-keystore",
                  store.toString(),
                  "-storepass",
                  PASSWORD)
              .inheritIO()
              .start();
      if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
        throw new IOException("no certificate");
      }
      KeyStore made = KeyStore.getInstance(TYPE);
      try (InputStream in = Files.newInputStream(store)) {
        made.load(in, PASSWORD.toCharArray());
      }
      return new ServerCertificate(
          made.getKey(ALIAS, PASSWORD.toCharArray()), made.getCertificate(ALIAS));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As Prosody finds it for that host. */
  void write(Path directory, String host) throws IOException {
    try {
      Files.writeString(directory.resolve(host + ".key"), pem("PRIVATE KEY", key.getEncoded()));
      Files.writeString(
          directory.resolve(host + ".crt"), pem("CERTIFICATE", certificate.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /** A store of those who are trusted, with this one alone. */
  Path trust(Path directory) {
    Path file = directory.resolve("trusted.p12");
    try (var out = Files.newOutputStream(file)) {
      KeyStore trusted = KeyStore.getInstance(TYPE);
      trusted.load(null, null);
      trusted.setCertificateEntry(ALIAS, certificate);
      trusted.store(out, PASSWORD.toCharArray());
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(String what, byte[] encoded) {
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
        .formatted(
            what,
            Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(encoded),
            what);
  }
}
