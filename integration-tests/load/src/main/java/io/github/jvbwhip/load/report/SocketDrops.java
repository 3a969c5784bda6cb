package io.github.jvbwhip.load.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** What the kernel dropped because a socket of the generator had no room, on Linux. Stateless. */
public final class SocketDrops {
  private static final List<Path> TABLES =
      List.of(Path.of("/proc/self/net/udp"), Path.of("/proc/self/net/udp6"));
  private static final int LOCAL_ADDRESS = 1;
  private static final int HEXADECIMAL = 16;

  private SocketDrops() {}

  /** The sum for sockets on these ports; -1 where the kernel does not tell. */
  public static long of(Set<Integer> ports) {
    long sum = 0;
    try {
      for (Path table : TABLES) {
        sum += sum(Files.readAllLines(table), ports);
      }
      return sum;
    } catch (IOException e) {
      return -1;
    }
  }

  /** Each line has a local address and port in hexadecimal, and the drops at its end. */
  static long sum(List<String> table, Set<Integer> ports) {
    long sum = 0;
    for (String line : table.subList(Math.min(1, table.size()), table.size())) {
      String[] fields = line.trim().split(" +", -1);
      String address = fields[LOCAL_ADDRESS];
      int port = Integer.parseInt(address.substring(address.indexOf(':') + 1), HEXADECIMAL);
      if (ports.contains(port)) {
        sum += Long.parseLong(fields[fields.length - 1]);
      }
    }
    return sum;
  }
}
