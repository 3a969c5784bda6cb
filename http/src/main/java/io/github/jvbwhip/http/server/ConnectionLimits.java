package io.github.jvbwhip.http.server;

import com.sun.management.UnixOperatingSystemMXBean;
import io.github.jvbwhip.http.config.InvalidConfigException;
import io.github.jvbwhip.http.config.Section;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * What connections may take of a server before they have asked for anything.
 *
 * @param connections how many there are at a time, in all
 * @param perAddress how many of one client's address
 * @param headTime for the whole head of a request, from its first byte on; for the first one of a
 *     connection the TLS handshake is in it
 */
public record ConnectionLimits(int connections, int perAddress, Duration headTime) {

  /** What a process needs beside its connections, once it is started: media ports, files. */
  private static final int DESCRIPTORS_KEPT = 64;

  /**
   * Reads them.
   *
   * @param server the section of the server
   */
  public static ConnectionLimits read(Section server) throws InvalidConfigException {
    return new ConnectionLimits(
        server.number("connection-limit", 1),
        server.number("connection-limit-per-address", 1),
        server.duration("head-timeout"));
  }

  /**
   * The same, as far as the process may open files (RLIMIT_NOFILE): a server without descriptors
   * cannot even refuse. One address gets half of them at most.
   */
  ConnectionLimits withinDescriptors() {
    int all = Math.min(connections, freeDescriptors());
    return new ConnectionLimits(all, Math.max(1, Math.min(perAddress, all / 2)), headTime);
  }

  private static int freeDescriptors() {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
      long free = unix.getMaxFileDescriptorCount() - unix.getOpenFileDescriptorCount();
      return (int) Math.max(1, Math.min(Integer.MAX_VALUE, free - DESCRIPTORS_KEPT));
    }
    return Integer.MAX_VALUE;
  }
}
