package io.github.jvbwhip.integration;

import com.typesafe.config.ConfigFactory;
import io.github.jvbwhip.dropin.JvbHome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The product as {@code ./run} starts it, in a process of its own. */
final class StandaloneProcess implements ServerUnderTest {
  private static final Pattern PAGES = Pattern.compile("(?:Pages|Server): *(http\\S+)");
  private static final long PATIENCE_SECONDS = 90;

  private final Process process;
  private final Path log;
  private final Path temporary;
  private final Thread reader;
  private final CompletableFuture<URI> pages = new CompletableFuture<>();

  /** Told of each line that it writes. */
  private final Object news = new Object();

  private StandaloneProcess(Process process, Path log, Path temporary) {
    this.process = process;
    this.log = log;
    this.temporary = temporary;
    reader = new Thread(this::read, "test-standalone-output");
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts with these options; what it writes is kept as {@code target/standalone-....log}. */
  static StandaloneProcess start(String... options) {
    return start(List.of(), List.of(), options);
  }

  /** The same with so many megabytes of heap. */
  static StandaloneProcess startWithHeap(int megabytes, String... options) {
    return start(List.of(), List.of("-Xmx" + megabytes + "m"), options);
  }

  /** The same where it may have no more than so many open files. */
  static StandaloneProcess startWithin(int openFiles, String... options) {
    return start(
        List.of("bash", "-c", "ulimit -n " + openFiles + " && exec \"$@\"", "bash"),
        List.of(),
        options);
  }

  /** A file for {@code --config}. */
  static Path config(Map<String, ?> settings) {
    try {
      Path file = Files.createTempFile(Path.of("target"), "standalone-", ".conf");
      return Files.writeString(file, ConfigFactory.parseMap(settings).root().render());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same where the caller is in another directory. */
  static StandaloneProcess startIn(Path directory, String... options) {
    return start(
        List.of("bash", "-c", "cd \"$0\" && exec \"$@\"", directory.toString()),
        List.of(),
        options);
  }

  private static StandaloneProcess start(
      List<String> before, List<String> java, String... options) {
    Path target = Path.of("target");
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1"); // It ends before more has paid.
    command.add("-Djvbwhip.plugin=" + System.getProperty("dropin.jar", ""));
    command.addAll(java);
    try {
      command.addAll(alwaysGiven());
      Path temporary = Files.createTempDirectory(target, "standalone-").toAbsolutePath();
      command.add("-Djava.io.tmpdir=" + temporary);
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.add("io.github.jvbwhip.standalone.Main");
      command.addAll(Arrays.asList(options));
      Path log = Files.createTempFile(target, "standalone-", ".log");
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      JvbHome.find().ifPresent(home -> builder.environment().put("JVB_HOME", home.toString()));
      return new StandaloneProcess(builder.start(), log, temporary);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What {@code ./run} tells Java beside {@code JAVA_OPTS}. */
  private static List<String> alwaysGiven() throws IOException {
    String start =
        Files.readString(Path.of("../standalone/start.sh"))
            .lines()
            .filter(line -> line.strip().startsWith("exec \"$java\""))
            .findFirst()
            .orElseThrow();
    return Pattern.compile("-XX:\\S+").matcher(start).results().map(MatchResult::group).toList();
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        var out = Files.newBufferedWriter(log)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        out.write(line + "\n");
        out.flush();
        synchronized (news) {
          news.notifyAll();
        }
        Matcher matcher = PAGES.matcher(line);
        if (matcher.find()) {
          pages.complete(URI.create(matcher.group(1)));
        }
      }
    } catch (IOException e) {
      // The process has gone.
    }
    pages.completeExceptionally(new IOException("it ended without telling its address"));
  }

  @Override
  public URI uri() {
    try {
      return pages.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError(e.getMessage() + ": " + output(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Waits for the end, which something else brings about, and returns the exit status. */
  int awaitExit() {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("It does not end: " + output());
      }
      reader.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Waits until it has written that. */
  void awaitOutput(String text) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    synchronized (news) {
      while (!output().contains(text)) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
          throw new AssertionError("It does not write " + text + ": " + output());
        }
        news.wait(left);
      }
    }
  }

  /** Sends SIGTERM, and waits for nothing. */
  void terminate() {
    process.toHandle().destroy(); // The process itself would close its output, too.
  }

  /** All that it has written so far. */
  String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names of the temporary files and directories that it has at present. */
  List<String> temporaryFiles() {
    try (Stream<Path> files = Files.list(temporary)) {
      return files.map(file -> file.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it, and a bridge that it has started, with SIGKILL. */
  void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    awaitExit();
  }

  /** Ends it with SIGTERM and waits for its end. */
  @Override
  public void close() {
    terminate();
    awaitExit();
  }
}
