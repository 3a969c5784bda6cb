package io.github.jvbwhip.dropin;

import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Callers that set sessions up and end them, one after another, until the server goes; and one
 * whose request is never complete. None of them has a time limit of its own: what the server leaves
 * hanging hangs.
 */
final class CallersUnderway implements AutoCloseable {
  private static final int CALLERS = 4;

  private final HttpClient client = HttpClient.newHttpClient();
  private final String offer;
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicInteger answered = new AtomicInteger();
  private volatile boolean stopped;

  private CallersUnderway(String offer) {
    this.offer = offer;
  }

  /** Starts to call the WHIP endpoints of these rooms; returns when each caller was answered. */
  static CallersUnderway start(URI server, String room) throws Exception {
    try (TestPeer peer = TestPeer.open()) {
      CallersUnderway callers = new CallersUnderway(peer.offer(OfferSpec.publisher(Codec.VP8)));
      for (int i = 0; i < CALLERS; i++) {
        URI endpoint = server.resolve("/whip/" + room + "-" + i);
        callers.run(() -> callers.call(endpoint));
      }
      callers.run(() -> callers.beginRequest(server));
      Peers.eventually("the callers are under way", () -> callers.answered.get() >= 4 * CALLERS);
      return callers;
    }
  }

  private void run(Runnable task) {
    Thread thread = new Thread(task, "test-caller");
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  private void call(URI endpoint) {
    try {
      while (!stopped) {
        HttpResponse<String> created =
            client.send(
                HttpRequest.newBuilder(endpoint)
                    .header("Content-Type", "application/sdp")
                    .POST(HttpRequest.BodyPublishers.ofString(offer))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
        answered.incrementAndGet();
        if (created.statusCode() == 201) {
          URI session = endpoint.resolve(created.headers().firstValue("Location").orElseThrow());
          client.send(
              HttpRequest.newBuilder(session).DELETE().build(),
              HttpResponse.BodyHandlers.discarding());
        }
      }
    } catch (IOException e) {
      // The server has gone: this caller has been told.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void beginRequest(URI server) {
    String head =
        "POST /whip/unfinished HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sdp\r\n"
            + "Content-Length: 1000\r\n\r\nv=0\r\n";
    try (Socket socket = new Socket(server.getHost(), server.getPort());
        InputStream in = socket.getInputStream()) {
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      in.readAllBytes();
    } catch (IOException e) {
      // As good as an answer.
    }
  }

  /** Whether all of them have been answered, or told that the server is gone. */
  boolean allEnd() throws InterruptedException {
    long deadline = System.nanoTime() + Peers.SOON.toNanos();
    for (Thread thread : threads) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      thread.join(Math.max(1, left));
    }
    return threads.stream().noneMatch(Thread::isAlive);
  }

  @Override
  public void close() {
    stopped = true;
    threads.forEach(Thread::interrupt);
  }
}
