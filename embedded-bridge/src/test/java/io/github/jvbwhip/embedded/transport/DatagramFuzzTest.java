package io.github.jvbwhip.embedded.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.jvbwhip.core.rtp.PacketKind;
import io.github.jvbwhip.core.stun.StunMessage;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Arbitrary datagrams of a stranger, as far as they come: nothing is thrown, and nobody hears of a
 * request that is not authentic, or of a response that nobody waits for.
 */
class DatagramFuzzTest {
  private static final InetSocketAddress STRANGER =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 4000);
  private static final String PASSWORD = "VOkJxbRl1RmTxUk/WvJxBt";
  private static final int OFFSET = 7;

  private final StunRouter router = new StunRouter();
  private UdpSocket socket;
  private IceLink link;
  private int requests;

  @BeforeEach
  void open() throws Exception {
    DatagramSocket bound = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    socket =
        new UdpSocket(
            bound,
            (InetSocketAddress) bound.getLocalSocketAddress(),
            null,
            (s, buffer, length, remote, now) -> {});
    link = new IceLink(socket, router, PASSWORD);
    link.expectSignedBy(PASSWORD);
    router.register("ours", new Agent());
  }

  @AfterEach
  void close() {
    link.close();
    socket.close();
  }

  @FuzzTest(maxDuration = "30s")
  void datagrams_of_strangers_do_no_harm(byte[] datagram) {
    check(datagram);
  }

  /** The same over mutations of requests and responses, in every build. */
  @Test
  void mutated_datagrams_do_no_harm() throws Exception {
    Random random = new Random(1);
    byte[] request = StunMessages.request("ours:theirs", PASSWORD, true);
    byte[] response = request.clone();
    response[0] = 1;
    for (int i = 0; i < 20_000; i++) {
      byte[] seed = i % 2 == 0 ? request : response;
      byte[] datagram = Arrays.copyOf(seed, seed.length);
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        datagram[random.nextInt(datagram.length)] = (byte) random.nextInt();
      }
      check(datagram);
    }
    requests = 0;
    route(request);
    assertThat(requests).as("an authentic request").isEqualTo(1);
  }

  private void check(byte[] datagram) {
    StunMessage message = StunMessage.parse(datagram, 0, datagram.length);
    boolean authentic =
        message != null
            && message.type() == StunMessage.BINDING_REQUEST
            && message.isAuthentic(PASSWORD.getBytes(US_ASCII));
    requests = 0;
    route(datagram);
    assertThat(requests).isLessThanOrEqualTo(authentic ? 1 : 0);
    if (message != null) {
      // As if the stranger had guessed the transaction.
      link.onResponse(message, STRANGER, 0);
    }
    assertThat(router.unanswered()).isZero();
  }

  /** As a port does with what it has read. */
  private void route(byte[] datagram) {
    byte[] buffer = new byte[OFFSET + datagram.length];
    System.arraycopy(datagram, 0, buffer, OFFSET, datagram.length);
    PacketKind kind = PacketKind.of(buffer, OFFSET, datagram.length);
    boolean heard = router.route(socket, buffer, OFFSET, datagram.length, STRANGER, 0);
    assertThat(heard).isEqualTo(requests == 1);
    if (heard) {
      assertThat(kind).isEqualTo(PacketKind.STUN);
    }
  }

  private final class Agent implements StunRouter.Agent {
    @Override
    public byte[] password() {
      return PASSWORD.getBytes(US_ASCII);
    }

    @Override
    public void onRequest(MediaSocket over, StunMessage request, InetSocketAddress from) {
      requests++;
      link.receiveCheck(request, from);
    }
  }
}
