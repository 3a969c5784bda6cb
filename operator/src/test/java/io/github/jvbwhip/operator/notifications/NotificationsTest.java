package io.github.jvbwhip.operator.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import com.typesafe.config.ConfigFactory;
import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.core.bridge.FakeBridge;
import io.github.jvbwhip.core.threads.TestThreads;
import io.github.jvbwhip.http.access.webhook.WebhookSignature;
import io.github.jvbwhip.operator.NotifyingServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What another server is told, by a real one. */
class NotificationsTest {
  private record Told(JsonNode body, String signature, String text) {}

  private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
  private final BlockingQueue<Integer> statuses = new LinkedBlockingQueue<>();
  private final ExecutorService threads = Executors.newCachedThreadPool(TestThreads.daemons());
  private final HttpServer listener;
  private NotifyingServer server;

  NotificationsTest() throws IOException {
    listener = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    listener.setExecutor(threads);
    listener.createContext(
        "/",
        exchange -> {
          String text =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          Integer status = statuses.poll();
          if (status == null) {
            told.add(
                new Told(
                    JsonMapper.builder().build().readTree(text),
                    exchange.getRequestHeaders().getFirst(WebhookSignature.FIELD),
                    text));
          }
          exchange.sendResponseHeaders(status == null ? 204 : status, -1);
          exchange.close();
        });
    listener.start();
  }

  private void start(String changes) throws Exception {
    server =
        new NotifyingServer(
            "url = \"http://127.0.0.1:" + listener.getAddress().getPort() + "/\"\n" + changes);
  }

  @AfterEach
  void stop() {
    server.close();
    listener.stop(0);
    threads.shutdownNow();
  }

  private FakeBridge bridge() {
    return server.bridge();
  }

  private Told next() throws InterruptedException {
    Told next = told.poll(30, TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    return next;
  }

  @Test
  void publishers_and_players_come_and_go() throws Exception {
    start("secret = swordfish");
    server.publish("hall/camera");
    server.watch("hall");
    List<Runnable> happens =
        List.of(
            bridge().ingests().get(0)::connectPeer,
            bridge().egresses().get(0)::connectPeer,
            () -> bridge().egresses().get(0).end(EndReason.DTLS_CLOSED, "the client closed DTLS"),
            () -> bridge().ingests().get(0).end(EndReason.CONSENT_LOST, "gone"));

    List<String> events = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      happens.get(i).run();
      Told one = next();
      events.add(one.body().at("/event").asText());
      assertThat(one.signature()).isEqualTo(WebhookSignature.of("swordfish", one.text()));
      assertThat(one.body().at("/room").asText()).isEqualTo("hall");
      assertThat(one.body().at("/id").asText()).hasSize(16);
      if (i == 3) {
        assertThat(one.body().at("/reason").asText()).isEqualTo("consent-lost");
        assertThat(one.body().at("/stream").asText()).isEqualTo("camera");
        assertThat(one.body().at("/seconds").isNumber()).isTrue();
      }
    }
    assertThat(events).containsExactly("publish", "watch", "end", "unpublish");
  }

  @Test
  void who_never_connects_is_not_told() throws Exception {
    start("");
    server.publish("hall/camera");
    bridge().ingests().get(0).end(EndReason.ICE_FAILED, "no checks");
    server.publish("hall/screen");
    bridge().ingests().get(0).connectPeer();
    assertThat(next().body().at("/stream").asText()).isEqualTo("screen");
  }

  @Test
  void only_what_is_wanted_is_told() throws Exception {
    start("events = unpublish");
    server.publish("hall/camera");
    bridge().ingests().get(0).connectPeer();
    bridge().ingests().get(0).end(EndReason.CONSENT_LOST, "gone");
    assertThat(next().body().at("/event").asText()).isEqualTo("unpublish");
  }

  /** Neither is lost, nor comes before one that happened before. */
  @Test
  void what_is_not_taken_is_told_again_and_in_order() throws Exception {
    statuses.addAll(List.of(500, 302, 404));
    start("");
    server.publish("hall/camera");
    bridge().ingests().get(0).connectPeer();
    bridge().ingests().get(0).end(EndReason.CONSENT_LOST, "gone");
    assertThat(next().body().at("/event").asText()).isEqualTo("publish");
    assertThat(statuses).isEmpty();
    assertThat(next().body().at("/event").asText()).isEqualTo("unpublish");
  }

  @Test
  void what_is_never_taken_is_given_up_and_the_next_one_told() throws Exception {
    statuses.add(500);
    start("give-up-after = 0");
    server.publish("hall/camera");
    bridge().ingests().get(0).connectPeer();
    bridge().ingests().get(0).end(EndReason.CONSENT_LOST, "gone");
    assertThat(next().body().at("/event").asText()).isEqualTo("unpublish");
  }

  @Test
  void the_queue_is_bounded_and_the_oldest_are_lost() throws Exception {
    statuses.add(500);
    start("max-queued = 2, events = publish");
    for (int i = 0; i < 5; i++) {
      server.publish("hall/s" + i);
      bridge().ingests().get(i).connectPeer();
    }
    // Which were the last two depends on the threads that told of them.
    assertThat(List.of(next(), next()))
        .extracting(each -> each.body().at("/stream").asText())
        .doesNotHaveDuplicates()
        .isSubsetOf("s0", "s1", "s2", "s3", "s4");
    server.publish("hall/after");
    bridge().ingests().get(5).connectPeer();
    assertThat(next().body().at("/stream").asText()).isEqualTo("after");
  }

  @Test
  void the_last_ones_are_told_before_the_server_stops() throws Exception {
    start("");
    server.publish("hall/camera");
    bridge().ingests().get(0).connectPeer();
    assertThat(next().body().at("/event").asText()).isEqualTo("publish");
    server.close();
    assertThat(told)
        .singleElement()
        .satisfies(last -> assertThat(last.body().at("/event").asText()).isEqualTo("unpublish"))
        .satisfies(last -> assertThat(last.body().at("/reason").asText()).isEqualTo("shutdown"));
  }

  @Test
  void configuration_is_checked() throws Exception {
    start("");
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                    () ->
                        NotificationConfig.read(
                            new io.github.jvbwhip.http.config.Section(
                                ConfigFactory.parseString(
                                    "url = \"\", secret = x, events = [], timeout = 1s,"
                                        + " give-up-after = 1s, max-queued = 1"),
                                "notifications")))
                .getMessage())
        .contains("notifications.url");
  }
}
