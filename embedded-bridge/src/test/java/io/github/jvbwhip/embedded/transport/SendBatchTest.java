package io.github.jvbwhip.embedded.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Platform;
import io.github.jvbwhip.dtls.SrtpContexts;
import io.github.jvbwhip.dtls.SrtpKeys;
import io.github.jvbwhip.dtls.SrtpProfile;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is sent while several datagrams are handled that have come at once. */
class SendBatchTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final int PATIENCE_MILLIS = 20_000;
  private static final int LONGEST = 1500;

  private final Outbound outbound = new Outbound();

  @BeforeEach
  void needsLinux() {
    assumeTrue(Platform.isLinux() && Platform.is64Bit(), "this is not Linux");
  }

  private static DatagramSocket client(InetAddress address) throws IOException {
    DatagramSocket client = new DatagramSocket(0, address);
    client.setSoTimeout(PATIENCE_MILLIS);
    client.setReceiveBufferSize(1 << 20);
    return client;
  }

  private static void send(DatagramSocket from, byte[] datagram, UdpSocket to) throws IOException {
    from.send(new DatagramPacket(datagram, datagram.length, to.localAddress()));
  }

  private static byte[] receive(DatagramSocket client) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[LONGEST], LONGEST);
    client.receive(packet);
    return Arrays.copyOf(packet.getData(), packet.getLength());
  }

  private void sendTo(MediaSocket socket, DatagramSocket client) {
    outbound.use(new MediaPath(socket, (InetSocketAddress) client.getLocalSocketAddress()));
  }

  private void assertEchoes(InetAddress address) throws Exception {
    Random random = new Random(1);
    List<byte[]> sent = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      // Runs of one size, as of a picture's packets, shorter and longer ones between.
      byte[] datagram = new byte[random.nextInt(3) > 0 ? 1200 : 1 + random.nextInt(LONGEST)];
      random.nextBytes(datagram);
      sent.add(datagram);
    }
    try (UdpSocket socket =
            UdpSocket.bind(
                address,
                0,
                (to, buffer, length, remote, nanoTime) -> outbound.sendDtls(buffer, 0, length));
        DatagramSocket client = client(address)) {
      assertThat(socket.batch()).isNotNull();
      sendTo(socket, client);
      for (byte[] datagram : sent) {
        send(client, datagram, socket);
      }
      socket.start();

      for (byte[] datagram : sent) {
        assertThat(receive(client)).isEqualTo(datagram);
      }
    }
  }

  @Test
  void packets_of_all_sizes_arrive_as_they_are_and_in_order() throws Exception {
    assertEchoes(LOOPBACK);
  }

  @Test
  void packets_arrive_over_ipv6() throws Exception {
    InetAddress loopback = InetAddress.getByName("::1");
    assumeTrue(NetworkInterface.getByInetAddress(loopback) != null, "this machine has no IPv6");

    assertEchoes(loopback);
  }

  @Test
  void packets_of_another_thread_do_not_overtake_what_waits() throws Exception {
    UdpSocket.Handler handler =
        (socket, buffer, length, remote, nanoTime) -> {
          outbound.sendDtls(buffer, 0, length);
          if (length == 1) {
            Thread other = new Thread(() -> outbound.sendDtls(new byte[2], 0, 2));
            other.start();
            try {
              other.join(PATIENCE_MILLIS);
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
          }
        };
    try (UdpSocket socket = UdpSocket.bind(LOOPBACK, 0, handler);
        DatagramSocket client = client(LOOPBACK)) {
      sendTo(socket, client);
      send(client, new byte[1], socket);
      send(client, new byte[3], socket);
      socket.start();

      for (int length = 1; length <= 3; length++) {
        assertThat(receive(client)).hasSize(length);
      }
    }
  }

  @Test
  void what_waits_goes_to_the_address_that_it_was_meant_for() throws Exception {
    try (DatagramSocket before = client(LOOPBACK);
        DatagramSocket after = client(LOOPBACK);
        UdpSocket socket =
            UdpSocket.bind(
                LOOPBACK,
                0,
                (to, buffer, length, remote, nanoTime) -> {
                  if (length == 2) {
                    sendTo(to, after);
                  }
                  outbound.sendDtls(buffer, 0, length);
                })) {
      sendTo(socket, before);
      for (int length = 1; length <= 3; length++) {
        send(before, new byte[length], socket);
      }
      socket.start();

      assertThat(receive(before)).hasSize(1);
      assertThat(receive(after)).hasSize(2);
      assertThat(receive(after)).hasSize(3);
    }
  }

  @Test
  void packets_that_the_kernel_does_not_take_are_counted_as_unsent() throws Exception {
    SrtpProfile profile = SrtpProfile.AES128_CM_HMAC_SHA1_80;
    byte[] material = new byte[profile.keyMaterialLength()];
    outbound.use(SrtpContexts.sending(new SrtpKeys(profile, material, true)));
    CountDownLatch handled = new CountDownLatch(3);
    try (UdpSocket socket =
            UdpSocket.bind(
                LOOPBACK,
                0,
                (to, buffer, length, remote, nanoTime) -> {
                  outbound.sendRtp(buffer, 0, length);
                  handled.countDown();
                });
        DatagramSocket client = client(LOOPBACK)) {
      // From the loopback address nothing goes there.
      outbound.use(new MediaPath(socket, new InetSocketAddress("192.0.2.1", 9)));
      for (int number = 1; number <= 3; number++) {
        send(client, Packets.rtp(1, number, 100), socket);
      }
      socket.start();
      assertThat(handled.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
    }

    assertThat(outbound.packetsUnsent()).isEqualTo(3);
    assertThat(outbound.packetsSent()).isZero();
    assertThat(outbound.bytesSent()).isZero();
  }
}
