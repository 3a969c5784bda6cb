package io.github.jvbwhip.embedded.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.DtlsRole;
import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.core.rtp.PacketKind;
import io.github.jvbwhip.testpeer.network.Conditions;
import io.github.jvbwhip.testpeer.network.Relay;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Loss, silence, noise and malice between two transports. */
class TroubleOnThePathTest {
  /** Records of epoch 0, which anyone can make: a fatal handshake_failure, a close_notify. */
  private static final List<byte[]> PLAINTEXT_ALERTS =
      List.of(
          new byte[] {21, -2, -3, 0, 0, 0, 0, 0, 0, 0, 99, 0, 2, 2, 40},
          new byte[] {21, -2, -3, 0, 0, 0, 0, 0, 0, 0, 100, 0, 2, 1, 0});

  @ParameterizedTest
  @EnumSource(DtlsRole.class)
  void the_handshake_survives_loss(DtlsRole offererRole) throws Exception {
    try (Endpoints endpoints = new Endpoints();
        Relay relay = endpoints.relay()) {
      AtomicInteger count = new AtomicInteger();
      // Every other DTLS datagram of the first twelve: each flight loses something.
      relay.set(
          Conditions.perfect()
              .withFilter(
                  packet ->
                      PacketKind.of(packet, 0, packet.length) != PacketKind.DTLS
                          || count.incrementAndGet() > 12
                          || count.get() % 2 == 0));
      endpoints.connectOver(relay, offererRole);
      endpoints.awaitConnected();

      MediaTransportTest.assertMediaFlows(endpoints, 1);
      assertThat(count).hasValueGreaterThan(4);
    }
  }

  @Test
  void a_silent_peer_loses_consent() throws Exception {
    try (Endpoints endpoints = new Endpoints();
        Relay relay = endpoints.relay()) {
      endpoints.connectOver(relay, DtlsRole.ACTIVE);
      endpoints.awaitConnected();
      MediaTransportTest.assertMediaFlows(endpoints, 1);

      relay.set(Conditions.silence());

      RecordingListener.End end = endpoints.answererListener.awaitEnd();
      assertThat(end.reason()).isEqualTo(EndReason.CONSENT_LOST);
      assertThat(end.detail()).contains("3000 ms");
      assertThat(endpoints.offererListener.awaitEnd().reason()).isEqualTo(EndReason.CONSENT_LOST);
    }
  }

  @Test
  void consent_is_kept_by_a_peer_that_sends_no_media() throws Exception {
    try (Endpoints endpoints = new Endpoints();
        Relay relay = endpoints.relay()) {
      endpoints.connectOver(relay, DtlsRole.ACTIVE);
      endpoints.awaitConnected();
      int before = passed(relay);

      // Longer than the consent timeout: the end would be told by then.
      assertThat(
              endpoints.answererListener.life.poll(
                  Endpoints.CONSENT_TIMEOUT.toMillis() * 3 / 2, TimeUnit.MILLISECONDS))
          .isNull();
      assertThat(passed(relay) - before).isGreaterThan(20);
      MediaTransportTest.assertMediaFlows(endpoints, 1);
    }
  }

  private static int passed(Relay relay) {
    return relay.toServer().passed() + relay.toClient().passed();
  }

  @Test
  void an_unreachable_client_fails_and_the_detail_names_the_addresses() throws Exception {
    UdpConfig config =
        new UdpConfig(
            List.of(InetAddress.getLoopbackAddress()),
            0,
            List.of(InetAddress.getByAddress(new byte[] {(byte) 203, 0, 113, 7})),
            Duration.ofMillis(400),
            Endpoints.CONSENT_TIMEOUT);
    try (MediaPort port = MediaPort.open(config)) {
      RecordingListener listener = new RecordingListener();
      port.create(Optional.of(TestRemotes.stranger(List.of())), listener);
      RecordingListener.End end = listener.awaitEnd();
      assertThat(end.reason()).isEqualTo(EndReason.ICE_FAILED);
      assertThat(end.detail())
          .contains("203.0.113.7 port " + port.localAddresses().get(0).getPort())
          .contains("127.0.0.1")
          .contains("; 0 checks of the client");
    }
  }

  @Test
  void noise_disturbs_nobody() throws Exception {
    try (Endpoints endpoints = new Endpoints();
        Relay relay = endpoints.relay();
        DatagramSocket stranger = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      endpoints.connectOver(relay, DtlsRole.ACTIVE);
      endpoints.awaitConnected();
      for (byte[] alert : PLAINTEXT_ALERTS) {
        relay.injectToClient(alert);
      }
      Random random = new Random(4711);
      for (int i = 0; i < 1500; i++) {
        byte[] noise = noise(random, endpoints, i);
        stranger.send(
            new DatagramPacket(noise, noise.length, endpoints.offererPort.localAddresses().get(0)));
        relay.injectToClient(noise);
        if (i % 100 == 0) {
          MediaTransportTest.assertMediaFlows(endpoints, i + 1);
        }
      }

      MediaTransportTest.assertMediaFlows(endpoints, 2000);
      assertThat(endpoints.offererListener.life).isEmpty();
      assertThat(endpoints.answererListener.life).isEmpty();
      assertThat(endpoints.offererListener.rtp).isEmpty();
      assertThat(endpoints.offerer().stats().packetsRejected()).isPositive();
      assertThat(endpoints.offererPort.unansweredChecks()).isLessThan(50);
    }
  }

  /** Bytes that look like each protocol of the port in turn, and are none. */
  private static byte[] noise(Random random, Endpoints endpoints, int turn) throws IOException {
    byte[] bytes = new byte[random.nextInt(1400)];
    random.nextBytes(bytes);
    if (bytes.length < 60) {
      return bytes;
    }
    switch (turn % 6) {
      case 0 -> bytes[0] = (byte) (0x80 | random.nextInt(64));
      case 1 -> {
        bytes[0] = (byte) 0x80;
        bytes[1] = (byte) (192 + random.nextInt(32));
      }
      case 2 -> bytes[0] = (byte) (20 + random.nextInt(44));
      case 3 -> dtlsRecord(bytes, random);
      case 4 -> stun(bytes, random);
      default -> {
        String ufrag = endpoints.offerer().localTransport().credentials().ufrag();
        return StunMessages.request(ufrag + ":x", "a wrong password, of course", true);
      }
    }
    return bytes;
  }

  private static void dtlsRecord(byte[] bytes, Random random) {
    bytes[0] = (byte) (20 + random.nextInt(4));
    bytes[1] = (byte) 254;
    bytes[2] = (byte) 253;
    bytes[3] = 0;
    bytes[4] = (byte) random.nextInt(2);
    int length = bytes.length - 13;
    bytes[11] = (byte) (length >> 8);
    bytes[12] = (byte) length;
  }

  private static void stun(byte[] bytes, Random random) {
    bytes[0] = (byte) random.nextInt(2);
    bytes[1] = (byte) 1;
    int length = bytes.length - 20;
    bytes[2] = (byte) (length >> 8);
    bytes[3] = (byte) length;
    bytes[4] = 0x21;
    bytes[5] = 0x12;
    bytes[6] = (byte) 0xA4;
    bytes[7] = 0x42;
  }
}
