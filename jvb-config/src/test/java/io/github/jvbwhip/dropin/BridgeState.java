package io.github.jvbwhip.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a bridge says about itself: its debug interface, its metrics, its virtual machine. */
final class BridgeState {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DEBUG = "/debug?full=true";
  private static final int ASKED = 50;

  private final JvbProcess bridge;

  BridgeState(JvbProcess bridge) {
    this.bridge = bridge;
  }

  /** Whether it has no conference; not while one comes or goes, of which it cannot tell. */
  boolean isEmpty() throws IOException, InterruptedException {
    return bridge.get("/debug").body().contains("\"conferences\":{}");
  }

  /** Whether the endpoints that the plugin allocates at the start have gone again. */
  boolean isWarm() throws IOException, InterruptedException {
    // On a busy machine the rehearsal is given up, and what it has begun ends later.
    return !bridge.logLines("ehears").isEmpty()
        && sum("whip_whep_sessions_opened_total{") == sum("whip_whep_sessions_ended_total{")
        && isEmpty();
  }

  /** What all metrics whose names begin so come to. */
  double sum(String prefix) throws IOException, InterruptedException {
    return metrics(prefix).values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /**
   * All that it tells of its conferences. It reads that while packets change it, and fails at
   * times: then it is asked again.
   */
  JsonNode debug() throws IOException, InterruptedException {
    HttpResponse<String> response = bridge.get(DEBUG);
    for (int asked = 1; response.statusCode() == 500 && asked < ASKED; asked++) {
      response = bridge.get(DEBUG);
    }
    assertThat(response.statusCode()).as(DEBUG).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  /** A page of the bridge's REST interface. */
  JsonNode json(String path) throws IOException, InterruptedException {
    HttpResponse<String> response = bridge.get(path);
    assertThat(response.statusCode()).as(path).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  /** Buffers that were taken from the bridge's pool and not given back; to be switched on first. */
  int outstandingBuffers() throws IOException, InterruptedException {
    return json("/debug/stats/jvb/pool-stats").path("outstanding_buffers").asInt(-1);
  }

  /** Lets the bridge count them. */
  void countBuffers() throws IOException, InterruptedException {
    assertThat(bridge.get("/debug/features/jvb/pool-bookkeeping/true").statusCode()).isEqualTo(200);
  }

  /** Its metrics: name and labels, as they stand in the line, to the value. */
  Map<String, Double> metrics() throws IOException, InterruptedException {
    HttpResponse<String> response = bridge.get("/metrics");
    assertThat(response.statusCode()).as("/metrics").isEqualTo(200);
    Map<String, Double> metrics = new HashMap<>();
    for (String line : response.body().lines().filter(l -> !l.startsWith("#")).toList()) {
      int space = line.lastIndexOf(' ');
      metrics.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
    }
    return metrics;
  }

  /** Those metrics whose name and labels begin like this. */
  Map<String, Double> metrics(String prefix) throws IOException, InterruptedException {
    Map<String, Double> some = metrics();
    some.keySet().removeIf(name -> !name.startsWith("jitsi_jvb_" + prefix));
    assertThat(some).as(prefix).isNotEmpty();
    return some;
  }

  /** One metric; 0 where the bridge does not have it yet, as with labels that were never used. */
  double metric(String nameAndLabels, Object... values) throws IOException, InterruptedException {
    return metrics().getOrDefault("jitsi_jvb_" + nameAndLabels.formatted(values), 0.0);
  }

  /** The classes of the given names that have instances which something still refers to. */
  Map<String, Integer> instances(List<String> classes) throws IOException, InterruptedException {
    Map<String, Integer> found = new HashMap<>();
    jcmd("GC.class_histogram")
        .lines()
        .map(line -> line.trim().split(" +"))
        .filter(words -> words.length > 3 && classes.contains(words[3]))
        .forEach(words -> found.put(words[3], Integer.valueOf(words[1])));
    return found;
  }

  private String jcmd(String command) throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process process =
        new ProcessBuilder(jcmd, Long.toString(bridge.pid()), command)
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
