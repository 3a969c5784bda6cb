package io.github.jvbwhip.integration.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A headless Firefox of this machine, driven over WebDriver BiDi, which it speaks itself. Nothing
 * is set that users do not have, but that it stays by itself: host candidates are mDNS names (RFC
 * 9725 §4.3.2 has them ignored), so that it is found as peer reflexive. Thread-safe.
 */
public final class FirefoxBrowser implements AutoCloseable {
  private static final Pattern LISTENING =
      Pattern.compile("WebDriver BiDi listening on (ws://\\S+)");
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration COMMAND = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** No requests but the test's, and a film that starts by itself. */
  private static final String PREFERENCES =
      """
      user_pref("app.update.disabledForTesting", true);
      user_pref("browser.shell.checkDefaultBrowser", false);
      user_pref("datareporting.policy.dataSubmissionEnabled", false);
      user_pref("media.autoplay.default", 0);
      user_pref("media.gmp-manager.updateEnabled", false);
      user_pref("network.captive-portal-service.enabled", false);
      user_pref("network.connectivity-service.enabled", false);
      """;

  private final Process process;
  private final WebSocket socket;
  private final Map<Integer, CompletableFuture<JsonNode>> pending;
  private final AtomicInteger ids = new AtomicInteger();

  private FirefoxBrowser(
      Process process, WebSocket socket, Map<Integer, CompletableFuture<JsonNode>> pending) {
    this.process = process;
    this.socket = socket;
    this.pending = pending;
  }

  static Optional<String> missing() {
    return executable().isPresent()
        ? Optional.empty()
        : Optional.of("firefox-esr is not in the path");
  }

  private static Optional<Path> executable() {
    return Commands.find("firefox-esr", "firefox");
  }

  /** Starts a browser with a profile of its own. */
  public static FirefoxBrowser launch() {
    try {
      Files.createDirectories(Commands.WORK);
      Path profile = Files.createTempDirectory(Commands.WORK, "firefox-");
      Files.writeString(profile.resolve("user.js"), PREFERENCES);
      Process process =
          new ProcessBuilder(
                  executable().orElseThrow().toString(),
                  "--headless",
                  "--no-remote",
                  "--profile",
                  profile.toString(),
                  "--remote-debugging-port",
                  "0")
              .redirectErrorStream(true)
              .start();
      try {
        return connect(process);
      } catch (RuntimeException e) {
        process.destroyForcibly();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FirefoxBrowser connect(Process process) {
    CompletableFuture<URI> address = new CompletableFuture<>();
    Thread reader = new Thread(() -> read(process, address), "test-firefox-output");
    reader.setDaemon(true);
    reader.start();
    URI uri = get(address, START, "its address");
    Map<Integer, CompletableFuture<JsonNode>> pending = new ConcurrentHashMap<>();
    WebSocket socket =
        get(
            HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(uri.resolve("/session"), new Messages(pending)),
            COMMAND,
            "a WebSocket");
    FirefoxBrowser browser = new FirefoxBrowser(process, socket, pending);
    browser.command("session.new", Map.of("capabilities", Map.of()), COMMAND);
    return browser;
  }

  private static void read(Process process, CompletableFuture<URI> address) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher matcher = LISTENING.matcher(line);
        if (matcher.find()) {
          address.complete(URI.create(matcher.group(1)));
        }
      }
    } catch (IOException e) {
      // It has gone.
    }
    address.completeExceptionally(new IOException("Firefox ended without telling its address"));
  }

  /** Takes the answers to commands; a message may come in parts. */
  private static final class Messages implements WebSocket.Listener {
    private final Map<Integer, CompletableFuture<JsonNode>> pending;
    private final StringBuilder text = new StringBuilder();

    Messages(Map<Integer, CompletableFuture<JsonNode>> pending) {
      this.pending = pending;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        take(text.toString());
        text.setLength(0);
      }
      socket.request(1);
      return CompletableFuture.completedFuture(null);
    }

    private void take(String message) {
      try {
        JsonNode node = JSON.readTree(message);
        CompletableFuture<JsonNode> waiting = pending.remove(node.path("id").asInt(-1));
        if (waiting != null) {
          waiting.complete(node);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Runs a script before those of any page that is opened from now on. */
  public void beforePages(String script) {
    command(
        "script.addPreloadScript",
        Map.of("functionDeclaration", "() => { " + script + " }"),
        COMMAND);
  }

  /** Opens a page in a tab of its own; what to call {@link #evaluate} with. */
  public String open(URI uri) {
    JsonNode created = command("browsingContext.create", Map.of("type", "tab"), COMMAND);
    String tab = created.path("context").asText();
    command(
        "browsingContext.navigate",
        Map.of("context", tab, "url", uri.toString(), "wait", "complete"),
        COMMAND);
    return tab;
  }

  /**
   * The value of an expression in a tab, as text; that of a promise once it is resolved.
   *
   * @throws AssertionError when it fails, or takes longer than that
   */
  public String evaluate(String tab, String expression, Duration timeout) {
    JsonNode outcome =
        command(
            "script.evaluate",
            Map.of(
                "expression", expression, "target", Map.of("context", tab), "awaitPromise", true),
            timeout);
    if (!outcome.path("type").asText().equals("success")) {
      throw new AssertionError(outcome.path("exceptionDetails").path("text").asText());
    }
    return outcome.path("result").path("value").asText();
  }

  /** Closes a tab. */
  public void close(String tab) {
    command("browsingContext.close", Map.of("context", tab), COMMAND);
  }

  private JsonNode command(String method, Map<String, ?> parameters, Duration timeout) {
    int id = ids.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    pending.put(id, answer);
    ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
    message.set("params", JSON.valueToTree(parameters));
    socket.sendText(message.toString(), true);
    JsonNode node = get(answer, timeout, method);
    if (node.has("error")) {
      throw new AssertionError(method + ": " + node);
    }
    return node.path("result");
  }

  private static <T> T get(CompletableFuture<T> future, Duration timeout, String what) {
    try {
      return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new AssertionError("Firefox did not give " + what, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Ends the browser, and its processes with it. */
  @Override
  public void close() {
    List<ProcessHandle> all = process.descendants().toList();
    socket.abort();
    process.destroy();
    try {
      if (!process.waitFor(COMMAND.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    all.forEach(ProcessHandle::destroyForcibly);
  }
}
