package io.github.jvbwhip.embedded.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.stun.StunMessage;
import io.github.jvbwhip.core.threads.Await;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ice4j.message.Message;
import org.junit.jupiter.api.Test;

class MediaPortTest {

  @Test
  void a_port_in_use_is_one_clear_line() throws Exception {
    try (DatagramSocket taken = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();

      assertThatThrownBy(() -> MediaPort.open(config(InetAddress.getLoopbackAddress(), port)))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("UDP port " + port + " of 127.0.0.1 cannot be used")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void an_address_of_another_machine_is_one_clear_line() throws Exception {
    InetAddress foreign = InetAddress.getByAddress(new byte[] {(byte) 198, 51, 100, 1});

    assertThatThrownBy(() -> MediaPort.open(config(foreign, 0)))
        .isInstanceOf(IOException.class)
        .hasMessage("198.51.100.1 is not an address of this machine");
  }

  @Test
  void candidates_are_host_candidates_advertised_and_ipv4_first() throws Exception {
    InetAddress public4 = InetAddress.getByAddress(new byte[] {(byte) 203, 0, 113, 7});
    InetAddress public6 =
        InetAddress.getByAddress(
            new byte[] {0x20, 1, 0x0d, (byte) 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
    UdpConfig config =
        new UdpConfig(
            List.of(InetAddress.getLoopbackAddress()),
            0,
            List.of(public6, public4),
            Duration.ofSeconds(40),
            Duration.ofSeconds(30));
    try (MediaPort port = MediaPort.open(config)) {
      List<IceCandidate> candidates =
          port.create(Optional.empty(), new RecordingListener()).localTransport().candidates();

      assertThat(candidates)
          .extracting(IceCandidate::address)
          .containsExactly("203.0.113.7", "127.0.0.1", "2001:db8:0:0:0:0:0:1");
      assertThat(candidates)
          .extracting(IceCandidate::priority)
          .containsExactly(2130706431L, 2130706175L, 2130705919L);
      assertThat(candidates)
          .allSatisfy(
              candidate -> {
                assertThat(candidate.type()).isEqualTo(IceCandidate.Type.HOST);
                assertThat(candidate.port()).isEqualTo(port.localAddresses().get(0).getPort());
              });
    }
  }

  @Test
  void a_check_without_priority_is_answered() throws Exception {
    try (MediaPort port = MediaPort.open(config(InetAddress.getLoopbackAddress(), 0));
        DatagramSocket client = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      MediaTransport transport =
          port.create(Optional.of(TestRemotes.stranger(List.of())), new RecordingListener());
      IceCredentials credentials = transport.localTransport().credentials();
      byte[] check = StunMessages.request(credentials.ufrag() + ":abcd", credentials.pwd(), false);
      client.setSoTimeout(10_000);
      client.send(new DatagramPacket(check, check.length, port.localAddresses().get(0)));

      DatagramPacket answer = new DatagramPacket(new byte[1500], 1500);
      StunMessage message;
      do {
        client.receive(answer);
        message = StunMessage.parse(answer.getData(), 0, answer.getLength());
      } while (message.type() == StunMessage.BINDING_REQUEST);
      assertThat(message.type()).isEqualTo(Message.BINDING_SUCCESS_RESPONSE);
    }
  }

  @Test
  void a_session_leaves_nothing_behind() throws Exception {
    try (MediaPort port = MediaPort.open(config(InetAddress.getLoopbackAddress(), 0))) {
      int threads = connectors();
      for (int i = 0; i < 20; i++) {
        port.create(Optional.of(TestRemotes.stranger(List.of())), new RecordingListener()).close();
      }
      Await.until("all agents are freed", () -> connectors() <= threads);
      assertThat(port.unansweredChecks()).isZero();
    }
  }

  private static int connectors() {
    return (int)
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("IceConnector"))
            .count();
  }

  private static UdpConfig config(InetAddress address, int port) {
    return new UdpConfig(
        List.of(address), port, List.of(), Duration.ofSeconds(40), Duration.ofSeconds(30));
  }
}
