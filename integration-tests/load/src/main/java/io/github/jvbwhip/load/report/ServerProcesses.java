package io.github.jvbwhip.load.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What the processes of a server on this machine take, by the kernel's accounting. Immutable. */
public final class ServerProcesses {
  private static final int BYTES_PER_KILOBYTE = 1024;

  private final List<Long> ids;

  public ServerProcesses(List<Long> ids) {
    this.ids = List.copyOf(ids);
  }

  public boolean isEmpty() {
    return ids.isEmpty();
  }

  /** Whether they all are there. */
  public boolean areAlive() {
    return ids.stream().allMatch(id -> ProcessHandle.of(id).isPresent());
  }

  /** Processor time of all their threads, in the kernel and outside, since they were started. */
  public Duration processorTime() {
    return ids.stream()
        .flatMap(id -> ProcessHandle.of(id).stream())
        .flatMap(process -> process.info().totalCpuDuration().stream())
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** Their resident memory; 0 where the kernel does not tell. */
  public long residentBytes() {
    return ids.stream().mapToLong(ServerProcesses::residentBytes).sum();
  }

  private static long residentBytes(long id) {
    try (var lines = Files.lines(Path.of("/proc", String.valueOf(id), "status"))) {
      return lines
              .filter(line -> line.startsWith("VmRSS:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .sum()
          * BYTES_PER_KILOBYTE;
    } catch (IOException e) {
      return 0;
    }
  }
}
