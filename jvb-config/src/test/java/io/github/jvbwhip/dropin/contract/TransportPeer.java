package io.github.jvbwhip.dropin.contract;

import io.github.jvbwhip.core.bridge.DtlsRole;
import io.github.jvbwhip.core.bridge.Fingerprint;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.bridge.LocalTransport;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import io.github.jvbwhip.core.rtp.rtcp.Fir;
import io.github.jvbwhip.core.rtp.rtcp.Pli;
import io.github.jvbwhip.core.rtp.rtcp.Rtcp;
import io.github.jvbwhip.core.rtp.rtcp.RtcpFeedback;
import io.github.jvbwhip.dtls.DtlsIdentity;
import io.github.jvbwhip.dtls.SrtpProfile;
import io.github.jvbwhip.jvb.scenario.ScenarioPeer;
import io.github.jvbwhip.testpeer.transport.IceParameters;
import io.github.jvbwhip.testpeer.transport.LocalAddresses;
import io.github.jvbwhip.testpeer.transport.MediaTransport;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A client with ICE, DTLS and SRTP, whose media is the test's. */
public final class TransportPeer implements ScenarioPeer {
  private final DtlsIdentity identity = DtlsIdentity.generate(new SecureRandom(), Instant.now());
  private final MediaTransport transport;
  private final List<byte[]> received = new CopyOnWriteArrayList<>();
  private final List<Long> keyframesAsked = new CopyOnWriteArrayList<>();
  private volatile boolean connected;
  private volatile boolean closedByBridge;

  public TransportPeer() throws IOException {
    transport =
        new MediaTransport(
            LocalAddresses.preferred(), identity, List.of(SrtpProfile.values()), new Listener());
  }

  private final class Listener implements MediaTransport.Listener {
    @Override
    public void connected() {
      connected = true;
    }

    @Override
    public void failed(String reason) {}

    @Override
    public void closedByRemote() {
      closedByBridge = true;
    }

    @Override
    public void rtp(byte[] packet) {
      received.add(packet);
    }

    @Override
    public void rtcp(byte[] packet) {
      if (!Rtcp.isValid(packet, 0, packet.length)) {
        return;
      }
      for (int at = 0; at < packet.length; at = Rtcp.next(packet, at)) {
        if (Pli.is(packet, at)) {
          keyframesAsked.add(RtcpFeedback.mediaSsrc(packet, at));
        } else if (Fir.is(packet, at)) {
          keyframesAsked.add(Fir.ssrc(packet, at, 0));
        }
      }
    }
  }

  @Override
  public RemoteTransport transport() {
    String[] fingerprint = identity.fingerprint().toString().split(" ", 2);
    return new RemoteTransport(
        new IceCredentials(transport.localIce().ufrag(), transport.localIce().password()),
        List.of(),
        List.of(new Fingerprint(fingerprint[0], fingerprint[1])),
        DtlsRole.ACTIVE);
  }

  @Override
  public void connect(LocalTransport bridge) {
    List<String> candidates =
        bridge.candidates().stream()
            .map(
                c ->
                    "%s 1 udp %d %s %d typ host"
                        .formatted(c.foundation(), c.priority(), c.address(), c.port()))
            .toList();
    Fingerprint fingerprint = bridge.fingerprints().get(0);
    transport.start(
        new IceParameters(bridge.credentials().ufrag(), bridge.credentials().pwd(), candidates),
        fingerprint.hash() + " " + fingerprint.value(),
        true,
        true);
  }

  @Override
  public void send(byte[] rtp) {
    if (connected) {
      transport.sendRtp(rtp);
    }
  }

  @Override
  public List<byte[]> received() {
    return List.copyOf(received);
  }

  @Override
  public List<Long> keyframesAsked() {
    return List.copyOf(keyframesAsked);
  }

  @Override
  public boolean isClosedByBridge() {
    return closedByBridge;
  }

  @Override
  public void close() {
    transport.close();
  }
}
