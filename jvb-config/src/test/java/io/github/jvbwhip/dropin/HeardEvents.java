package io.github.jvbwhip.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.http.sse.EventStreamParser;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.signalling.HttpSignalling;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What a player hears on an event stream of its session, until that ends in whatever way. */
final class HeardEvents implements AutoCloseable {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final InputStream body;

  private record Heard(String type, String data) {}

  private final List<Heard> heard = new CopyOnWriteArrayList<>();
  private final CountDownLatch ended = new CountDownLatch(1);

  private HeardEvents(InputStream body) {
    this.body = body;
    Thread reader = new Thread(this::read, "test-heard-events");
    reader.setDaemon(true);
    reader.start();
  }

  /** Opens a stream of these events; the server has accepted it when this returns. */
  static HeardEvents of(TestPeer player, String... events) throws Exception {
    URI session = player.session().orElseThrow();
    Reply created =
        HttpSignalling.send(
            "POST",
            URI.create(session + "/sse"),
            "application/json",
            "[\"" + String.join("\",\"", events) + "\"]",
            java.util.Map.of());
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    HttpResponse<InputStream> response =
        CLIENT.send(
            HttpRequest.newBuilder(created.location().orElseThrow())
                .header("Accept", "text/event-stream")
                .build(),
            HttpResponse.BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    return new HeardEvents(response.body());
  }

  private void read() {
    EventStreamParser parser = new EventStreamParser();
    char[] buffer = new char[8192];
    try (Reader reader = new InputStreamReader(body, StandardCharsets.UTF_8)) {
      for (int length = reader.read(buffer); length >= 0; length = reader.read(buffer)) {
        parser.feed(new String(buffer, 0, length));
        parser.drain().forEach(e -> heard.add(new Heard(e.type(), e.data())));
      }
    } catch (IOException e) {
      // A cut connection is an end too.
    } finally {
      ended.countDown();
    }
  }

  /** The types of the events so far, in order. */
  List<String> types() {
    return heard.stream().map(Heard::type).toList();
  }

  /** The data of the events of one type so far, in order. */
  List<String> data(String type) {
    return heard.stream().filter(e -> e.type().equals(type)).map(Heard::data).toList();
  }

  /** Waits until the connection has ended. */
  boolean awaitEnd() throws InterruptedException {
    return ended.await(Peers.SOON.toSeconds(), TimeUnit.SECONDS);
  }

  @Override
  public void close() throws IOException {
    body.close();
  }
}
