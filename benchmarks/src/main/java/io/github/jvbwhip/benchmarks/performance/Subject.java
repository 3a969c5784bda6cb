package io.github.jvbwhip.benchmarks.performance;

import io.github.jvbwhip.benchmarks.process.Build;
import io.github.jvbwhip.benchmarks.process.Server;
import io.github.jvbwhip.testpeer.network.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A server that is measured.
 *
 * @param whip the URL to publish to, with {room} and {stream} where it has many
 * @param pids all its processes
 * @param own whether it is one of this project's, which take any room and stream
 */
record Subject(
    String name, String whip, String whep, List<Long> pids, boolean own, AutoCloseable process)
    implements AutoCloseable {
  static final String EMBEDDED = "embedded bridge";
  static final String JVB = "JVB with the plugin";

  private static final String PATH = "perf{room}/cam{stream}";

  /** The embedded bridge, as {@code ./run} starts it. */
  static Subject embedded() throws IOException, InterruptedException {
    Path config = Files.createTempFile("performance", ".conf");
    Files.writeString(config, Server.NO_RATE_LIMIT);
    Path log = Files.createTempFile("performance", ".log");
    int port = FreePort.find();
    Process process =
        new ProcessBuilder(
                Build.root().resolve("run").toString(),
                "--bridge",
                "embedded",
                "--port",
                Integer.toString(port),
                "--udp-port",
                "0",
                "--config",
                config.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    while (!Files.readString(log).contains("Ctrl-C ends it")) {
      if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
        throw new IOException("./run ended:\n" + Files.readString(log));
      }
    }
    String base = "http://127.0.0.1:" + port + "/";
    return new Subject(
        EMBEDDED,
        base + "whip/" + PATH,
        base + "whep/" + PATH,
        List.of(process.pid()),
        true,
        () -> {
          process.destroy();
          process.waitFor();
          Files.delete(config);
          Files.delete(log);
        });
  }

  /** A Jitsi Videobridge with the plugin, as its own script starts it. */
  static Subject jvb() throws IOException, InterruptedException {
    Server server = Server.jvb("");
    return new Subject(
        JVB,
        server.url("whip/").toString() + PATH,
        server.url("whep/").toString() + PATH,
        List.of(server.jvm().pid()),
        true,
        server);
  }

  /**
   * A server that runs already.
   *
   * @param urls two URLs and the ids of its processes, divided by commas
   * @throws IllegalArgumentException with a line for a person when they are none
   */
  static Subject peer(Map.Entry<String, String> urls) {
    String[] parts = urls.getValue().split(",");
    if (parts.length < 3) {
      throw new IllegalArgumentException("--peer is NAME=WHIP,WHEP,PID[,PID], not " + urls + ".");
    }
    for (String url : List.of(parts[0], parts[1])) {
      if (!url.matches("https?://\\S+")) {
        throw new IllegalArgumentException("--peer: " + url + " is no HTTP URL.");
      }
    }
    List<Long> pids = Arrays.stream(parts).skip(2).map(Subject::pid).toList();
    return new Subject(urls.getKey(), parts[0], parts[1], pids, false, () -> {});
  }

  private static long pid(String text) {
    try {
      long pid = Long.parseLong(text);
      if (ProcessHandle.of(pid).isPresent()) {
        return pid;
      }
    } catch (NumberFormatException e) {
      // Neither is this one.
    }
    throw new IllegalArgumentException(
        "--peer: " + text + " is not the number of a process on this machine.");
  }

  @Override
  public void close() throws Exception {
    process.close();
  }
}
