package io.github.jvbwhip.testpeer.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port for a process that is started later, or again. Below those that systems give to
 * connections, which would take it meanwhile.
 */
public final class FreePort {
  private static final int LOWEST = 15_000;
  private static final int ABOVE = 32_768;
  private static final int ATTEMPTS = 100;

  private FreePort() {}

  /** One that nobody has, neither of TCP nor of UDP. */
  public static int find() {
    IOException taken = new IOException("no free port");
    for (int i = 0; i < ATTEMPTS; i++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, ABOVE);
      try (ServerSocket tcp = new ServerSocket(port);
          DatagramSocket udp = new DatagramSocket(port)) {
        return port;
      } catch (IOException e) {
        taken = e;
      }
    }
    throw new UncheckedIOException(taken);
  }
}
