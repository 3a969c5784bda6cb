package io.github.jvbwhip.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.github.jvbwhip.core.metrics.Exposition;
import io.github.jvbwhip.core.threads.TestThreads;
import io.github.jvbwhip.embedded.EmbeddedBridge;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server without clients tells of itself, and whom. */
class MonitoringTest {
  private final HttpClient client = HttpClient.newHttpClient();

  private static Standalone start(Map<String, ?> changes) throws Exception {
    Config config =
        ConfigFactory.parseMap(changes)
            .withFallback(
                ConfigFactory.parseString(
                    """
                    standalone {
                      http { host = "127.0.0.1", port = 0 }
                      udp-port = 0
                      bind = ["127.0.0.1"]
                    }
                    """));
    return Standalone.start(Standalone.configuration(config));
  }

  private HttpResponse<String> get(Standalone from, String path, String... headers)
      throws Exception {
    return send(from, "GET", path, headers);
  }

  private HttpResponse<String> send(Standalone to, String method, String path, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(to.uri().resolve(path)).method(method, BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  @Test
  void metrics_are_the_products_javas_and_the_process_own() throws Exception {
    try (Standalone running = start(Map.of("standalone.max-sessions", 7))) {
      HttpResponse<String> response = get(running, "metrics");
      assertThat(response.headers().firstValue("content-type").orElse(""))
          .startsWith("text/plain; version=0.0.4");
      Exposition metrics = new Exposition(response.body());
      metrics.assertHasProductMetrics();
      assertThat(metrics.value("whip_whep_accepting")).isEqualTo(1);
      assertThat(metrics.value("whip_whep_sessions_limit{kind=\"whep\"}")).isEqualTo(7);
      // The server has rehearsed.
      assertThat(metrics.value("whip_whep_sessions_opened_total{kind=\"whip\"}")).isEqualTo(1);
      assertThat(metrics.value("whip_whep_sessions_ended_total{kind=\"whep\",reason=\"closed\"}"))
          .isEqualTo(1);
      assertThat(metrics.value("whip_whep_allocation_seconds_count")).isEqualTo(2);
      assertThat(metrics.names())
          .contains(
              "process_cpu_seconds_total",
              "process_resident_memory_bytes",
              "process_open_fds",
              "process_max_fds",
              "process_start_time_seconds",
              "jvm_memory_used_bytes",
              "jvm_memory_max_bytes",
              "jvm_threads_current",
              "jvm_gc_collection_seconds_sum",
              "jvm_buffer_pool_used_bytes");
    }
  }

  @Test
  void who_asks_for_open_metrics_gets_them() throws Exception {
    try (Standalone running = start(Map.of())) {
      HttpResponse<String> response =
          get(running, "metrics", "Accept", "application/openmetrics-text; version=1.0.0");
      assertThat(response.headers().firstValue("content-type").orElse(""))
          .startsWith("application/openmetrics-text");
      assertThat(response.body()).endsWith("# EOF\n");
      new Exposition(response.body()).assertHasProductMetrics();
    }
  }

  @Test
  void posts_that_were_refused_are_counted_by_their_problem() throws Exception {
    try (Standalone running = start(Map.of())) {
      for (int i = 0; i < 2; i++) {
        assertThat(send(running, "POST", "whip/a", "Content-Type", "text/plain").statusCode())
            .isEqualTo(415);
      }
      Exposition metrics = new Exposition(get(running, "metrics").body());
      assertThat(
              metrics.value(
                  "whip_whep_posts_total{kind=\"whip\",outcome=\"unsupported-media-type\"}"))
          .isEqualTo(2);
      assertThat(metrics.value("whip_answer_seconds_count")).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "203.0.113.0/24", "127.0.0.2"})
  void others_than_those_that_are_named_may_not_read_metrics(String allowed) throws Exception {
    List<String> networks = allowed.isEmpty() ? List.of() : List.of(allowed);
    try (Standalone running = start(Map.of("standalone.metrics.allow", networks))) {
      HttpResponse<String> response = get(running, "metrics");
      assertThat(response.statusCode()).isEqualTo(403);
      assertThat(response.headers().firstValue("content-type"))
          .hasValue("application/problem+json");
      assertThat(response.body()).contains("standalone.metrics.allow").doesNotContain("jitsi_jvb");
      assertThat(get(running, "health").statusCode()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "X-Forwarded-For, 203.0.113.7, false, 403",
    "X-Forwarded-For, 203.0.113.7, true, 403",
    "X-Forwarded-For, 127.0.0.1, false, 403",
    "X-Forwarded-For, 192.0.2.9, true, 200",
    "X-Forwarded-For, 127.0.0.1, true, 200",
    "X-Forwarded-For, unknown, true, 403",
    "X-Forwarded-For, 'unknown, 127.0.0.1', true, 403",
    "X-Forwarded-For, '192.0.2.9, 203.0.113.7', true, 403",
    "X-Forwarded-Prefix, /live, false, 403",
    "X-Forwarded-Prefix, /live, true, 403",
    "X-Real-IP, 127.0.0.1, false, 403",
    "Forwarded, for=127.0.0.1, false, 403",
    "User-Agent, Prometheus, false, 200",
    "User-Agent, Prometheus, true, 200"
  })
  void behind_a_proxy_the_clients_own_address_counts(
      String header, String value, boolean trusted, int status) throws Exception {
    Map<String, ?> settings =
        Map.of(
            "standalone.metrics.allow",
            List.of("127.0.0.1", "192.0.2.0/24"),
            "videobridge.whip.auth.mode",
            "none",
            "videobridge.whep.auth.mode",
            "none",
            "videobridge.whip.trusted-proxies",
            trusted ? List.of("127.0.0.1") : List.of());
    try (Standalone running = start(settings)) {
      assertThat(get(running, "metrics", header, value).statusCode()).isEqualTo(status);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"metrics", "health"})
  void both_can_only_be_read(String path) throws Exception {
    try (Standalone running = start(Map.of())) {
      HttpResponse<String> head = send(running, "HEAD", path);
      assertThat(head.statusCode()).isEqualTo(200);
      assertThat(head.body()).isEmpty();
      for (String method : List.of("POST", "DELETE", "OPTIONS", "PUT")) {
        HttpResponse<String> refused = send(running, method, path);
        assertThat(refused.statusCode()).as(method).isEqualTo(405);
        assertThat(refused.headers().firstValue("allow")).hasValue("GET, HEAD");
      }
    }
  }

  @Test
  void many_may_read_at_a_time() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8, TestThreads.daemons());
    try (Standalone running = start(Map.of())) {
      CountDownLatch begin = new CountDownLatch(1);
      List<Future<Exposition>> readings =
          IntStream.range(0, 40)
              .mapToObj(
                  i ->
                      threads.submit(
                          () -> {
                            begin.await();
                            return new Exposition(get(running, "metrics").body());
                          }))
              .toList();
      begin.countDown();
      for (Future<Exposition> reading : readings) {
        reading.get().assertHasProductMetrics();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void health_is_good_while_sessions_are_taken() throws Exception {
    try (Standalone running = start(Map.of())) {
      HttpResponse<String> good = get(running, "health");
      assertThat(good.statusCode()).isEqualTo(200);
      assertThat(good.body()).isEqualTo("{\"status\":\"ok\"}");
      assertThat(good.headers().firstValue("content-type")).hasValue("application/json");
      assertThat(good.headers().firstValue("cache-control")).hasValue("no-store");

      ((EmbeddedBridge) running.bridge()).drain(Optional.empty());
      HttpResponse<String> draining = get(running, "health");
      assertThat(draining.statusCode()).isEqualTo(503);
      assertThat(draining.body())
          .isEqualTo(
              "{\"status\":\"draining\",\"detail\":\"The bridge drains; new sessions go"
                  + " elsewhere.\"}");
      assertThat(new Exposition(get(running, "metrics").body()).value("whip_whep_accepting"))
          .isZero();
    }
  }

  @Test
  void health_is_bad_when_the_bridge_has_stopped() throws Exception {
    try (Standalone running = start(Map.of())) {
      ((EmbeddedBridge) running.bridge()).close();
      HttpResponse<String> failed = get(running, "health");
      assertThat(failed.statusCode()).isEqualTo(503);
      assertThat(failed.body())
          .isEqualTo("{\"status\":\"failed\",\"detail\":\"The bridge has stopped.\"}");
      new Exposition(get(running, "metrics").body()).assertHasProductMetrics();
    }
  }

  @Test
  void health_is_asked_by_others_too() throws Exception {
    try (Standalone running = start(Map.of("standalone.metrics.allow", List.of()))) {
      assertThat(get(running, "health", "X-Forwarded-For", "203.0.113.7").statusCode())
          .isEqualTo(200);
    }
  }
}
