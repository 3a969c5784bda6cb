package io.github.jvbwhip.embedded.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.DtlsRole;
import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.core.bridge.Fingerprint;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.bridge.LocalTransport;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import io.github.jvbwhip.dtls.SrtpProfile;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two transports of this machine talk to each other. */
class MediaTransportTest {
  private static final byte[] IPV6_LOOPBACK = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
  private static final int SSRC = 0x11223344;

  @ParameterizedTest
  @EnumSource(DtlsRole.class)
  void media_flows_both_ways_whichever_side_starts_dtls(DtlsRole offererRole) throws Exception {
    try (Endpoints endpoints = new Endpoints()) {
      endpoints.connect(offererRole);

      assertMediaFlows(endpoints, 1);
      assertThat(endpoints.offerer().localTransport().role()).contains(offererRole);
      assertThat(endpoints.answerer().localTransport().role()).contains(offererRole.opposite());
    }
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void every_srtp_profile_carries_media(SrtpProfile profile) throws Exception {
    try (Endpoints endpoints = new Endpoints(Endpoints.loopback(), List.of(profile))) {
      endpoints.connect(DtlsRole.ACTIVE);

      assertMediaFlows(endpoints, 1);
    }
  }

  @Test
  void ipv6_is_as_good_as_ipv4() throws Exception {
    InetAddress loopback = InetAddress.getByAddress(IPV6_LOOPBACK);
    assumeTrue(NetworkInterface.getByInetAddress(loopback) != null, "this machine has no IPv6");
    try (Endpoints endpoints =
        new Endpoints(Endpoints.on(loopback), List.of(SrtpProfile.values()))) {
      endpoints.connect(DtlsRole.ACTIVE);

      assertMediaFlows(endpoints, 1);
    }
  }

  @Test
  void every_address_of_the_machine_is_served() throws Exception {
    try (Endpoints endpoints = new Endpoints(UdpConfig.onPort(0), List.of(SrtpProfile.values()))) {
      endpoints.connect(DtlsRole.PASSIVE);

      assertMediaFlows(endpoints, 1);
    }
  }

  @Test
  void closing_says_goodbye_to_the_peer() throws Exception {
    try (Endpoints endpoints = new Endpoints()) {
      endpoints.connect(DtlsRole.ACTIVE);

      endpoints.offerer().close();

      assertThat(endpoints.answererListener.awaitEnd().reason()).isEqualTo(EndReason.DTLS_CLOSED);
      assertThat(endpoints.offererListener.life).isEmpty();
      assertThat(Packets.sendRtp(endpoints.offerer(), Packets.rtp(SSRC, 1, 10))).isFalse();
      assertThat(Packets.sendRtp(endpoints.answerer(), Packets.rtp(SSRC, 1, 10))).isFalse();
    }
  }

  @Test
  void closing_the_port_ends_its_transports() throws Exception {
    try (Endpoints endpoints = new Endpoints()) {
      endpoints.connect(DtlsRole.PASSIVE);

      endpoints.offererPort.close();

      assertThat(endpoints.offererListener.awaitEnd().reason()).isEqualTo(EndReason.SHUTDOWN);
      assertThat(endpoints.answererListener.awaitEnd().reason()).isEqualTo(EndReason.DTLS_CLOSED);
      assertThatThrownBy(
              () -> endpoints.offererPort.create(Optional.empty(), new RecordingListener()))
          .isInstanceOf(BridgeException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(DtlsRole.class)
  void a_strangers_certificate_is_refused(DtlsRole offererRole) throws Exception {
    try (Endpoints endpoints = new Endpoints()) {
      endpoints.create(offererRole);
      LocalTransport answer = endpoints.answerer().localTransport();
      endpoints
          .offerer()
          .connect(
              new RemoteTransport(
                  answer.credentials(),
                  List.of(),
                  endpoints.offerer().localTransport().fingerprints(),
                  offererRole.opposite()));
      endpoints.check();

      RecordingListener.End end = endpoints.offererListener.awaitEnd();
      assertThat(end.reason()).isEqualTo(EndReason.DTLS_FAILED);
      assertThat(end.detail()).contains("fingerprint");
      assertThat(endpoints.offererListener.rtp).isEmpty();
    }
  }

  @Test
  void no_common_srtp_profile_fails_the_handshake() throws Exception {
    try (Endpoints endpoints = new Endpoints(Endpoints.loopback(), List.of())) {
      endpoints.create(DtlsRole.ACTIVE);
      LocalTransport answer = endpoints.answerer().localTransport();
      endpoints.offerer().connect(Endpoints.remote(answer, DtlsRole.PASSIVE));
      endpoints.check();

      RecordingListener.End end = endpoints.answererListener.awaitEnd();
      assertThat(end.reason()).isEqualTo(EndReason.DTLS_FAILED);
      assertThat(end.detail()).contains("no SRTP profile in common");
      assertThat(endpoints.offererListener.awaitEnd().reason()).isEqualTo(EndReason.DTLS_FAILED);
    }
  }

  @Test
  void unusable_remote_transports_are_refused() throws Exception {
    try (Endpoints endpoints = new Endpoints()) {
      List<Fingerprint> sha1 = List.of(new Fingerprint("sha-1", "00:11"));
      endpoints.create(DtlsRole.ACTIVE);
      List<Fingerprint> sha256 = endpoints.answerer().localTransport().fingerprints();
      IceCredentials good = new IceCredentials("abcd", "abcdefghijklmnopqrstuv");
      IceCredentials shortPassword = new IceCredentials("abcd", "short");

      assertRefused(endpoints, new RemoteTransport(good, List.of(), sha1, DtlsRole.ACTIVE));
      assertRefused(
          endpoints, new RemoteTransport(shortPassword, List.of(), sha256, DtlsRole.ACTIVE));
    }
  }

  /** Those that browsers let pass: {@code = - _ #}. */
  @Test
  void credentials_that_browsers_take_are_taken() throws Exception {
    try (Endpoints endpoints = new Endpoints()) {
      endpoints.create(DtlsRole.ACTIVE);
      RemoteTransport remote =
          new RemoteTransport(
              new IceCredentials("a-b_c#d=", "-_#=abcdefghijklmnop+/=="),
              List.of(),
              endpoints.answerer().localTransport().fingerprints(),
              DtlsRole.ACTIVE);
      endpoints.offererPort.create(Optional.of(remote), new RecordingListener()).close();
    }
  }

  private static void assertRefused(Endpoints endpoints, RemoteTransport remote) {
    assertThatThrownBy(
            () -> endpoints.offererPort.create(Optional.of(remote), new RecordingListener()))
        .isInstanceOfSatisfying(
            BridgeException.class,
            e -> assertThat(e.reason()).isEqualTo(BridgeException.Reason.REFUSED));
  }

  @Test
  void connecting_twice_is_a_mistake() throws Exception {
    try (Endpoints endpoints = new Endpoints()) {
      endpoints.connect(DtlsRole.ACTIVE);
      RemoteTransport remote =
          Endpoints.remote(endpoints.offerer().localTransport(), DtlsRole.ACTIVE);

      assertThatThrownBy(() -> endpoints.answerer().connect(remote))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void packets_need_room_behind_them() throws Exception {
    try (Endpoints endpoints = new Endpoints()) {
      endpoints.connect(DtlsRole.ACTIVE);
      byte[] packet = Packets.rtp(SSRC, 1, 100);

      assertThatThrownBy(() -> endpoints.offerer().sendRtp(packet, 0, packet.length))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void statistics_count_what_passed() throws Exception {
    try (Endpoints endpoints = new Endpoints()) {
      endpoints.connect(DtlsRole.ACTIVE);
      assertMediaFlows(endpoints, 1);

      TransportStats sent = endpoints.offerer().stats();
      TransportStats received = endpoints.answerer().stats();
      assertThat(sent.connected()).isTrue();
      assertThat(sent.packetsSent()).isEqualTo(2).isEqualTo(received.packetsReceived());
      assertThat(sent.bytesSent()).isEqualTo(received.bytesReceived()).isPositive();
      assertThat(received.roundTripMicros()).isNotEmpty();
      assertThat(received.packetsRejected()).isZero();
    }
  }

  /** One RTP and one RTCP packet in each direction arrive as they were sent. */
  static void assertMediaFlows(Endpoints endpoints, int sequenceNumber) throws Exception {
    byte[] rtp = Packets.rtp(SSRC, sequenceNumber, 1000);
    byte[] rtcp = Packets.rtcp(SSRC);
    assertThat(Packets.sendRtp(endpoints.offerer(), rtp)).isTrue();
    assertThat(Packets.sendRtcp(endpoints.offerer(), rtcp)).isTrue();
    assertThat(Packets.sendRtp(endpoints.answerer(), rtp)).isTrue();
    assertThat(Packets.sendRtcp(endpoints.answerer(), rtcp)).isTrue();
    assertThat(RecordingListener.await(endpoints.answererListener.rtp)).isEqualTo(rtp);
    assertThat(RecordingListener.await(endpoints.answererListener.rtcp)).isEqualTo(rtcp);
    assertThat(RecordingListener.await(endpoints.offererListener.rtp)).isEqualTo(rtp);
    assertThat(RecordingListener.await(endpoints.offererListener.rtcp)).isEqualTo(rtcp);
  }
}
