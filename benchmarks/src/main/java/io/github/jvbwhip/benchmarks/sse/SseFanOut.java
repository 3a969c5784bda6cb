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
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
  private static final byte[] EVENT_END = "\n\n".getBytes(StandardCharsets.US_ASCII);

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
      try (Clients clients = new Clients(connector.getLocalPort())) {
        // The classes and buffers that the first connections bring are no stream's own cost.
        clients.connect(50);
        long before = usedHeap();
        clients.connect(count - 50);
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

  /** Returns the nanoseconds that the producer was busy. */
  private static long fanOut(Iterable<SseStream> streams, SseFrame frame, Clients clients)
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

  /** Many readers on one selector, driven by the caller's thread. */
  private static final class Clients implements AutoCloseable {
    private final int port;
    private final Selector selector = Selector.open();
    private final List<SocketChannel> channels = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(65536);

    Clients(int port) throws IOException {
      this.port = port;
    }

    void connect(int count) throws IOException {
      byte[] request =
          "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < count; i++) {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
        channel.write(ByteBuffer.wrap(request));
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
        channels.add(channel);
      }
      // Each stream greets with its reconnection time.
      awaitEvents(count);
    }

    void awaitEvents(int count) throws IOException {
      int missing = count;
      while (missing > 0) {
        selector.select();
        for (SelectionKey key : selector.selectedKeys()) {
          buffer.clear();
          int length = ((SocketChannel) key.channel()).read(buffer);
          if (length < 0) {
            throw new IOException("a stream was closed");
          }
          buffer.flip();
          missing -= eventsIn(buffer);
        }
        selector.selectedKeys().clear();
      }
    }

    private static int eventsIn(ByteBuffer buffer) {
      int events = 0;
      for (int i = 1; i < buffer.limit(); i++) {
        if (buffer.get(i - 1) == EVENT_END[0] && buffer.get(i) == EVENT_END[1]) {
          events++;
        }
      }
      return events;
    }

    @Override
    public void close() throws IOException {
      for (SocketChannel channel : channels) {
        channel.close();
      }
      selector.close();
    }
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
