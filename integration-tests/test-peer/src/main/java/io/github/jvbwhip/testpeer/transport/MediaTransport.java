package io.github.jvbwhip.testpeer.transport;

import io.github.jvbwhip.dtls.CertificateFingerprint;
import io.github.jvbwhip.dtls.DtlsIdentity;
import io.github.jvbwhip.dtls.SrtpProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * ICE, DTLS and SRTP over one UDP port, or over another one after an ICE restart: the way of the
 * peer's RTP and RTCP. Thread-safe; its listener is called on its own threads and must not block.
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

    /** An ICE restart is through: everything goes over the new port. */
    default void moved() {}

    /** A decrypted RTP packet. */
    void rtp(byte[] packet);

    /** A decrypted compound RTCP packet. */
    void rtcp(byte[] packet);
  }

  private record Remote(
      boolean controlling, boolean dtlsClient, CertificateFingerprint fingerprint) {}

  /** In packets: more than a second of video. */
  private static final int MAX_EARLY = 512;

  private final Listener listener;
  private final boolean oddIceCredentials;
  private final DtlsConnection dtls;
  private final AtomicLong notAuthentic = new AtomicLong();
  private final List<Path> paths = new CopyOnWriteArrayList<>();
  private volatile Path path;
  private volatile @Nullable Remote remote;

  /** Media that came before the handshake was done here; the other side may be done earlier. */
  private final List<byte[]> early = new ArrayList<>();

  private volatile @Nullable SrtpSession srtp;

  /**
   * Binds a port on {@code address} and gathers it as the only candidate.
   *
   * @param profiles SRTP profiles, best first
   */
  public MediaTransport(
      InetAddress address, DtlsIdentity identity, List<SrtpProfile> profiles, Listener listener)
      throws IOException {
    this(address, false, identity, profiles, listener);
  }

  /**
   * The same.
   *
   * @param oddIceCredentials whether these have all characters that browsers let pass
   */
  public MediaTransport(
      InetAddress address,
      boolean oddIceCredentials,
      DtlsIdentity identity,
      List<SrtpProfile> profiles,
      Listener listener)
      throws IOException {
    this.listener = listener;
    this.oddIceCredentials = oddIceCredentials;
    dtls = new DtlsConnection(identity, profiles, this::sendRaw, new DtlsListener());
    path = new Path(address);
    paths.add(path);
    path.port.start();
  }

  /** What goes into the local description. */
  public IceParameters localIce() {
    return path.ice.localParameters();
  }

  /** The address that the peer's socket is bound to. */
  public InetSocketAddress localAddress() {
    return path.port.localAddress();
  }

  /** Where the validated pair leads to, if there is one. */
  public @Nullable InetSocketAddress remoteAddress() {
    return path.ice.remoteAddress();
  }

  /**
   * Starts ICE, and DTLS as soon as a pair works.
   *
   * @param controlling the ICE role: the side that offers is the controlling one (RFC 8445 6.1.1)
   */
  public void start(
      IceParameters remoteIce, String remoteFingerprint, boolean controlling, boolean dtlsClient) {
    remote = new Remote(controlling, dtlsClient, CertificateFingerprint.parse(remoteFingerprint));
    path.ice.start(remoteIce, controlling);
  }

  /**
   * Binds another port with ICE credentials of its own, for an ICE restart (RFC 8445 section 9).
   * Nothing else changes before {@link #restart}.
   */
  public Restart prepareRestart() {
    try {
      Path next = new Path(path.port.localAddress().getAddress());
      paths.add(next);
      next.port.start();
      return new Restart(next);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A port that may become the peer's. */
  public static final class Restart {
    private final Path next;

    private Restart(Path next) {
      this.next = next;
    }

    /** What goes into the fragment. */
    public IceParameters localIce() {
      return next.ice.localParameters();
    }
  }

  /**
   * Starts ICE on the new port. Media and DTLS go over to it as soon as a pair works, and nothing
   * gets through the old one then, as if that network were gone.
   */
  public void restart(Restart restart, IceParameters remoteIce) {
    Remote known = remote;
    if (known == null) {
      throw new IllegalStateException("not started");
    }
    restart.next.ice.start(remoteIce, known.controlling);
  }

  /** Adds candidates of the other side that came by trickle. */
  public void addRemoteCandidates(List<String> candidates) {
    path.ice.addRemoteCandidates(candidates);
  }

  /** Loses datagrams that come in. */
  public void setIncomingFilter(DatagramFilter filter) {
    path.port.setIncomingFilter(filter);
  }

  /** Loses datagrams that go out. */
  public void setOutgoingFilter(DatagramFilter filter) {
    path.port.setOutgoingFilter(filter);
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
    return path.port.receivedDatagrams();
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
      path.port.send(datagram, to);
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
    path.ice.send(datagram);
  }

  private void received(Path over, byte[] data, InetSocketAddress from) {
    switch (Datagrams.kindOf(data)) {
      case STUN -> over.ice.receivedStun(data, from);
      case DTLS -> dtls.received(data);
      case RTP, RTCP -> receivedMedia(data);
      case OTHER -> notAuthentic.incrementAndGet();
    }
  }

  private void receivedMedia(byte[] data) {
    SrtpSession session = srtp;
    if (session == null) {
      synchronized (early) {
        session = srtp;
        if (session == null && early.size() < MAX_EARLY) {
          early.add(data);
          return;
        }
      }
    }
    decrypt(session, data);
  }

  private void decrypt(@Nullable SrtpSession session, byte[] data) {
    boolean rtp = Datagrams.kindOf(data) == Datagrams.Kind.RTP;
    byte[] plain = null;
    if (session != null) {
      plain = rtp ? session.unprotectRtp(data) : session.unprotectRtcp(data);
    }
    if (plain == null) {
      notAuthentic.incrementAndGet();
    } else if (rtp) {
      listener.rtp(plain);
    } else {
      listener.rtcp(plain);
    }
  }

  /** Closes with a DTLS close_notify. */
  @Override
  public void close() {
    dtls.close();
    paths.forEach(Path::close);
  }

  /** Closes without a word, as a crashed client does. */
  public void abandon() {
    paths.forEach(Path::cut);
    dtls.abandon();
    paths.forEach(Path::close);
  }

  /** A local port and ICE over it. */
  private final class Path implements IceConnection.Listener {
    private final UdpPort port;
    private final IceConnection ice;

    Path(InetAddress address) throws IOException {
      port = new UdpPort(address, (data, from) -> received(this, data, from));
      ice = new IceConnection(port, oddIceCredentials, this);
    }

    @Override
    public void writable() {
      Path before = path;
      Remote known = remote;
      if (before != this) {
        path = this;
        before.cut();
        listener.moved();
      } else if (known != null) {
        dtls.start(known.dtlsClient, known.fingerprint);
      }
    }

    private void cut() {
      port.setOutgoingFilter(DatagramFilter.nothing());
      port.setIncomingFilter(DatagramFilter.nothing());
    }

    private void close() {
      ice.close();
      port.close();
    }

    @Override
    public void failed(String pairs) {
      if (path != this) {
        return; // The one before goes on, or has been left.
      }
      listener.failed("ICE failed: " + pairs);
    }
  }

  private final class DtlsListener implements DtlsConnection.Listener {
    @Override
    public void established(SrtpSession session) {
      synchronized (early) {
        early.forEach(data -> decrypt(session, data));
        early.clear();
        srtp = session;
      }
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
