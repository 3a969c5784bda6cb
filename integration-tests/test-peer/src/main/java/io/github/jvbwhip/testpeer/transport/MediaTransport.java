package io.github.jvbwhip.testpeer.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * ICE, DTLS and SRTP over one UDP port: the way of the peer's RTP and RTCP. Thread-safe; its
 * listener is called on its own threads and must not block.
 */
public final class MediaTransport implements AutoCloseable {
  /** What the transport tells its user. */
  public interface Listener {
    /** RTP and RTCP can be sent from now on. */
    void connected();

    /** ICE or DTLS gave up. */
    void failed(String reason);

    /** The other side ended the DTLS association. */
    void closedByRemote();

    /** A decrypted RTP packet. */
    void rtp(byte[] packet);

    /** A decrypted compound RTCP packet. */
    void rtcp(byte[] packet);
  }

  private record Remote(boolean dtlsClient, String fingerprint) {}

  private final Listener listener;
  private final UdpPort port;
  private final IceConnection ice;
  private final DtlsConnection dtls;
  private final AtomicLong notAuthentic = new AtomicLong();
  private volatile @Nullable Remote remote;
  private volatile @Nullable SrtpSession srtp;

  /**
   * Binds a port on {@code address} and gathers it as the only candidate.
   *
   * @param profiles SRTP profiles, best first
   */
  public MediaTransport(
      InetAddress address, DtlsIdentity identity, List<SrtpProfile> profiles, Listener listener)
      throws IOException {
    this.listener = listener;
    port = new UdpPort(address, this::received);
    ice = new IceConnection(port, new IceListener());
    dtls = new DtlsConnection(identity, profiles, this::sendRaw, new DtlsListener());
    port.start();
  }

  /** What goes into the local description. */
  public IceParameters localIce() {
    return ice.localParameters();
  }

  /** The address that the peer's socket is bound to. */
  public InetSocketAddress localAddress() {
    return port.localAddress();
  }

  /** Where the validated pair leads to, if there is one. */
  public @Nullable InetSocketAddress remoteAddress() {
    return ice.remoteAddress();
  }

  /**
   * Starts ICE, and DTLS as soon as a pair works.
   *
   * @param controlling the ICE role: the side that offers is the controlling one (RFC 8445 6.1.1)
   */
  public void start(
      IceParameters remoteIce, String remoteFingerprint, boolean controlling, boolean dtlsClient) {
    remote = new Remote(dtlsClient, remoteFingerprint);
    ice.start(remoteIce, controlling);
  }

  /** Adds candidates of the other side that came by trickle. */
  public void addRemoteCandidates(List<String> candidates) {
    ice.addRemoteCandidates(candidates);
  }

  /** Loses datagrams that come in. */
  public void setIncomingFilter(DatagramFilter filter) {
    port.setIncomingFilter(filter);
  }

  /** Loses datagrams that go out. */
  public void setOutgoingFilter(DatagramFilter filter) {
    port.setOutgoingFilter(filter);
  }

  /** The profile that DTLS chose; null before. */
  public @Nullable SrtpProfile srtpProfile() {
    SrtpSession session = srtp;
    return session == null ? null : session.profile();
  }

  /** How many RTP and RTCP packets were replays or not authentic. */
  public long notAuthenticPackets() {
    return notAuthentic.get();
  }

  /** Datagrams that reached the socket, lost ones included. */
  public long receivedDatagrams() {
    return port.receivedDatagrams();
  }

  /** Protects and sends an RTP packet; dropped silently while not connected. */
  public void sendRtp(byte[] packet) {
    SrtpSession session = srtp;
    if (session != null) {
      sendUnchecked(session.protectRtp(packet));
    }
  }

  /** Protects and sends a compound RTCP packet; dropped silently while not connected. */
  public void sendRtcp(byte[] packet) {
    SrtpSession session = srtp;
    if (session != null) {
      sendUnchecked(session.protectRtcp(packet));
    }
  }

  /** Sends any bytes to the other side's media address, unprotected. */
  public void sendHostile(byte[] datagram) {
    sendUnchecked(datagram);
  }

  /** Sends any bytes from the peer's port to any address. */
  public void sendHostile(byte[] datagram, InetSocketAddress to) {
    try {
      port.send(datagram, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void sendUnchecked(byte[] datagram) {
    try {
      sendRaw(datagram);
    } catch (IOException e) {
      // As on any network, what is sent while the port closes is lost.
    }
  }

  private void sendRaw(byte[] datagram) throws IOException {
    ice.send(datagram);
  }

  private void received(byte[] data, InetSocketAddress from) {
    switch (Datagrams.kindOf(data)) {
      case STUN -> ice.receivedStun(data, from);
      case DTLS -> dtls.received(data);
      case RTP -> {
        SrtpSession session = srtp;
        byte[] plain = session == null ? null : session.unprotectRtp(data);
        if (plain == null) {
          notAuthentic.incrementAndGet();
        } else {
          listener.rtp(plain);
        }
      }
      case RTCP -> {
        SrtpSession session = srtp;
        byte[] plain = session == null ? null : session.unprotectRtcp(data);
        if (plain == null) {
          notAuthentic.incrementAndGet();
        } else {
          listener.rtcp(plain);
        }
      }
      case OTHER -> notAuthentic.incrementAndGet();
    }
  }

  /** Closes with a DTLS close_notify. */
  @Override
  public void close() {
    dtls.close();
    ice.close();
    port.close();
  }

  /** Closes without a word, as a crashed client does. */
  public void abandon() {
    port.setOutgoingFilter(DatagramFilter.nothing());
    dtls.abandon();
    ice.close();
    port.close();
  }

  private final class IceListener implements IceConnection.Listener {
    @Override
    public void writable() {
      Remote known = remote;
      if (known != null) {
        dtls.start(known.dtlsClient, known.fingerprint);
      }
    }

    @Override
    public void failed() {
      listener.failed("ICE failed");
    }
  }

  private final class DtlsListener implements DtlsConnection.Listener {
    @Override
    public void established(SrtpSession session) {
      srtp = session;
      listener.connected();
    }

    @Override
    public void failed(IOException reason) {
      listener.failed("DTLS failed: " + reason.getMessage());
    }

    @Override
    public void closedByRemote() {
      listener.closedByRemote();
    }
  }
}
