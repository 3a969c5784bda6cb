package io.github.jvbwhip.embedded.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.jvbwhip.core.bridge.DtlsRole;
import io.github.jvbwhip.core.bridge.Fingerprint;
import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import io.github.jvbwhip.core.stun.StunMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** A client by hand, which goes as far as a test wants, from an address of its choice. */
final class HalfClient implements AutoCloseable {
  private static final IceCredentials ICE = new IceCredentials("abcd", "abcdefghijklmnopqrstuv");
  private static final int PATIENCE_MILLIS = 10_000;

  /** The header of a DTLS handshake record, whose rest does not come. */
  private static final byte[] DTLS = {22, -2, -3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};

  final MediaTransport transport;
  final RecordingListener listener = new RecordingListener();
  private final InetSocketAddress bridge;
  private final DatagramSocket socket;

  HalfClient(MediaPort port, InetAddress address, List<IceCandidate> candidates) throws Exception {
    bridge = port.localAddresses().get(0);
    socket = new DatagramSocket(0, address);
    socket.setSoTimeout(PATIENCE_MILLIS);
    transport =
        port.create(
            Optional.of(
                new RemoteTransport(
                    ICE,
                    candidates,
                    List.of(new Fingerprint("sha-256", "00:11")),
                    DtlsRole.ACTIVE)),
            listener);
  }

  DatagramSocket socket() {
    return socket;
  }

  /** Sends an authentic check. */
  void check() throws IOException {
    send(nomination());
  }

  /** The same, from a port of this machine that no other check has come from. */
  void checkFromAnotherPort() throws IOException {
    byte[] check = nomination();
    try (DatagramSocket other = new DatagramSocket(0, socket.getLocalAddress())) {
      other.send(new DatagramPacket(check, check.length, bridge));
    }
  }

  private byte[] nomination() {
    IceCredentials own = transport.localTransport().credentials();
    return StunMessages.nomination(own.ufrag() + ":" + ICE.ufrag(), own.pwd());
  }

  /** Waits for a check of the bridge and answers it: ICE is through. */
  void connectIce() throws IOException {
    check();
    StunMessage request = receive(StunMessage.BINDING_REQUEST);
    send(
        request
            .asSuccess(
                bridge.getAddress().getAddress(), bridge.getPort(), ICE.pwd().getBytes(US_ASCII))
            .bytes());
  }

  /** Begins a handshake, and says no more. */
  void beginDtls() throws IOException {
    send(DTLS);
  }

  /** Says something like DTLS, and nothing that a handshake could go on with. */
  void babble() {
    try {
      beginDtls();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  StunMessage receive(int type) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
    while (true) {
      socket.receive(packet);
      StunMessage message = StunMessage.parse(packet.getData(), 0, packet.getLength());
      if (message != null && message.type() == type) {
        return message;
      }
    }
  }

  void send(byte[] bytes) throws IOException {
    socket.send(new DatagramPacket(bytes, bytes.length, bridge));
  }

  @Override
  public void close() {
    transport.close();
    socket.close();
  }
}
