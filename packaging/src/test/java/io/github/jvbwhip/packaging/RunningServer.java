package io.github.jvbwhip.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server that was started by a start script. */
final class RunningServer implements AutoCloseable {
  private static final Pattern PAGES = Pattern.compile("Pages: *(http\\S+)");
  private static final long PATIENCE_SECONDS = 120;

  private final Process process;
  private final Queue<String> output = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<URI> pages = new CompletableFuture<>();
  private final Thread reader = new Thread(this::read, "test-output");

  private RunningServer(Process process) {
    this.process = process;
    reader.start();
  }

  /** Starts one, and waits until it says where it is. */
  static RunningServer start(Map<String, String> environment, Object... command)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(Arrays.stream(command).map(Object::toString).toList())
            .redirectErrorStream(true);
    Command.set(builder, environment);
    RunningServer server = new RunningServer(builder.start());
    assertThat(server.pages).as(server::output).succeedsWithin(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return server;
  }

  private void read() {
    try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.add(line);
        Matcher matcher = PAGES.matcher(line);
        if (matcher.find()) {
          pages.complete(URI.create(matcher.group(1)));
        }
      }
    } catch (IOException e) {
      output.add(e.toString());
    }
    pages.completeExceptionally(new IOException("it ended: " + output()));
  }

  /** Where its pages are. */
  URI uri() {
    return pages.join();
  }

  long pid() {
    return process.pid();
  }

  /** All that it has written so far. */
  String output() {
    return String.join("\n", output);
  }

  /** The status of the answer to a GET. */
  int get(String path) throws InterruptedException {
    try {
      HttpRequest request = HttpRequest.newBuilder(uri().resolve(path)).build();
      return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends SIGTERM; returns the status that it ends with. */
  int terminate() throws InterruptedException {
    process.toHandle().destroy(); // The process itself would close its output, too.
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as(output()).isTrue();
    reader.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
    return process.exitValue();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
