package io.github.jvbwhip.embedded.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.DtlsRole;
import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.core.bridge.Fingerprint;
import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.bridge.LocalTransport;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import io.github.jvbwhip.dtls.DtlsIdentity;
import io.github.jvbwhip.dtls.SrtpProfile;
import io.github.jvbwhip.testpeer.transport.IceParameters;
import io.github.jvbwhip.testpeer.transport.MediaTransport;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The transport and a peer that shares no code with it. */
class ForeignPeerTest {
  private static final byte[] RTP = Packets.rtp(7, 1, 900);
  private static final byte[] RTCP = Packets.rtcp(7);

  private final DtlsIdentity identity = DtlsIdentity.generate(new SecureRandom(), Instant.now());
  private final RecordingListener listener = new RecordingListener();
  private final PeerEvents events = new PeerEvents();
  private MediaPort port;

  @BeforeEach
  void openPort() throws Exception {
    port = MediaPort.open(Endpoints.loopback());
  }

  @AfterEach
  void closePort() {
    port.close();
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void the_peers_srtp_profile_is_taken(SrtpProfile profile) throws Exception {
    try (MediaTransport peer = peer(profile)) {
      assertMediaFlows(connect(peer, DtlsRole.ACTIVE), peer);
      assertThat(peer.srtpProfile()).isEqualTo(profile);
    }
  }

  @ParameterizedTest
  @EnumSource(DtlsRole.class)
  void the_peer_may_have_either_role(DtlsRole role) throws Exception {
    try (MediaTransport peer = peer(SrtpProfile.AES128_CM_HMAC_SHA1_80)) {
      assertMediaFlows(connect(peer, role), peer);
    }
  }

  @Test
  void a_peer_that_closes_is_heard() throws Exception {
    MediaTransport peer = peer(SrtpProfile.AEAD_AES_128_GCM);
    connect(peer, DtlsRole.ACTIVE);

    peer.close();

    assertThat(listener.awaitEnd().reason()).isEqualTo(EndReason.DTLS_CLOSED);
  }

  @Test
  void a_peer_that_crashes_loses_consent() throws Exception {
    MediaTransport peer = peer(SrtpProfile.AEAD_AES_128_GCM);
    connect(peer, DtlsRole.PASSIVE);

    peer.abandon();

    assertThat(listener.awaitEnd().reason()).isEqualTo(EndReason.CONSENT_LOST);
  }

  @Test
  void our_goodbye_is_heard() throws Exception {
    try (MediaTransport peer = peer(SrtpProfile.AEAD_AES_128_GCM)) {
      io.github.jvbwhip.embedded.transport.MediaTransport transport =
          connect(peer, DtlsRole.ACTIVE);

      transport.close();

      assertThat(RecordingListener.await(events.life)).isEqualTo("closed");
    }
  }

  private MediaTransport peer(SrtpProfile profile) throws Exception {
    return new MediaTransport(InetAddress.getLoopbackAddress(), identity, List.of(profile), events);
  }

  /** The peer offers; it has told no candidates, as OBS does. */
  private io.github.jvbwhip.embedded.transport.MediaTransport connect(
      MediaTransport peer, DtlsRole role) throws Exception {
    String[] fingerprint = identity.fingerprint().toString().split(" ", 2);
    io.github.jvbwhip.embedded.transport.MediaTransport transport =
        port.create(
            Optional.of(
                new RemoteTransport(
                    new IceCredentials(peer.localIce().ufrag(), peer.localIce().password()),
                    List.of(),
                    List.of(new Fingerprint(fingerprint[0], fingerprint[1])),
                    role)),
            listener);
    LocalTransport local = transport.localTransport();
    Fingerprint ours = local.fingerprints().get(0);
    peer.start(
        new IceParameters(
            local.credentials().ufrag(),
            local.credentials().pwd(),
            local.candidates().stream().map(ForeignPeerTest::line).toList()),
        ours.hash() + " " + ours.value(),
        true,
        role == DtlsRole.ACTIVE);
    listener.awaitConnected();
    assertThat(RecordingListener.await(events.life)).isEqualTo("connected");
    return transport;
  }

  private static String line(IceCandidate candidate) {
    return "%s 1 udp %d %s %d typ host"
        .formatted(
            candidate.foundation(), candidate.priority(), candidate.address(), candidate.port());
  }

  private void assertMediaFlows(
      io.github.jvbwhip.embedded.transport.MediaTransport transport, MediaTransport peer)
      throws InterruptedException {
    peer.sendRtp(RTP);
    peer.sendRtcp(RTCP);
    assertThat(RecordingListener.await(listener.rtp)).isEqualTo(RTP);
    assertThat(RecordingListener.await(listener.rtcp)).isEqualTo(RTCP);
    assertThat(Packets.sendRtp(transport, RTP)).isTrue();
    assertThat(Packets.sendRtcp(transport, RTCP)).isTrue();
    assertThat(RecordingListener.await(events.packets)).isEqualTo(RTP);
    assertThat(RecordingListener.await(events.packets)).isEqualTo(RTCP);
  }

  private static final class PeerEvents implements MediaTransport.Listener {
    final BlockingQueue<String> life = new LinkedBlockingQueue<>();
    final BlockingQueue<byte[]> packets = new LinkedBlockingQueue<>();

    @Override
    public void connected() {
      life.add("connected");
    }

    @Override
    public void failed(String reason) {
      life.add(reason);
    }

    @Override
    public void closedByRemote() {
      life.add("closed");
    }

    @Override
    public void rtp(byte[] packet) {
      packets.add(packet);
    }

    @Override
    public void rtcp(byte[] packet) {
      packets.add(packet);
    }
  }
}
