package io.github.jvbwhip.load.client;

import io.github.jvbwhip.core.rtp.PacketKind;
import io.github.jvbwhip.dtls.CertificateFingerprint;
import io.github.jvbwhip.dtls.SrtpContexts;
import io.github.jvbwhip.dtls.SrtpKeys;
import io.github.jvbwhip.load.net.DatagramReceiver;
import io.github.jvbwhip.load.net.EventLoop;
import io.github.jvbwhip.load.net.HostCandidates;
import io.github.jvbwhip.load.net.IceAgent;
import io.github.jvbwhip.load.net.Impairment;
import io.github.jvbwhip.load.net.UdpPort;
import io.github.jvbwhip.testpeer.sdp.RemoteMedia;
import io.github.jvbwhip.testpeer.transport.IceParameters;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * ICE, DTLS and SRTP of one client, on one socket and one event loop. To be used on that loop only;
 * its listener is called there.
 */
final class Transport implements DatagramReceiver {
  /** What the transport tells. */
  interface Listener {
    /** RTP and RTCP can be sent and received from now on. */
    void connected(String srtpProfile);

    /** It gave up, or was ended by the other side. */
    void failed(String kind, String text);

    /** A packet at the beginning of a buffer; still protected, when RTP is not decrypted. */
    void rtp(byte[] b, int length, long nowNanos);

    /** A decrypted compound packet at the beginning of a buffer. */
    void rtcp(byte[] b, int length, long nowNanos);
  }

  /** What comes in the moment in which the keys are derived. */
  private static final int MOST_EARLY_PACKETS = 256;

  private static final int EARLY_BUFFER = 4096;

  /** For the authentication tag and the index behind a packet. */
  static final int TAILROOM = 64;

  private final EventLoop loop;
  private final SessionResources resources;
  private final boolean decrypting;
  private final Listener listener;
  private final UdpPort port;
  private final IceAgent ice;
  private final List<byte[]> early = new ArrayList<>();
  private @Nullable DtlsAssociation dtls;
  private @Nullable SrtpContexts sending;
  private @Nullable SrtpContexts receiving;
  private volatile @Nullable InetSocketAddress remote;
  private long refused;
  private boolean closed;

  /**
   * Binds a port.
   *
   * @param decrypting whether RTP is to be decrypted; RTCP always is
   */
  Transport(
      EventLoop loop,
      SessionResources resources,
      Impairment impairment,
      boolean decrypting,
      Random random,
      Listener listener)
      throws IOException {
    this.loop = loop;
    this.resources = resources;
    this.decrypting = decrypting;
    this.listener = listener;
    port = loop.open(InetAddress.getByAddress(new byte[4]), impairment, this);
    ice = new IceAgent((b, to) -> port.send(b, 0, b.length, to), new IceEvents(), random);
  }

  /** For the local description. */
  IceParameters localIce() {
    return new IceParameters(
        ice.ufrag(), ice.password(), List.of(HostCandidates.of(port.number())));
  }

  int portNumber() {
    return port.number();
  }

  /** What became of the ICE checks. */
  String iceProgress() {
    return ice.progress();
  }

  boolean hasPath() {
    return remote != null;
  }

  /** SRTP packets that could not be authenticated. */
  long refusedPackets() {
    return refused;
  }

  /**
   * Starts ICE, and then DTLS.
   *
   * @param bundled the other side's m-section whose parameters hold for all
   * @param offerer whether this side has made the offer
   * @param lite whether the other side is an ICE lite one
   */
  void start(RemoteMedia bundled, boolean offerer, boolean lite) {
    dtls =
        new DtlsAssociation(
            resources.identity(),
            resources.profiles(),
            !bundled.setup().equals("active"),
            CertificateFingerprint.parse(bundled.fingerprint()),
            resources.connectTimeout(),
            this::sendDtls,
            resources.threads(),
            new DtlsEvents());
    IceParameters parameters = bundled.ice();
    ice.start(
        parameters.ufrag(),
        parameters.password(),
        offerer,
        lite,
        HostCandidates.read(parameters.candidates()),
        System.nanoTime());
  }

  void tick(long now) {
    ice.tick(now);
  }

  @Override
  public void received(byte[] b, int length, InetSocketAddress from, long now) {
    DtlsAssociation association = dtls;
    switch (PacketKind.of(b, 0, length)) {
      case STUN -> ice.received(b, length, from, now);
      case DTLS -> {
        if (association != null) {
          association.received(b, length);
        }
      }
      case RTP -> media(b, length, false, now);
      case RTCP -> media(b, length, true, now);
      default -> {}
    }
  }

  private void media(byte[] b, int length, boolean control, long now) {
    SrtpContexts contexts = receiving;
    if (contexts == null) {
      if (early.size() < MOST_EARLY_PACKETS && dtls != null) {
        early.add(Arrays.copyOf(b, length));
      }
    } else if (control) {
      int plain = contexts.transformRtcp(b, 0, length);
      if (plain < 0) {
        refused++;
      } else {
        listener.rtcp(b, plain, now);
      }
    } else if (!decrypting) {
      listener.rtp(b, length, now);
    } else {
      int plain = contexts.transformRtp(b, 0, length);
      if (plain < 0) {
        refused++;
      } else {
        listener.rtp(b, plain, now);
      }
    }
  }

  /** Protects and sends what stands at the beginning of a buffer with {@link #TAILROOM} behind. */
  void sendRtp(byte[] b, int length) {
    InetSocketAddress to = remote;
    int protectedLength = sending == null ? -1 : sending.transformRtp(b, 0, length);
    if (to != null && protectedLength >= 0) {
      port.send(b, 0, protectedLength, to);
    }
  }

  /** The same for a compound RTCP packet. */
  void sendRtcp(byte[] b, int length) {
    InetSocketAddress to = remote;
    int protectedLength = sending == null ? -1 : sending.transformRtcp(b, 0, length);
    if (to != null && protectedLength >= 0) {
      port.send(b, 0, protectedLength, to);
    }
  }

  /** On a thread of DTLS. */
  private void sendDtls(byte[] b, int off, int length) {
    InetSocketAddress to = remote;
    if (to != null) {
      port.send(b, off, length, to);
    }
  }

  /** Says goodbye, and frees the port a moment later. */
  void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (dtls == null) {
      port.close();
    } else {
      dtls.close(() -> loop.execute(port::close));
    }
  }

  private void useKeys(SrtpKeys keys) {
    if (closed) {
      return;
    }
    sending = SrtpContexts.sending(keys);
    receiving = SrtpContexts.receiving(keys);
    listener.connected(keys.profile().name());
    byte[] buffer = new byte[EARLY_BUFFER];
    long now = System.nanoTime();
    for (byte[] packet : early) {
      System.arraycopy(packet, 0, buffer, 0, packet.length);
      media(buffer, packet.length, PacketKind.of(buffer, 0, packet.length) == PacketKind.RTCP, now);
    }
    early.clear();
  }

  private final class IceEvents implements IceAgent.Listener {
    @Override
    public void connected(InetSocketAddress address) {
      remote = address;
      if (dtls != null) {
        dtls.start();
      }
    }

    @Override
    public void consentLost() {
      listener.failed("consent", "the server has not answered ICE checks for 30 s");
    }
  }

  private final class DtlsEvents implements DtlsAssociation.Listener {
    @Override
    public void keys(SrtpKeys keys) {
      loop.execute(() -> useKeys(keys));
    }

    @Override
    public void failed(String reason) {
      loop.execute(() -> tell("DTLS", reason));
    }

    @Override
    public void closedByPeer() {
      loop.execute(() -> tell("ended", "the server has ended DTLS"));
    }

    private void tell(String kind, String text) {
      if (!closed) {
        listener.failed(kind, text);
      }
    }
  }
}
