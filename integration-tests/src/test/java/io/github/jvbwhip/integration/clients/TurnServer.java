package io.github.jvbwhip.integration.clients;

import io.github.jvbwhip.testpeer.Signal;
import io.github.jvbwhip.testpeer.network.FreePort;
import io.github.jvbwhip.testpeer.transport.LocalAddresses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * coturn, a TURN server, on this machine's own address, in a process of its own; over UDP, for one
 * user. Thread-safe.
 */
public final class TurnServer implements AutoCloseable {
  private static final String USER = "somebody";
  private static final String PASSWORD = "long-term";
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int ANSWER_MILLIS = 100;

  private final Path folder;
  private final InetAddress address = LocalAddresses.preferred();
  private final int port = FreePort.find();
  private final Process process;

  private TurnServer() throws IOException {
    folder = Files.createTempDirectory(Files.createDirectories(Commands.WORK), "turn-");
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
    return program().isPresent()
        ? Optional.empty()
        : Optional.of("turnserver (coturn) is not in the path");
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

  private String config() {
    return """
        listening-ip=%1$s
        relay-ip=%1$s
        listening-port=%2$d
        lt-cred-mech
        realm=tests.invalid
        user=%3$s:%4$s
        userdb=%5$s/turn.db
        pidfile=%5$s/turn.pid
        log-file=%5$s/turn.log
        simple-log
        verbose
        no-tls
        no-dtls
        no-tcp
        no-cli
        """
        .formatted(address.getHostAddress(), port, USER, PASSWORD, folder);
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

  /** As an entry of the product's {@code ice-servers}. */
  public Map<String, Object> asIceServer() {
    return Map.of(
        "urls",
        List.of("turn:%s:%d?transport=udp".formatted(address.getHostAddress(), port)),
        "username",
        USER,
        "credential",
        PASSWORD);
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
