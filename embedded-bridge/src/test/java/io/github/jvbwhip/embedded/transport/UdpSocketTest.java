package io.github.jvbwhip.embedded.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class UdpSocketTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final BlockingQueue<Integer> handled = new LinkedBlockingQueue<>();

  @Test
  void an_error_while_a_datagram_is_handled_costs_that_datagram() throws Exception {
    UdpSocket.Handler broken =
        (socket, buffer, length, remote, nanoTime) -> {
          handled.add(length);
          if (length == 1) {
            throw new NoClassDefFoundError("test");
          }
        };
    try (UdpSocket socket = UdpSocket.bind(LOOPBACK, 0, broken);
        DatagramSocket client = new DatagramSocket(0, LOOPBACK)) {
      socket.start();

      client.send(new DatagramPacket(new byte[1], 1, socket.localAddress()));
      client.send(new DatagramPacket(new byte[2], 2, socket.localAddress()));

      assertThat(RecordingListener.await(handled)).isEqualTo(1);
      assertThat(RecordingListener.await(handled)).isEqualTo(2);
    }
  }

  @Test
  void a_socket_that_fails_again_and_again_is_asked_ever_more_rarely_and_serves_afterwards()
      throws Exception {
    FailingSocket failing = new FailingSocket(10);
    try (UdpSocket socket =
            new UdpSocket(
                failing,
                (InetSocketAddress) failing.getLocalSocketAddress(),
                null,
                (to, buffer, length, remote, nanoTime) -> handled.add(length));
        DatagramSocket client = new DatagramSocket(0, LOOPBACK)) {
      client.send(new DatagramPacket(new byte[3], 3, socket.localAddress()));
      long begin = System.nanoTime();
      socket.start();

      assertThat(RecordingListener.await(handled)).isEqualTo(3);
      assertThat(System.nanoTime() - begin).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(500));
    }
  }

  /** Fails so many times to receive, each in another way. */
  private static final class FailingSocket extends DatagramSocket {
    private int failures;

    FailingSocket(int failures) throws SocketException {
      super(0, LOOPBACK);
      this.failures = failures;
    }

    @Override
    public void receive(DatagramPacket packet) throws IOException {
      if (failures-- > 0) {
        if (failures % 2 == 0) {
          throw new NoClassDefFoundError("test");
        }
        throw new SocketException("test");
      }
      super.receive(packet);
    }
  }
}
