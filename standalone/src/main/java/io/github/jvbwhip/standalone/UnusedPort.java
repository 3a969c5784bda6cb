package io.github.jvbwhip.standalone;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port for a process that is yet to come. Below those that systems give to connections, which
 * would take it before that process has started.
 */
final class UnusedPort {
  private static final int LOWEST = 15_000;
  private static final int ABOVE = 32_768;
  private static final int ATTEMPTS = 100;

  private UnusedPort() {}

  /**
   * One that nobody has, neither of TCP nor of UDP.
   *
   * @throws IOException when there is none
   */
  static int find() throws IOException {
    IOException taken = new IOException("there is no unused port");
    for (int i = 0; i < ATTEMPTS; i++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, ABOVE);
      try (ServerSocket tcp = new ServerSocket(port);
          DatagramSocket udp = new DatagramSocket(port)) {
        return port;
      } catch (IOException e) {
        taken = e;
      }
    }
    throw taken;
  }
}
