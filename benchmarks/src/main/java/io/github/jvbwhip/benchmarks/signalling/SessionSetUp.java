package io.github.jvbwhip.benchmarks.signalling;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Sets sessions up and tears them down over HTTP, without media, on a server that runs: {@code
 * SessionSetUp http://127.0.0.1:8080/whip/ [sessions]}. First one at a time, beside a GET of the
 * endpoint, which is answered without content by the same servlet; then from several connections.
 */
public final class SessionSetUp {
  private static final int WARM_UP = 300;
  private static final int CONNECTIONS = 4;
  private static final int DEFAULT_SESSIONS = 300;

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI whip;
  private final String offer;

  private SessionSetUp(URI whip, String offer) {
    this.whip = whip;
    this.offer = offer;
  }

  /**
   * @param args the WHIP endpoint without a room, and how many sessions to measure
   */
  public static void main(String[] args)
      throws IOException, InterruptedException, ExecutionException {
    if (args.length < 1) {
      System.err.println("Which server? Say its WHIP endpoint without a room.");
      System.exit(2);
    }
    int sessions = args.length > 1 ? Integer.parseInt(args[1]) : DEFAULT_SESSIONS;
    SessionSetUp program = new SessionSetUp(URI.create(args[0]), offer());
    program.setUp(WARM_UP, "warm", true);
    List<long[]> alone = program.setUp(sessions, "alone", true);
    double get = millis(median(alone, 0));
    double post = millis(median(alone, 1));
    System.out.printf(
        Locale.ROOT,
        "one at a time: GET %.2f ms, POST to 201 %.2f ms (%.1f times GET), DELETE %.2f ms%n",
        get,
        post,
        post / get,
        millis(median(alone, 2)));
    program.together(sessions);
  }

  private static String offer() throws IOException {
    try (InputStream in = SessionSetUp.class.getResourceAsStream("/offers/chromium-whip.sdp")) {
      if (in == null) {
        throw new IOException("the offer is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void together(int sessions) throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    try {
      long start = System.nanoTime();
      List<Callable<List<long[]>>> work = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        String name = "together-" + i;
        work.add(() -> setUp(sessions, name, false));
      }
      for (Future<List<long[]>> each : threads.invokeAll(work)) {
        each.get();
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf(
          Locale.ROOT,
          "%d connections: %.0f sessions per second set up and torn down%n",
          CONNECTIONS,
          CONNECTIONS * sessions / seconds);
    } finally {
      threads.shutdown();
    }
  }

  /** The nanoseconds of GET (where asked for), POST and DELETE, for each session. */
  private List<long[]> setUp(int sessions, String name, boolean withGet)
      throws IOException, InterruptedException {
    List<long[]> times = new ArrayList<>();
    URI endpoint = whip.resolve("benchmark-" + name + "/main");
    for (int i = 0; i < sessions; i++) {
      long start = System.nanoTime();
      if (withGet) {
        send(HttpRequest.newBuilder(endpoint));
      }
      long got = System.nanoTime();
      HttpResponse<String> created =
          send(
              HttpRequest.newBuilder(endpoint)
                  .header("Content-Type", "application/sdp")
                  .POST(BodyPublishers.ofString(offer)));
      long posted = System.nanoTime();
      URI session = endpoint.resolve(created.headers().firstValue("Location").orElseThrow());
      send(HttpRequest.newBuilder(session).DELETE());
      times.add(new long[] {got - start, posted - got, System.nanoTime() - posted});
    }
    return times;
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(request.timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw new IOException("status " + response.statusCode() + ": " + response.body());
    }
    return response;
  }

  private static long median(List<long[]> times, int column) {
    long[] sorted = times.stream().mapToLong(row -> row[column]).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private static double millis(long nanos) {
    return nanos / 1e6;
  }
}
