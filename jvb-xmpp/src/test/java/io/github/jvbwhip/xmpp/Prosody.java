package io.github.jvbwhip.xmpp;

import io.github.jvbwhip.testpeer.network.FreePort;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jivesoftware.smack.ConnectionConfiguration;
import org.jivesoftware.smack.roster.Roster;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;
import org.jspecify.annotations.Nullable;

/** The XMPP server Prosody, with the hosts of a Jitsi Meet; nothing of it is left when closed. */
public final class Prosody implements AutoCloseable {
  static final String PROGRAM = "prosody";
  public static final String PASSWORD = "secret";
  private static final long SOON_MILLIS = 20_000;

  private final Path directory;
  private final int port;
  private final int httpPort;
  private @Nullable Process process;

  private Prosody(Path directory, int port, int httpPort) {
    this.directory = directory;
    this.port = port;
    this.httpPort = httpPort;
  }

  /** Whether it is installed. */
  public static boolean isInstalled() {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(each -> Files.isExecutable(Path.of(each, PROGRAM)));
  }

  public static Prosody start() {
    return start(Optional.empty());
  }

  /** The same with STARTTLS (RFC 6120 §5) on its host {@code meet.test}. */
  static Prosody startWithTls(ServerCertificate certificate) {
    return start(Optional.of(certificate));
  }

  private static Prosody start(Optional<ServerCertificate> certificate) {
    try {
      Path directory = Files.createTempDirectory("prosody");
      Prosody prosody = new Prosody(directory, FreePort.find(), FreePort.find());
      if (certificate.isPresent()) {
        certificate.get().write(directory, "meet.test");
      }
      prosody.configure(certificate.isPresent() ? "posix" : "tls");
      prosody.run();
      return prosody;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void configure(String without) throws IOException {
    Files.writeString(
        directory.resolve("prosody.cfg.lua"),
        resource("prosody.cfg.lua")
            .replace("@DIRECTORY@", directory.toString())
            .replace("@C2S@", Integer.toString(port))
            .replace("@HTTP@", Integer.toString(httpPort))
            .replace("@WITHOUT@", '"' + without + '"'));
    for (String module :
        List.of(
            "mod_focus_proxy.lua",
            "mod_auth_url_token.lua",
            "mod_messenger.lua",
            "mod_refusals.lua",
            "mod_tenants.lua",
            "mod_breakout_list.lua")) {
      Files.writeString(directory.resolve(module), resource(module));
    }
    // The focus is seen by the component that requests for it are sent to.
    Path roster = Files.createDirectories(directory.resolve("data/auth%2emeet%2etest/roster"));
    Files.writeString(roster.resolve("focus.dat"), resource("focus-roster.lua"));
    for (String user : List.of("focus", "publisher", "jvb")) {
      Process register =
          new ProcessBuilder(
                  PROGRAM + "ctl",
                  "--config",
                  directory.resolve("prosody.cfg.lua").toString(),
                  "register",
                  user,
                  "auth.meet.test",
                  PASSWORD)
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("register.log").toFile())
              .start();
      try {
        if (!register.waitFor(SOON_MILLIS, TimeUnit.MILLISECONDS) || register.exitValue() != 0) {
          throw new IOException(Files.readString(directory.resolve("register.log")));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = Prosody.class.getResourceAsStream("/prosody/" + name)) {
      if (in == null) {
        throw new IOException("no resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Starts it, again after {@link #stop}. */
  public void run() throws IOException {
    process =
        new ProcessBuilder(
                PROGRAM, "--config", directory.resolve("prosody.cfg.lua").toString(), "-F")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("out.log").toFile())
            .start();
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SOON_MILLIS);
    while (!listens(port) || !listens(httpPort)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IOException("Prosody did not start: " + log());
      }
      LockSupport.parkNanos(20_000_000);
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** How many clients are connected to it. */
  public int connections() {
    try (Stream<String> sockets = Files.lines(Path.of("/proc/net/tcp"))) {
      return (int) sockets.filter(this::isClient).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Each line: number, local address, remote address, state; all hexadecimal (proc(5)). */
  private boolean isClient(String socket) {
    String[] words = socket.strip().split("\\s+", 5);
    String local = words[1];
    return words[3].equals("01") // Established.
        && (local.endsWith(":%04X".formatted(port)) || local.endsWith(":%04X".formatted(httpPort)));
  }

  /** Waits until no more clients are connected than so many. */
  public void awaitConnections(int most) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SOON_MILLIS);
    while (connections() > most) {
      if (System.nanoTime() > end) {
        throw new AssertionError(connections() + " clients are connected, not " + most);
      }
      LockSupport.parkNanos(20_000_000);
    }
  }

  /** Waits until it has said that. */
  void awaitLog(String words) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SOON_MILLIS);
    while (!log().contains(words)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not said: " + words);
      }
      LockSupport.parkNanos(20_000_000);
    }
  }

  /** What it has said. */
  String log() {
    try {
      return Files.readString(directory.resolve("out.log"))
          + (Files.exists(directory.resolve("prosody.log"))
              ? Files.readString(directory.resolve("prosody.log"))
              : "");
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Ends it as by a fault: no connection is taken leave of. */
  public void stop() {
    Process running = process;
    if (running != null) {
      running.destroyForcibly();
      try {
        running.waitFor(SOON_MILLIS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  public int port() {
    return port;
  }

  public URI webSocket() {
    return URI.create("ws://127.0.0.1:" + httpPort + "/xmpp-websocket");
  }

  /** A connection that is not yet open. */
  XMPPTCPConnection connection(String domain) {
    try {
      XMPPTCPConnectionConfiguration.Builder builder =
          XMPPTCPConnectionConfiguration.builder()
              .setXmppDomain(domain)
              .setHost("127.0.0.1")
              .setPort(port)
              .setSendPresence(false)
              .setSecurityMode(ConnectionConfiguration.SecurityMode.disabled);
      if (domain.equals("meet.test")) {
        builder.performSaslAnonymousAuthentication();
      }
      XMPPTCPConnection connection = new XMPPTCPConnection(builder.build());
      Roster.getInstanceFor(connection).setRosterLoadedAtLogin(false);
      return connection;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    stop();
    System.out.println(log());
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path each : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
