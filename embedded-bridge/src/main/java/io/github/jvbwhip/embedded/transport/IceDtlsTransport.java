package io.github.jvbwhip.embedded.transport;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.ClientNetwork;
import io.github.jvbwhip.core.bridge.DtlsRole;
import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.bridge.LocalTransport;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import io.github.jvbwhip.core.bridge.SelectedPair;
import io.github.jvbwhip.core.rtp.PacketKind;
import io.github.jvbwhip.dtls.SrtpContexts;
import io.github.jvbwhip.dtls.SrtpKeys;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A transport on a {@link MediaPort}: composes ICE, DTLS and SRTP. Its state is guarded by its
 * monitor; nothing is called under it but what is the transport's own.
 *
 * <pre>
 *   NEW --connect--> CONNECTING --keys--> CONNECTED
 *    |                   |                    |
 *    +-------------------+----close, end------+--> CLOSED
 * </pre>
 */
final class IceDtlsTransport implements MediaTransport, PacketReceiver, IceTransportListener {
  private static final Logger LOG = LoggerFactory.getLogger(IceDtlsTransport.class);

  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private enum State {
    NEW,
    CONNECTING,
    CONNECTED,
    CLOSED
  }

  private final TransportEnvironment environment;
  private final long serial;
  private final boolean offering;
  private final boolean calling;
  private final TransportListener listener;
  private final Consumer<IceDtlsTransport> onClosed;
  private final Outbound outbound = new Outbound();
  private final Inbound inbound;
  private final Executor events;
  private final IceTransport ice;
  private final TransportTimer silence;
  private State state = State.NEW;
  private @Nullable DtlsRole role;
  private volatile @Nullable DtlsSession dtls;

  /**
   * @param serialNumber grows with every transport
   * @param offering whether the bridge makes the offer: it controls ICE then
   * @param calling whether the other side is a server that the bridge calls
   * @param onClosed hears when the transport is closed, by whomever
   */
  IceDtlsTransport(
      TransportEnvironment environment,
      long serialNumber,
      boolean offering,
      boolean calling,
      TransportListener listener,
      Consumer<IceDtlsTransport> onClosed) {
    this.environment = environment;
    this.serial = serialNumber;
    this.offering = offering;
    this.calling = calling;
    this.listener = listener;
    this.inbound = new Inbound(listener);
    this.onClosed = onClosed;
    this.events = environment.threads().newSerialExecutor(this::fail);
    this.ice = new IceTransport(environment, this, this, offering);
    this.silence = new TransportTimer(environment.threads());
  }

  @Override
  public long serial() {
    return serial;
  }

  @Override
  public LocalTransport localTransport() {
    Optional<DtlsRole> known;
    synchronized (this) {
      known = Optional.ofNullable(role);
    }
    return new LocalTransport(
        ice.credentials(), environment.candidates(), environment.fingerprints(), known);
  }

  @Override
  public void connect(RemoteTransport remote) throws BridgeException {
    RemoteSide.check(remote);
    DtlsSession session;
    synchronized (this) {
      if (state == State.CLOSED) {
        throw new BridgeException(BridgeException.Reason.ENDED, "the transport has ended");
      }
      if (state != State.NEW) {
        throw new IllegalStateException("the transport has its remote side already");
      }
      state = State.CONNECTING;
      role = remote.role().opposite();
      session =
          new DtlsSession(
              environment.identity(),
              remote.role().opposite(),
              environment.profiles(),
              RemoteSide.certificates(remote),
              environment.config().connectTimeout(),
              outbound::sendDtls,
              environment.threads().handshakes(),
              events,
              new DtlsEvents());
      dtls = session;
    }
    if (calling) {
      ice.start(remote.credentials(), remote.candidates());
    } else {
      ice.start(remote.credentials(), List.of());
      checkFirst(remote);
    }
  }

  /** Clients check at once; one that has not done so after a second may wait for the bridge. */
  private void checkFirst(RemoteTransport remote) {
    FirstChecks checks =
        new FirstChecks(
            environment.sockets(),
            ice.credentials(),
            remote.credentials(),
            offering,
            remote.candidates());
    synchronized (this) {
      if (state != State.CLOSED) {
        silence.after(
            PATIENCE,
            () -> {
              if (!ice.isHeard()) {
                checks.send();
              }
            });
      }
    }
  }

  @Override
  public LocalTransport restartIce(IceCredentials remote) throws BridgeException {
    if (!RemoteSide.isWellFormed(remote)) {
      throw new BridgeException(
          BridgeException.Reason.RESTART_REFUSED,
          "the ICE user name fragment or password is ill-formed");
    }
    prepareRestart(false);
    ice.startRestart(remote);
    return localTransport();
  }

  /** The first half of a restart: new local credentials, that are announced from now on. */
  void prepareRestart(boolean controlling) throws BridgeException {
    synchronized (this) {
      if (state == State.CLOSED) {
        throw new BridgeException(BridgeException.Reason.ENDED, "the transport has ended");
      }
      if (state == State.NEW) {
        throw new BridgeException(BridgeException.Reason.RESTART_REFUSED, "ICE has not begun yet");
      }
    }
    ice.prepareRestart(controlling);
  }

  /** Whether a restart is under way. */
  boolean isRestarting() {
    return ice.isRestarting();
  }

  /** The second half, with the peer's new credentials. */
  void startRestart(IceCredentials remote) {
    ice.startRestart(remote);
  }

  @Override
  public boolean sendRtp(byte[] buffer, int offset, int length) {
    return outbound.sendRtp(buffer, offset, length);
  }

  @Override
  public boolean sendRtcp(byte[] buffer, int offset, int length) {
    return outbound.sendRtcp(buffer, offset, length);
  }

  @Override
  public void receive(PacketKind kind, byte[] buffer, int offset, int length, long nanoTime) {
    DtlsSession session = dtls;
    if (kind != PacketKind.DTLS) {
      inbound.receive(kind, buffer, offset, length, nanoTime);
    } else if (session != null) {
      session.receive(buffer, offset, length);
    }
  }

  @Override
  public void pathFound(MediaPath path) {
    DtlsSession session;
    synchronized (this) {
      if (state == State.CLOSED) {
        return;
      }
      session = dtls;
      outbound.use(path);
    }
    if (session != null) {
      session.pathFound(ClientNetwork.of(path.remote().getAddress().getAddress()));
    }
  }

  @Override
  public void timedOut(String iceDetail) {
    synchronized (this) {
      if (state == State.CONNECTED) {
        return;
      }
    }
    if (outbound.path() == null) {
      end(EndReason.ICE_FAILED, iceDetail);
    } else {
      end(EndReason.DTLS_FAILED, "the DTLS handshake was not done in time");
    }
  }

  synchronized boolean isConnected() {
    return state == State.CONNECTED;
  }

  private final class DtlsEvents implements DtlsSession.Listener {
    @Override
    public void onBegun() {
      inbound.expect();
    }

    @Override
    public void onKeys(SrtpKeys keys) {
      SrtpContexts receiving = SrtpContexts.receiving(keys);
      synchronized (IceDtlsTransport.this) {
        if (state != State.CONNECTING) {
          return;
        }
        state = State.CONNECTED;
        outbound.use(SrtpContexts.sending(keys));
      }
      ice.connected();
      events.execute(
          () -> {
            if (isConnected()) {
              listener.onConnected();
              inbound.open(receiving);
            }
          });
    }

    @Override
    public void onFailed(String detail) {
      end(EndReason.DTLS_FAILED, detail);
    }

    @Override
    public void onClosedByPeer() {
      end(EndReason.DTLS_CLOSED, "the peer closed DTLS");
    }
  }

  /** Ends the transport by itself, and says so. */
  @Override
  public void end(EndReason reason, String detail) {
    if (shutDown()) {
      events.execute(() -> listener.onEnded(reason, detail));
    }
  }

  /** A fault of ours costs this transport, and no other. */
  @Override
  public void fail(Throwable fault) {
    LOG.error("transport {} fails", serial, fault);
    end(EndReason.INTERNAL, "a fault inside the bridge: " + fault);
  }

  @Override
  public void close() {
    shutDown();
  }

  /**
   * @return whether it was this call that did it
   */
  private boolean shutDown() {
    DtlsSession session;
    synchronized (this) {
      if (state == State.CLOSED) {
        return false;
      }
      state = State.CLOSED;
      silence.cancel();
      session = dtls;
      outbound.use((SrtpContexts) null);
    }
    inbound.close();
    if (session != null) {
      session.close();
    }
    ice.close();
    onClosed.accept(this);
    return true;
  }

  @Override
  public boolean isHeard() {
    return ice.isHeard();
  }

  @Override
  public Optional<SelectedPair> pair() {
    return Optional.ofNullable(outbound.path()).map(MediaPath::pair);
  }

  @Override
  public TransportStats stats() {
    MediaPath path = outbound.path();
    OptionalLong roundTrip = path == null ? OptionalLong.empty() : ice.roundTripMicros(path);
    return new TransportStats(
        isConnected(),
        inbound.packetsReceived(),
        inbound.bytesReceived(),
        outbound.packetsSent(),
        outbound.bytesSent(),
        inbound.packetsRejected(),
        outbound.packetsUnsent(),
        roundTrip);
  }
}
