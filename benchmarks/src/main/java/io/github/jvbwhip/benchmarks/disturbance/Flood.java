package io.github.jvbwhip.benchmarks.disturbance;

import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.DescriptionWriter;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.transport.IceParameters;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * POSTs of offers that nothing follows, from one address of the machine, on connections that are
 * kept: some at once, and the next ones as soon as these are answered.
 */
final class Flood implements AutoCloseable {
  private static final int CONNECTIONS = 8;
  private static final int PIPELINED = 20;

  private final InetSocketAddress server;
  private final byte[] requests;
  private final List<Thread> threads = new ArrayList<>();
  private final Map<Integer, AtomicLong> statuses = new ConcurrentSkipListMap<>();
  private final AtomicLong withoutRetryAfter = new AtomicLong();
  private final long begun = System.nanoTime();
  private volatile boolean closed;

  /** Begins. */
  Flood(URI endpoint) {
    server = new InetSocketAddress(endpoint.getHost(), endpoint.getPort());
    requests = request(endpoint).repeat(PIPELINED).getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < CONNECTIONS; i++) {
      Thread thread = new Thread(this::run, "flood-" + i);
      thread.start();
      threads.add(thread);
    }
  }

  private static String request(URI endpoint) {
    OfferSpec spec = OfferSpec.player(Codec.H264);
    String fingerprint = "sha-256" + " 00".concat(":00".repeat(31));
    String offer =
        new DescriptionWriter(
                1, fingerprint, new IceParameters("abcd", "abcdefghijklmnopqrstuvwx", List.of()))
            .offer(spec, Collections.nCopies(spec.media().size(), List.of()));
    return """
        POST %s HTTP/1.1\r
        Host: %s\r
        Content-Type: application/sdp\r
        Content-Length: %d\r
        \r
        %s"""
        .formatted(endpoint.getPath(), endpoint.getAuthority(), offer.length(), offer);
  }

  private void run() {
    while (!closed) {
      try (Socket socket = new Socket()) {
        socket.bind(new InetSocketAddress("127.0.0.2", 0));
        socket.connect(server);
        socket.setTcpNoDelay(true);
        InputStream in = new BufferedInputStream(socket.getInputStream());
        while (!closed) {
          socket.getOutputStream().write(requests);
          for (int i = 0; i < PIPELINED; i++) {
            count(in);
          }
        }
      } catch (IOException e) {
        statuses.computeIfAbsent(0, none -> new AtomicLong()).incrementAndGet();
      }
    }
  }

  private void count(InputStream in) throws IOException {
    String head = head(in);
    int status = Integer.parseInt(head.substring(9, 12));
    statuses.computeIfAbsent(status, any -> new AtomicLong()).incrementAndGet();
    if ((status == 429 || status == 503) && !head.contains("\r\nretry-after: ")) {
      withoutRetryAfter.incrementAndGet();
    }
    int length = head.indexOf("\r\ncontent-length: ");
    if (length >= 0) {
      String value = head.substring(length + 18, head.indexOf('\r', length + 2));
      in.skipNBytes(Integer.parseInt(value));
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("closed");
      }
      head.append((char) next);
    }
    return head.toString().toLowerCase(Locale.ROOT);
  }

  /** Ends it and tells what came of it. */
  String end() throws InterruptedException {
    closed = true;
    for (Thread thread : threads) {
      thread.join();
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    long all = statuses.values().stream().mapToLong(AtomicLong::get).sum();
    return String.format(
        Locale.ROOT,
        "%.0f POSTs/s, answers %s, without Retry-After %d",
        all / seconds,
        statuses,
        withoutRetryAfter.get());
  }

  @Override
  public void close() {
    closed = true;
  }
}
