package io.github.jvbwhip.embedded.transport;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.DtlsRole;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.bridge.LocalTransport;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import io.github.jvbwhip.dtls.SrtpProfile;
import io.github.jvbwhip.testpeer.network.Network;
import io.github.jvbwhip.testpeer.network.Relay;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Two ports of this machine, and a transport on each: one offers, the other answers. */
final class Endpoints implements AutoCloseable {
  static final Duration CONSENT_TIMEOUT = Duration.ofSeconds(3);

  final MediaPort offererPort;
  final MediaPort answererPort;
  final RecordingListener offererListener = new RecordingListener();
  final RecordingListener answererListener = new RecordingListener();
  private final Network network = Network.open(1);
  private IceDtlsTransport offerer;
  private IceDtlsTransport answerer;

  Endpoints() throws IOException {
    this(loopback(), List.of(SrtpProfile.values()));
  }

  Endpoints(UdpConfig config, List<SrtpProfile> answererProfiles) throws IOException {
    offererPort = MediaPort.open(config);
    answererPort = MediaPort.open(config, answererProfiles);
  }

  /** With an answerer on a port that is there already. */
  Endpoints(MediaPort answerers) throws IOException {
    offererPort = MediaPort.open(loopback());
    answererPort = answerers;
  }

  static UdpConfig loopback() {
    return on(InetAddress.getLoopbackAddress());
  }

  static UdpConfig on(InetAddress address) {
    return new UdpConfig(List.of(address), 0, List.of(), Duration.ofSeconds(15), CONSENT_TIMEOUT);
  }

  IceDtlsTransport offerer() {
    return offerer;
  }

  IceDtlsTransport answerer() {
    return answerer;
  }

  /** What a client would have to say to be like that transport. */
  static RemoteTransport remote(LocalTransport local, DtlsRole role) {
    return new RemoteTransport(local.credentials(), List.of(), local.fingerprints(), role);
  }

  /** Makes both transports, without connecting the offerer. */
  void create(DtlsRole offererRole) throws BridgeException {
    offerer = (IceDtlsTransport) offererPort.create(Optional.empty(), offererListener);
    answerer =
        (IceDtlsTransport)
            answererPort.create(
                Optional.of(remote(offerer.localTransport(), offererRole)), answererListener);
  }

  /** Connects both directly, and waits for it. */
  void connect(DtlsRole offererRole) throws Exception {
    create(offererRole);
    offerer.connect(remote(answerer.localTransport(), offererRole.opposite()));
    check();
    awaitConnected();
  }

  /** Connects both over the relay only. */
  void connectOver(Relay relay, DtlsRole offererRole) throws BridgeException {
    create(offererRole);
    offerer.connect(remote(answerer.localTransport(), offererRole.opposite()));
    relay.injectToServer(firstCheck());
  }

  /**
   * The offerer's first check, as a client sends it that knows the answerer's address: bridges do
   * not check first, and here both are bridges.
   */
  void check() throws IOException {
    byte[] check = firstCheck();
    offererPort
        .sockets()
        .get(0)
        .send(new DatagramPacket(check, check.length, answererPort.localAddresses().get(0)));
  }

  private byte[] firstCheck() {
    IceCredentials answerers = answerer.localTransport().credentials();
    String username = answerers.ufrag() + ":" + offerer.localTransport().credentials().ufrag();
    return StunMessages.request(username, answerers.pwd(), true);
  }

  Relay relay() {
    InetAddress here = InetAddress.getLoopbackAddress();
    Relay relay = network.relay(new InetSocketAddress(here, 0), here);
    relay.setClient(offererPort.localAddresses().get(0));
    relay.setServer(answererPort.localAddresses().get(0));
    return relay;
  }

  void awaitConnected() throws InterruptedException {
    offererListener.awaitConnected();
    answererListener.awaitConnected();
  }

  @Override
  public void close() {
    offererPort.close();
    answererPort.close();
    network.close();
  }
}
