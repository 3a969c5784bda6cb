package io.github.jvbwhip.benchmarks.sse;

import io.github.jvbwhip.http.sse.SseEncoder;
import io.github.jvbwhip.http.sse.SseEvent;
import io.github.jvbwhip.http.sse.SseFrame;
import io.github.jvbwhip.http.sse.SseHub;
import io.github.jvbwhip.http.sse.SseSettings;
import io.github.jvbwhip.http.sse.SseStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * Connects a number of event streams (the first argument, 2,000 unless given) and prints how long
 * an event takes to the last of them, and the heap that an idle one holds. Clients, one selector
 * for all, run in the same process and are counted in.
 *
 * <p>Needs two file descriptors for each stream.
 */
public final class SseFanOut {
  private static final int WARM_UP = 50;
  private static final int ROUNDS = 50;

  private SseFanOut() {}

  public static void main(String[] args) throws Exception {
    int count = args.length > 0 ? Integer.parseInt(args[0]) : 2000;
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    connector.setAcceptQueueSize(count);
    server.addConnector(connector);
    Queue<SseStream> streams = new ConcurrentLinkedQueue<>();
    try (SseHub hub = SseHub.start(SseSettings.DEFAULTS)) {
      ServletContextHandler context = new ServletContextHandler();
      ServletHolder holder = new ServletHolder(new Streams(hub, streams));
      holder.setAsyncSupported(true);
      context.addServlet(holder, "/*");
      server.setHandler(context);
      server.start();
      try (EventClients clients = new EventClients(connector.getLocalPort())) {
        // The classes and buffers that the first connections bring are no stream's own cost.
        connect(clients, 50);
        long before = usedHeap();
        connect(clients, count - 50);
        long perStream = (usedHeap() - before) / (count - 50);
        SseFrame frame =
            SseEncoder.encode(SseEvent.state("viewercount", "{\"viewercount\":" + count + "}"));
        for (int i = 0; i < WARM_UP; i++) {
          fanOut(streams, frame, clients);
        }
        long[] micros = new long[ROUNDS];
        long[] enqueueMicros = new long[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
          long start = System.nanoTime();
          enqueueMicros[i] = fanOut(streams, frame, clients) / 1000;
          micros[i] = (System.nanoTime() - start) / 1000;
        }
        Arrays.sort(micros);
        Arrays.sort(enqueueMicros);
        System.out.printf(
            "%d streams, %d threads in all%n", hub.connections(), Thread.activeCount());
        System.out.printf(
            "event to the last stream: median %.1f ms, worst %.1f ms (limit 200 ms)%n",
            micros[ROUNDS / 2] / 1e3, micros[ROUNDS - 1] / 1e3);
        System.out.printf(
            "producer's part: median %.1f ms, worst %.1f ms%n",
            enqueueMicros[ROUNDS / 2] / 1e3, enqueueMicros[ROUNDS - 1] / 1e3);
        System.out.printf("heap per idle stream: %d bytes (limit 20000)%n", perStream);
        System.out.printf(
            "heap per stream after %d events: %d bytes%n",
            WARM_UP + ROUNDS, (usedHeap() - before) / (count - 50));
      }
    } finally {
      server.stop();
    }
  }

  private static void connect(EventClients clients, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      clients.connect("/");
    }
    // Each stream greets with its reconnection time.
    clients.awaitEvents(count);
  }

  /** Returns the nanoseconds that the producer was busy. */
  private static long fanOut(Iterable<SseStream> streams, SseFrame frame, EventClients clients)
      throws IOException {
    long start = System.nanoTime();
    int sent = 0;
    for (SseStream stream : streams) {
      stream.send(frame);
      sent++;
    }
    long busy = System.nanoTime() - start;
    clients.awaitEvents(sent);
    return busy;
  }

  private static long usedHeap() {
    Runtime runtime = Runtime.getRuntime();
    long used = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
    }
    return used;
  }

  private static final class Streams extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private final transient SseHub hub;
    private final transient Queue<SseStream> streams;

    Streams(SseHub hub, Queue<SseStream> streams) {
      this.hub = hub;
      this.streams = streams;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      SseStream stream = hub.open();
      streams.add(stream);
      response.setContentType(SseStream.MEDIA_TYPE);
      stream.connect(request.startAsync());
    }
  }
}
