package io.github.jvbwhip.integration.clients;

import io.github.jvbwhip.testpeer.Signal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A client in a process of its own. It reports by lines {@code @key value} (or {@code key=value})
 * on its standard output, the latest value of a key being the one that counts; all else it writes
 * goes to a log under {@link Commands#WORK}. It stops when its standard input ends, or when it
 * reads a {@code q} there. Thread-safe.
 */
final class ClientProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final Pattern REPORT = Pattern.compile("@(\\w+) ?(.*)|(\\w+)=(.*)");

  private final Process process;
  private final Path log;
  private final Thread reader;
  private final Map<String, String> values = new ConcurrentHashMap<>();
  private final Signal signal = new Signal();

  private ClientProcess(String name, Process process, Path log) {
    this.process = process;
    this.log = log;
    reader = new Thread(this::read, "test-client-" + name);
    reader.setDaemon(true);
    reader.start();
  }

  static ClientProcess start(String name, List<String> command) {
    return start(name, command, Map.of());
  }

  /** The same with variables of the environment on top. */
  static ClientProcess start(String name, List<String> command, Map<String, String> environment) {
    try {
      Files.createDirectories(Commands.WORK);
      Path log = Commands.WORK.resolve(name + "-" + COUNT.incrementAndGet() + ".log");
      ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
      builder.environment().putAll(environment);
      return new ClientProcess(name, builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher report = REPORT.matcher(line);
        if (report.matches()) {
          boolean marked = report.group(1) != null;
          values.put(report.group(marked ? 1 : 3), report.group(marked ? 2 : 4));
          signal.raise();
        }
      }
    } catch (IOException e) {
      // The process has gone, which whoever waits for it sees.
    }
    signal.raise();
  }

  /** The latest value of a key. */
  Optional<String> value(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /** The latest value of a key as a number; 0 when there is none. */
  int number(String key) {
    return value(key).map(Integer::valueOf).orElse(0);
  }

  /** What it has written to its log so far. */
  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until the value of a key is right; an {@link AssertionError} when the process ends. */
  void await(String key, Duration timeout, Predicate<String> right) {
    signal.await(
        key,
        timeout,
        () -> !process.isAlive() || value(key).filter(right).isPresent(),
        this::state);
    if (value(key).filter(right).isEmpty()) {
      throw new AssertionError("The client ended early; " + state());
    }
  }

  private String state() {
    try {
      List<String> lines = Files.readAllLines(log);
      List<String> end = lines.subList(Math.max(0, lines.size() - 8), lines.size());
      return values + ", " + log.getFileName() + " ends with " + end;
    } catch (IOException e) {
      return values.toString();
    }
  }

  /** Goes away without a word. */
  void kill() {
    process.destroyForcibly();
    close();
  }

  /** Lets the client take leave, and waits for its end. */
  @Override
  public void close() {
    try (OutputStream input = process.getOutputStream()) {
      input.write('q');
    } catch (IOException e) {
      // It has ended already.
    }
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
      reader.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
