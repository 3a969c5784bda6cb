package io.github.jvbwhip.dropin;

import static io.github.jvbwhip.dropin.Peers.eventually;

import io.github.jvbwhip.testpeer.network.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Real bridges on this machine, each with the plugin, which know each other as a cluster. */
public final class BridgeCluster implements AutoCloseable {
  /** It can be read, and is refused where it is not redirected. */
  private static final String NOTHING_OFFERED = "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n";

  private static final String SECRET = "0123456789abcdef0123456789abcdef";

  private final List<JvbProcess> bridges = new ArrayList<>();
  private final List<Integer> ports;

  private BridgeCluster(List<Integer> ports) {
    this.ports = ports;
  }

  /**
   * Starts them, and waits until each has said that all others are there.
   *
   * @param settings what the section {@code cluster} of each has besides the usual
   */
  public static BridgeCluster startOrSkip(int size, String settings) throws Exception {
    Path home = JvbHome.orSkip();
    List<Integer> ports = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      ports.add(FreePort.find());
    }
    BridgeCluster cluster = new BridgeCluster(ports);
    try {
      for (int i = 0; i < size; i++) {
        cluster.bridges.add(
            JvbProcess.start(
                home, Optional.of(JvbProcess.dropInJar()), cluster.configuration(i, settings)));
      }
      cluster.awaitAll();
      return cluster;
    } catch (Exception | AssertionError e) {
      cluster.close();
      throw e;
    }
  }

  private String configuration(int member, String settings) {
    String all =
        ports.stream().map(port -> "\"" + url(port) + "\"").collect(Collectors.joining(", "));
    return String.join(
        "\n",
        "videobridge {",
        "  relay { enabled = true, relay-id = \"bridge-" + member + "\" }",
        "  websockets.enabled = true",
        JvbProcess.BANDWIDTH_ENOUGH,
        "  whep { enabled = true }",
        "  whip {",
        "    enabled = true",
        "    http-server { host = 127.0.0.1, port = " + ports.get(member) + " }",
        "    cluster {",
        "      enabled = true, self = \"" + url(ports.get(member)) + "\"",
        "      members = [ " + all + " ], secret = \"" + SECRET + "\"",
        "      " + settings,
        "    }",
        "  }",
        "}",
        "");
  }

  private static String url(int port) {
    return "http://127.0.0.1:" + port;
  }

  /** Waits until each has said that all others are there. */
  void awaitAll() throws Exception {
    for (int i = 0; i < ports.size(); i++) {
      awaitOthers(i, "healthy", ports.size() - 1);
    }
  }

  /** Waits until a member has missed one of the others. */
  void awaitMissed(int member) throws Exception {
    awaitOthers(member, "dead", 1);
  }

  private void awaitOthers(int member, String health, int count) throws Exception {
    eventually(
        "member " + member + " knows " + count + " others as " + health,
        () -> state(member).sum("whip_whep_cluster_members{health=\"" + health + "\""),
        seen -> seen == count);
  }

  /** The metrics of a member. */
  BridgeState state(int member) {
    return new BridgeState(bridges.get(member));
  }

  /** The process of a member. */
  public JvbProcess bridge(int member) {
    return bridges.get(member);
  }

  /** A URL of a member's plugin. */
  public URI url(int member, String path) {
    return URI.create(url(ports.get(member)) + path);
  }

  /** The member that a URL is of. */
  public int member(URI url) {
    return ports.indexOf(url.getPort());
  }

  /** The member that is the home of a room: where publishers are sent. */
  public int home(String room) throws IOException, InterruptedException {
    HttpResponse<Void> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(url(0, "/whip/" + room))
                    .header("Content-Type", "application/sdp")
                    .POST(HttpRequest.BodyPublishers.ofString(NOTHING_OFFERED))
                    .build(),
                HttpResponse.BodyHandlers.discarding());
    return response.headers().firstValue("Location").map(URI::create).map(this::member).orElse(0);
  }

  /** All members but these. */
  public List<Integer> others(Integer... members) {
    return IntStream.range(0, ports.size())
        .boxed()
        .filter(member -> !List.of(members).contains(member))
        .toList();
  }

  @Override
  public void close() {
    bridges.forEach(JvbProcess::close);
  }

  /** Ends a member by SIGKILL. */
  public void kill(int member) throws InterruptedException {
    bridges.get(member).kill();
  }

  /** Starts a member again that was killed. */
  public void restart(int member) throws IOException, InterruptedException {
    bridges.get(member).restart();
  }

  /** Has a member hang: whoever asks it waits, and its media stops. */
  public void suspend(int member) throws IOException, InterruptedException {
    signal(member, "-STOP");
  }

  /** Has a member go on that was suspended. */
  public void resume(int member) throws IOException, InterruptedException {
    signal(member, "-CONT");
  }

  private void signal(int member, String signal) throws IOException, InterruptedException {
    int status =
        new ProcessBuilder("kill", signal, Long.toString(bridges.get(member).pid()))
            .inheritIO()
            .start()
            .waitFor();
    if (status != 0) {
      throw new IOException("kill " + signal + ": status " + status);
    }
  }
}
