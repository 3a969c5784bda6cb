package io.github.jvbwhip.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.testpeer.signalling.HttpSignalling;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The product as a process: how it starts, says where it is, and ends. */
class StandaloneProcessTest {

  @Test
  void it_prints_its_address_serves_and_ends_on_sigterm() {
    StandaloneProcess process =
        StandaloneProcess.start("--bridge", "embedded", "--port", "0", "--udp-port", "0");
    try (process) {
      Reply reply =
          HttpSignalling.send("GET", process.uri().resolve("watch"), null, null, Map.of());
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.body()).contains("<title>Watch</title>");
    }
    assertThat(process.awaitExit()).isIn(0, 143);
  }

  @Test
  void an_address_that_takes_all_connections_leaves_some_to_others() throws Exception {
    List<Socket> taken = new ArrayList<>();
    try (StandaloneProcess process =
        StandaloneProcess.startWithin(
            256, "--bridge", "embedded", "--port", "0", "--udp-port", "0")) {
      InetSocketAddress server = new InetSocketAddress("127.0.0.1", process.uri().getPort());
      for (int i = 0; i < 400; i++) {
        Socket socket = new Socket();
        taken.add(socket);
        socket.bind(new InetSocketAddress("127.0.0.2", 0));
        socket.connect(server);
        if (i % 20 == 0) { // Until it has counted these.
          HttpSignalling.send("GET", process.uri(), null, null, Map.of());
        }
      }
      assertThat(HttpSignalling.send("GET", process.uri(), null, null, Map.of()).status())
          .isEqualTo(200);
      process.awaitOutput("Connections are closed: an address has");
    } finally {
      for (Socket socket : taken) {
        socket.close();
      }
    }
  }

  @Test
  void without_memory_it_says_so_and_ends() {
    try (StandaloneProcess process =
        StandaloneProcess.startWithHeap(
            10, "--bridge", "embedded", "--port", "0", "--udp-port", "0")) {
      assertThat(process.awaitExit()).isEqualTo(3);
      assertThat(process.output()).contains("Terminating due to java.lang.OutOfMemoryError");
    }
  }

  @Test
  void bodies_that_do_not_end_leave_memory_for_others() throws Exception {
    List<Socket> clients = new ArrayList<>();
    try (StandaloneProcess process =
        StandaloneProcess.startWithHeap(
            48, "--bridge", "embedded", "--port", "0", "--udp-port", "0")) {
      for (int i = 0; i < 400; i++) {
        clients.add(new Socket("127.0.0.1", process.uri().getPort()));
        sendAllButTheEnd(clients.get(i));
      }
      assertThat(HttpSignalling.send("GET", process.uri(), null, null, Map.of()).status())
          .isEqualTo(200);
    } finally {
      for (Socket client : clients) {
        client.close();
      }
    }
  }

  private static void sendAllButTheEnd(Socket socket) throws IOException {
    int length = 256 * 1024; // body-limit
    String head =
        "POST /whip/room HTTP/1.1\r\nHost: here\r\nContent-Type: application/sdp\r\n"
            + "Content-Length: "
            + length
            + "\r\n\r\n";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().write(new byte[length - 1]);
  }

  @Test
  void a_port_in_use_is_one_line_and_a_failure() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      String port = String.valueOf(taken.getLocalPort());
      try (StandaloneProcess process =
          StandaloneProcess.start("--bridge", "embedded", "--port", port, "--udp-port", "0")) {
        assertThat(process.awaitExit()).isEqualTo(1);
        assertThat(process.output().lines().filter(line -> line.contains(port))).hasSize(1);
        assertThat(process.output()).doesNotContain("\tat ");
      }
    }
  }

  @Test
  void a_file_is_the_one_that_the_caller_sees(@TempDir Path elsewhere) throws Exception {
    Files.writeString(
        elsewhere.resolve("mine.conf"),
        "include \"tokens.conf\", standalone { bridge = embedded, udp-port = 0 }");
    Files.writeString(elsewhere.resolve("tokens.conf"), "videobridge.whip.auth.tokens = [ t ]");
    try (StandaloneProcess process =
        StandaloneProcess.startIn(elsewhere, "--config", "mine.conf", "--port", "0")) {
      URI whip = process.uri().resolve("whip/room");
      assertThat(HttpSignalling.send("GET", whip, null, null, Map.of()).status()).isEqualTo(401);
    }
  }

  @Test
  void an_unknown_option_is_one_line_and_a_failure() {
    try (StandaloneProcess process = StandaloneProcess.start("--prot", "8080")) {
      assertThat(process.awaitExit()).isEqualTo(2);
      assertThat(process.output().lines()).hasSize(1);
      assertThat(process.output()).contains("--prot");
    }
  }
}
