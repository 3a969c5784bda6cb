package io.github.jvbwhip.http.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvbwhip.core.threads.Await;
import io.github.jvbwhip.core.threads.TestThreads;
import io.github.jvbwhip.http.TestServer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** WHATWG HTML §9.2; WHEP events document, "Server Sent Events extension". */
@Timeout(30)
class SseStreamTest {
  private static final SseSettings SETTINGS =
      new SseSettings(
          8, 64 * 1024, Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(2));

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final AtomicLong nanoTime = new AtomicLong();
  private final ExecutorService writers = Executors.newFixedThreadPool(2, TestThreads.daemons());
  private final SseHub hub = new SseHub(SETTINGS, writers, nanoTime::get);
  private final CountDownLatch disconnected = new CountDownLatch(1);
  private final AtomicInteger disconnects = new AtomicInteger();
  private final SseStream stream =
      hub.open(
          gone -> {
            disconnects.incrementAndGet();
            disconnected.countDown();
          });
  private final HttpClient client = HttpClient.newHttpClient();
  private final Server server = TestServer.newServer(20);
  private final ServerConnector connector = new ServerConnector(server);

  @BeforeEach
  void startServer() throws Exception {
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    serve(stream);
  }

  private void serve(SseStream served) throws Exception {
    server.stop();
    ServletContextHandler context = new ServletContextHandler();
    ServletHolder holder = new ServletHolder(new StreamServlet(served));
    holder.setAsyncSupported(true);
    context.addServlet(holder, "/*");
    server.setHandler(context);
    server.start();
  }

  @AfterEach
  void stopServer() throws Exception {
    hub.close();
    server.stop();
    writers.shutdownNow();
  }

  @Test
  void answers_at_once_with_the_headers_of_a_live_stream() throws Exception {
    try (EventStreamClient reader = open()) {
      assertThat(reader.status()).isEqualTo(200);
      assertThat(reader.headers().firstValue("Content-Type")).hasValue("text/event-stream");
      assertThat(reader.headers().firstValue("Cache-Control")).hasValue("no-store");
      assertThat(reader.headers().firstValue("X-Accel-Buffering")).hasValue("no");
      reader.readUntil(() -> reader.parser().retry().isPresent());
      assertThat(reader.parser().retry()).hasValue(2000);
    }
  }

  @Test
  void delivers_what_was_enqueued_before_and_after_the_get() throws Exception {
    send("active", "{}");
    try (EventStreamClient reader = open()) {
      assertThat(reader.next()).isEqualTo(new EventStreamParser.Event("active", "{}", "1", 1));
      send("inactive", "{}");
      assertThat(reader.next()).isEqualTo(new EventStreamParser.Event("inactive", "{}", "2", 1));
    }
  }

  @Test
  void replays_after_last_event_id() throws Exception {
    try (EventStreamClient reader = open()) {
      send("n", "a");
      send("n", "b");
      send("n", "c");
      reader.next();
      reader.next();
      reader.next();
    }
    try (EventStreamClient reader = open("Last-Event-ID", "1")) {
      assertThat(reader.next().data()).isEqualTo("b");
      assertThat(reader.next().lastEventId()).isEqualTo("3");
    }
  }

  @Test
  void a_last_event_id_that_is_not_ours_is_no_error() throws Exception {
    send("n", "a");
    try (EventStreamClient reader = open("Last-Event-ID", "not-a-number")) {
      assertThat(reader.next().data()).isEqualTo("a");
    }
  }

  @Test
  void a_second_connection_replaces_the_first() throws Exception {
    try (EventStreamClient first = open()) {
      send("n", "a");
      assertThat(first.next().data()).isEqualTo("a");
      try (EventStreamClient second = open()) {
        assertThat(first.readToEnd()).isEmpty();
        send("n", "b");
        assertThat(second.next().data()).isEqualTo("b");
      }
    }
  }

  @Test
  void closing_delivers_the_rest_and_nothing_after_it() throws Exception {
    try (EventStreamClient reader = open()) {
      send("reconnect", "{}");
      stream.close();
      assertThat(reader.readToEnd())
          .extracting(EventStreamParser.Event::type)
          .containsExactly("reconnect");
    }
    assertThat(open().readToEnd()).isEmpty();
  }

  @Test
  void discarding_drops_what_is_queued() throws Exception {
    send("n", "a");
    stream.discard();
    send("n", "b");
    assertThat(open().readToEnd()).isEmpty();
  }

  @Test
  void a_comment_keeps_a_silent_connection_alive() throws Exception {
    try (EventStreamClient reader = open()) {
      send("n", "a");
      reader.next();
      nanoTime.addAndGet(SETTINGS.heartbeat().toNanos() - 1);
      hub.tick();
      send("n", "b");
      reader.next();
      assertThat(reader.parser().comments()).isZero();

      nanoTime.addAndGet(SETTINGS.heartbeat().toNanos());
      hub.tick();
      reader.readUntil(() -> reader.parser().comments() == 1);
    }
  }

  @Test
  void a_reader_that_stops_reading_is_closed_and_the_producer_never_waits() throws Exception {
    // Writing on the producer's own thread shows that not even writing waits.
    SseHub direct = new SseHub(SETTINGS, Runnable::run, nanoTime::get);
    SseStream full = direct.open(gone -> disconnected.countDown());
    serve(full);
    SseFrame large = SseEncoder.encode(new SseEvent("n", "x".repeat(60_000), Optional.empty()));
    try (Socket stalled = openStalled()) {
      // The kernel's buffers take some megabytes before the first write stays pending.
      untilDisconnected(
          () -> {
            full.send(large);
            Await.until("nobody writes", direct::isIdle);
          });
      assertThat(disconnected.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(direct.connections()).isZero();
      assertThatStreamIsCut(stalled);
    }
    try (EventStreamClient reader = open()) {
      full.send(SseEncoder.encode(new SseEvent("later", "y", Optional.empty())));
      assertThat(reader.next("later").data()).isEqualTo("y");
    }
    direct.close();
  }

  private void untilDisconnected(Runnable send) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    for (int sent = 0; disconnected.getCount() > 0; sent++) {
      assertThat(System.nanoTime() - end).as("still connected after %d events", sent).isNegative();
      send.run();
    }
  }

  @Test
  void a_reader_that_only_gets_states_and_stops_reading_is_closed_by_the_clock() throws Exception {
    SseFrame large = SseEncoder.encode(SseEvent.state("layers", "x".repeat(60_000)));
    try (Socket stalled = openStalled()) {
      untilDisconnected(
          () -> {
            stream.send(large);
            nanoTime.addAndGet(Duration.ofMillis(1).toNanos());
            hub.tick();
          });
      assertThatStreamIsCut(stalled);
    }
    assertThat(disconnects).hasValue(1);
  }

  @Test
  void a_thousand_events_from_many_threads_arrive_in_id_order() throws Exception {
    SseHub roomy =
        new SseHub(
            new SseSettings(
                2000, 1 << 20, Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ZERO),
            writers,
            nanoTime::get);
    SseStream many = roomy.open();
    serve(many);
    try (EventStreamClient reader = open()) {
      List<Thread> threads = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        Thread thread =
            new Thread(
                () -> {
                  for (int i = 0; i < 250; i++) {
                    many.send(SseEncoder.encode(new SseEvent("n", "x", Optional.empty())));
                  }
                },
                "test-writer");
        thread.start();
        threads.add(thread);
      }
      for (long id = 1; id <= 1000; id++) {
        assertThat(reader.next().lastEventId()).isEqualTo(Long.toString(id));
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
    roomy.close();
  }

  @Test
  void a_writer_that_is_not_to_be_had_does_not_silence_the_stream() throws Exception {
    AtomicInteger refusals = new AtomicInteger();
    SseHub busy =
        new SseHub(
            SETTINGS,
            task -> {
              if (refusals.getAndDecrement() > 0) {
                throw new RejectedExecutionException("no thread");
              }
              writers.execute(task);
            },
            nanoTime::get);
    SseStream served = busy.open();
    serve(served);
    try (EventStreamClient reader = open()) {
      reader.readUntil(() -> reader.parser().retry().isPresent());
      refusals.set(1);
      served.send(SseEncoder.encode(new SseEvent("n", "a", Optional.empty())));
      assertThat(reader.next().data()).isEqualTo("a");
      served.send(SseEncoder.encode(new SseEvent("n", "b", Optional.empty())));
      assertThat(reader.next().data()).isEqualTo("b");
    }
    busy.close();
  }

  @Test
  void settings_without_room_are_refused() {
    assertThatThrownBy(
            () -> new SseSettings(0, 1, Duration.ofSeconds(1), Duration.ZERO, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SseSettings(1, 1, Duration.ZERO, Duration.ZERO, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void send(String name, String data) {
    stream.send(SseEncoder.encode(new SseEvent(name, data, Optional.empty())));
  }

  private EventStreamClient open(String... headers) throws IOException, InterruptedException {
    return EventStreamClient.open(
        client, URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/sse"), headers);
  }

  /** A client that asks for the stream, reads the status line, and then nothing more. */
  private Socket openStalled() throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.connect(new InetSocketAddress("127.0.0.1", connector.getLocalPort()));
    socket
        .getOutputStream()
        .write("GET /sse HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    byte[] status = socket.getInputStream().readNBytes(12);
    assertThat(new String(status, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200");
    return socket;
  }

  /** Cut: the body has no last chunk, or the connection was reset. */
  private static void assertThatStreamIsCut(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    String end = "";
    try {
      byte[] buffer = new byte[65536];
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        end = new String(buffer, 0, length, StandardCharsets.UTF_8);
      }
    } catch (IOException reset) {
      return;
    }
    assertThat(end).doesNotEndWith("0\r\n\r\n");
  }

  private static final class StreamServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private final transient SseStream stream;

    StreamServlet(SseStream stream) {
      this.stream = stream;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
      try {
        response.setContentType(SseStream.MEDIA_TYPE);
        SseStream.HEADERS.forEach(response::setHeader);
        stream.connect(request.startAsync());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
