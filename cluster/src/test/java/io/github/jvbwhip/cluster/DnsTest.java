package io.github.jvbwhip.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvbwhip.core.threads.TestThreads;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DnsTest {
  /** A server that has one name with SRV records (RFC 1035 §4, RFC 2782). */
  private static final class Server implements AutoCloseable {
    private static final int NO_SUCH_NAME = 3;

    private final DatagramSocket socket;
    private final List<String> targets;

    Server(List<String> targets) throws IOException {
      this.targets = targets;
      socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
      TestThreads.daemons().newThread(this::serve).start();
    }

    Optional<String> address() {
      return Optional.of("127.0.0.1:" + socket.getLocalPort());
    }

    private void serve() {
      byte[] bytes = new byte[512];
      try {
        while (true) {
          DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
          socket.receive(packet);
          byte[] answer = answer(Arrays.copyOf(bytes, packet.getLength()));
          socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
      } catch (SocketException e) {
        // Closed.
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    private byte[] answer(byte[] question) throws IOException {
      int end = 12;
      while (question[end] != 0) {
        end += question[end] + 1;
      }
      end += 5; // Its end, the type and the class.
      String name = new String(question, 13, 5, StandardCharsets.US_ASCII);
      boolean there = name.equals("_whip");
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.write(question, 0, 2);
      out.writeShort(0x8180 | (there ? 0 : NO_SUCH_NAME));
      out.writeShort(1);
      out.writeShort(there ? targets.size() : 0);
      out.writeInt(0);
      out.write(question, 12, end - 12);
      for (int i = 0; there && i < targets.size(); i++) {
        out.writeShort(0xC00C);
        out.writeShort(33);
        out.writeShort(1);
        out.writeInt(30);
        byte[] target = encoded(targets.get(i));
        out.writeShort(6 + target.length);
        out.writeShort(0);
        out.writeShort(5);
        out.writeShort(8000 + i);
        out.write(target);
      }
      return bytes.toByteArray();
    }

    private static byte[] encoded(String name) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      for (String label : name.split("\\.")) {
        bytes.write(label.length());
        bytes.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
      }
      bytes.write(0);
      return bytes.toByteArray();
    }

    @Override
    public void close() {
      socket.close();
    }
  }

  @Test
  void services_are_found_with_their_ports() throws Exception {
    try (Server server = new Server(List.of("a.example", "b.example"))) {
      DnsName name = DnsName.of("http://_whip._tcp.example/media").orElseThrow();
      assertThat(new DnsLookup(name, server.address()).find())
          .containsExactlyInAnyOrder("http://a.example:8000/media", "http://b.example:8001/media");
      DnsName other = DnsName.of("_else._tcp.example").orElseThrow();
      assertThatThrownBy(() -> new DnsLookup(other, server.address()).find())
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void addresses_are_found() throws Exception {
    DnsName name = DnsName.of("http://localhost:8080").orElseThrow();
    assertThat(new DnsLookup(name, Optional.empty()).find()).contains("http://127.0.0.1:8080");
  }

  @Test
  void what_was_found_holds_while_there_is_no_answer() throws Exception {
    Queue<Optional<List<String>>> answers =
        new ArrayDeque<>(
            List.of(
                Optional.empty(),
                Optional.of(List.of("http://a:1/")),
                Optional.empty(),
                Optional.of(List.of("http://a:1", "http://b:2"))));
    BlockingQueue<List<String>> found = new LinkedBlockingQueue<>();
    DnsWatch.Lookup lookup =
        () ->
            Optional.ofNullable(answers.poll())
                .flatMap(answer -> answer)
                .orElseThrow(() -> new IOException("no answer"));
    try (DnsWatch watch = DnsWatch.start(lookup, Duration.ofMillis(5), found::add)) {
      assertThat(watch).isNotNull();
      assertThat(found.poll(10, TimeUnit.SECONDS)).isEmpty();
      assertThat(found.poll(10, TimeUnit.SECONDS)).containsExactly("http://a:1");
      assertThat(found.poll(10, TimeUnit.SECONDS)).containsExactly("http://a:1", "http://b:2");
    }
  }
}
