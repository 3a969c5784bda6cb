package io.github.jvbwhip.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server with a certificate as certbot leaves it: its own TLS, and nginx in front. */
class TlsTest {
  private static final Path SCRIPT = Release.DIRECTORY.resolve("bin/jvb-whip-standalone");
  private static final Path HOOK = Release.DIRECTORY.resolve("share/certbot-deploy-hook");

  private static final Pattern HOCON = Pattern.compile("```hocon\\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path folder;
  private Path lineage;

  @BeforeEach
  void haveACertificate() throws IOException {
    Command.require("openssl");
    Command.require("curl");
    lineage = Files.createDirectories(folder.resolve("live/localhost"));
    certify("first");
  }

  private void certify(String organisation) throws IOException {
    Command.succeed(
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/O=" + organisation + "/CN=localhost",
        "-addext",
        "subjectAltName=DNS:localhost",
        "-keyout",
        lineage.resolve("privkey.pem"),
        "-out",
        lineage.resolve("fullchain.pem"));
  }

  /** Below those that systems give to connections, which would take it before the server does. */
  private static int freePort() throws IOException {
    while (true) {
      try (ServerSocket socket =
          new ServerSocket(ThreadLocalRandom.current().nextInt(15_000, 32_768))) {
        return socket.getLocalPort();
      } catch (BindException e) {
        // Another one.
      }
    }
  }

  /** Runs the hook where systemd says that the server runs. */
  private String renew(Path keyStore) throws IOException {
    Path programs = Files.createDirectories(folder.resolve("programs"));
    Path asked = folder.resolve("asked");
    Files.deleteIfExists(asked);
    Path systemctl =
        Files.writeString(
            programs.resolve("systemctl"), "#!/bin/sh\necho \"$*\" >> '" + asked + "'\n");
    Files.setPosixFilePermissions(systemctl, PosixFilePermissions.fromString("rwxr-xr-x"));
    Map<String, String> environment =
        Map.of(
            "RENEWED_LINEAGE",
            lineage.toString(),
            "KEY_STORE",
            keyStore.toString(),
            "PATH",
            programs + ":" + System.getenv("PATH"));
    Command.Outcome outcome = Command.run(environment, HOOK);
    assertThat(outcome.status()).as(outcome.text()).isZero();
    return Files.readString(asked);
  }

  /** With all that the guide has for the configuration. */
  @Test
  void the_hook_of_certbot_makes_a_key_store_that_the_server_takes() throws Exception {
    Path directory = Files.createDirectory(folder.resolve("etc"));
    Path keyStore = directory.resolve("keystore.p12");
    assertThat(renew(keyStore)).endsWith("restart jvb-whip-standalone.service\n");
    byte[] first = Files.readAllBytes(keyStore);
    certify("second");
    renew(keyStore);
    assertThat(keyStore.toFile()).exists();
    assertThat(Files.readAllBytes(keyStore)).isNotEqualTo(first);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyStore)))
        .isEqualTo("rw-r-----");
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(keyStore);
    }

    int port = freePort();
    String examples =
        HOCON
            .matcher(Files.readString(Release.DIRECTORY.resolve("docs/deploy-standalone.md")))
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.joining());
    assertThat(examples).contains("8443", "0.0.0.0", "/etc/jvb-whip-standalone/keystore.p12");
    Path config =
        Files.writeString(
            folder.resolve("examples.conf"),
            examples
                .replace("8443", String.valueOf(port))
                .replace("0.0.0.0", "127.0.0.1")
                .replace("/etc/jvb-whip-standalone/keystore.p12", keyStore.toString()));
    try (RunningServer server =
        RunningServer.start(
            Map.of(),
            SCRIPT,
            "--bridge",
            "embedded",
            "--config",
            config,
            "--port",
            "0",
            "--udp-port",
            "0")) {
      assertThat(server.get("")).isEqualTo(200);
      assertThat(overTls(port)).isEqualTo("200");
      assertThat(server.get("whip/room")).isEqualTo(401); // the guide's tokens
    }
  }

  /** The status of the page to watch, for a client that trusts the newest certificate alone. */
  private String overTls(int port) throws IOException {
    return Command.succeed(
        "curl",
        "-sS",
        "-o",
        "/dev/null",
        "-w",
        "%{http_code}",
        "--cacert",
        lineage.resolve("fullchain.pem"),
        URI.create("https://localhost:" + port + "/watch"));
  }

  @Test
  void without_the_certificate_the_hook_leaves_the_key_store_alone() throws IOException {
    Path keyStore = Files.writeString(folder.resolve("keystore.p12"), "as it was");
    Files.delete(lineage.resolve("privkey.pem"));
    Command.Outcome outcome =
        Command.run(
            Map.of("RENEWED_LINEAGE", lineage.toString(), "KEY_STORE", keyStore.toString()), HOOK);
    assertThat(outcome.status()).isNotZero();
    assertThat(keyStore).hasContent("as it was");
    try (var files = Files.list(folder)) {
      assertThat(files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)))
          .containsExactly(keyStore);
    }
  }

  @Test
  void the_sample_for_nginx_has_the_server_behind_it() throws Exception {
    Command.require("nginx");
    int port = freePort();
    try (RunningServer server =
        RunningServer.start(
            Map.of(), SCRIPT, "--bridge", "embedded", "--port", "0", "--udp-port", "0")) {
      String sample =
          Files.readString(Release.DIRECTORY.resolve("conf/nginx.conf.sample"))
              .replace("listen 443", "listen 127.0.0.1:" + port)
              .replaceFirst("(?m)^ *listen \\[::\\]:443.*\n", "")
              .replace("/etc/letsencrypt/live/media.example.org", lineage.toString())
              .replace("media.example.org", "localhost")
              .replace("127.0.0.1:8080", server.uri().getAuthority());
      Path config =
          Files.writeString(
              folder.resolve("nginx.conf"),
              """
              worker_processes 1;
              pid nginx.pid;
              error_log nginx.log;
              events {}
              http {
                access_log off;
                client_body_temp_path body;
                proxy_temp_path proxy;
                fastcgi_temp_path fastcgi;
                uwsgi_temp_path uwsgi;
                scgi_temp_path scgi;
                %s
              }
              """
                  .formatted(sample));
      Command.succeed("/usr/sbin/nginx", "-p", folder + "/", "-c", config);
      try {
        assertThat(overTls(port)).isEqualTo("200");
      } finally {
        Command.succeed("/usr/sbin/nginx", "-p", folder + "/", "-c", config, "-s", "stop");
      }
    }
  }
}
