package io.github.jvbwhip.integration.clients;

import io.github.jvbwhip.testpeer.Signal;
import io.github.jvbwhip.testpeer.network.FreePort;
import io.github.jvbwhip.testpeer.transport.LocalAddresses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * coturn, a TURN server, on this machine's own address, in a process of its own, configured as
 * docs/turn.md says. Thread-safe.
 */
public final class TurnServer implements AutoCloseable {
  private static final Pattern DOCUMENTED =
      Pattern.compile("<!-- coturn -->\n```ini\n(.*?)```", Pattern.DOTALL);
  private static final String SECRET = "shared-with-the-server";
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int ANSWER_MILLIS = 100;

  private final Path folder;
  private final InetAddress address = LocalAddresses.preferred();
  private final int port = FreePort.find();
  private final int tlsPort = FreePort.find();
  private final Process process;

  private TurnServer() throws IOException {
    folder = Files.createTempDirectory(Files.createDirectories(Commands.WORK), "turn-");
    Commands.run(
            folder,
            ("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1"
                    + " -subj /CN=turn.invalid -keyout key.pem -out cert.pem")
                .split(" "))
        .ifPresent(
            failure -> {
              throw new AssertionError(failure);
            });
    Files.writeString(folder.resolve("turnserver.conf"), config());
    process =
        new ProcessBuilder(
                program().orElseThrow().toString(),
                "-c",
                folder.resolve("turnserver.conf").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output.log").toFile())
            .start();
  }

  private static Optional<Path> program() {
    return Commands.find("turnserver");
  }

  static Optional<String> missing() {
    return program().isPresent() && Commands.find("openssl").isPresent()
        ? Optional.empty()
        : Optional.of("turnserver (coturn), or openssl, is not in the path");
  }

  /** Starts one on a free port; it answers when this returns. */
  public static TurnServer start() {
    try {
      TurnServer server = new TurnServer();
      try {
        new Signal().await("a STUN response", PATIENCE, server::answers, server::log);
        return server;
      } catch (AssertionError e) {
        server.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines that docs/turn.md has, with what this machine has for the addresses and paths. */
  private String config() throws IOException {
    Matcher lines = DOCUMENTED.matcher(Files.readString(Path.of("../docs/turn.md")));
    if (!lines.find()) {
      throw new AssertionError("docs/turn.md has no configuration of coturn");
    }
    String config = lines.group(1);
    Map<String, String> own =
        Map.of(
            "listening-port=3478",
            "listening-port=" + port,
            "tls-listening-port=443",
            "tls-listening-port=" + tlsPort,
            "allowed-peer-ip=203.0.113.7",
            "allowed-peer-ip=" + address.getHostAddress(),
            "static-auth-secret=a-long-random-text",
            "static-auth-secret=" + SECRET,
            "cert=/etc/coturn/fullchain.pem",
            "cert=" + folder.resolve("cert.pem"),
            "pkey=/etc/coturn/privkey.pem",
            "pkey=" + folder.resolve("key.pem"));
    for (Map.Entry<String, String> line : own.entrySet()) {
      String documented = "\n" + line.getKey() + "\n";
      if (!config.contains(documented)) {
        throw new AssertionError("docs/turn.md does not say " + line.getKey());
      }
      config = config.replace(documented, "\n" + line.getValue() + "\n");
    }
    return config
        + """
        listening-ip=%1$s
        relay-ip=%1$s
        userdb=%2$s/turn.db
        pidfile=%2$s/turn.pid
        log-file=%2$s/turn.log
        simple-log
        verbose
        """
            .formatted(address.getHostAddress(), folder);
  }

  /** Whether a binding request is answered (RFC 8489 section 6). */
  private boolean answers() {
    ByteBuffer request = ByteBuffer.allocate(20).putShort((short) 1).putShort((short) 0);
    request.putInt(0x2112A442);
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(ANSWER_MILLIS);
      socket.send(new DatagramPacket(request.array(), 20, address, port));
      socket.receive(new DatagramPacket(new byte[1500], 1500));
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * As an entry of the product's {@code ice-servers}.
   *
   * @param transport of clients to it, {@code udp} or {@code tcp}
   */
  public Map<String, Object> asIceServer(String transport) {
    return Map.of(
        "urls",
        List.of("turn:%s:%d?transport=%s".formatted(address.getHostAddress(), port, transport)),
        "secret",
        SECRET);
  }

  /** Where it speaks TLS. */
  public InetSocketAddress tlsAddress() {
    return new InetSocketAddress(address, tlsPort);
  }

  /** What it has written so far. */
  public String log() {
    try {
      return Files.readString(folder.resolve("output.log"))
          + (Files.exists(folder.resolve("turn.log"))
              ? Files.readString(folder.resolve("turn.log"))
              : "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
