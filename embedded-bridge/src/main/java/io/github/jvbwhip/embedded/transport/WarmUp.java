package io.github.jvbwhip.embedded.transport;

import io.github.jvbwhip.core.bridge.DtlsRole;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A handshake of the bridge with itself, in memory. The first one of a process loads classes,
 * ciphers and native libraries for a second or two; the first client should not wait for that.
 */
final class WarmUp {
  private static final Logger LOGGER = LoggerFactory.getLogger(WarmUp.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(15);
  private static final int RTP_LENGTH = 100;
  private static final int RTCP_LENGTH = 8;
  private static final AtomicBoolean DONE = new AtomicBoolean();

  private WarmUp() {}

  /** Starts the handshake, the first time that it is called in this process. */
  static void once(DtlsIdentity identity, Executor handshakes, Executor serial) {
    if (DONE.compareAndSet(false, true)) {
      start(identity, handshakes, serial);
    }
  }

  private static void start(DtlsIdentity identity, Executor handshakes, Executor serial) {
    Wire toClient = new Wire();
    Wire toServer = new Wire();
    DtlsSession client = session(identity, DtlsRole.ACTIVE, toServer, handshakes, serial);
    DtlsSession server = session(identity, DtlsRole.PASSIVE, toClient, handshakes, serial);
    toClient.end = client;
    toServer.end = server;
    server.pathFound();
    client.pathFound();
  }

  private static DtlsSession session(
      DtlsIdentity identity, DtlsRole role, Wire wire, Executor handshakes, Executor serial) {
    return new DtlsSession(
        identity,
        role,
        List.of(SrtpProfile.values()),
        List.of(identity.fingerprint()),
        TIMEOUT,
        wire,
        handshakes,
        serial,
        new Listener());
  }

  private static final class Wire implements DtlsRecordQueue.Sender {
    private volatile @Nullable DtlsSession end;

    @Override
    public void send(byte[] buffer, int offset, int length) {
      DtlsSession receiver = end;
      if (receiver != null) {
        receiver.receive(buffer, offset, length);
      }
    }
  }

  private static final class Listener implements DtlsSession.Listener {
    @Override
    public void onKeys(SrtpKeys keys) {
      byte[] buffer = new byte[RTP_LENGTH + MediaTransport.TAILROOM];
      for (SrtpProfile profile : SrtpProfile.values()) {
        SrtpContexts contexts =
            SrtpContexts.sending(
                new SrtpKeys(profile, new byte[profile.keyMaterialLength()], true));
        contexts.transformRtp(buffer, 0, RTP_LENGTH);
        contexts.transformRtcp(buffer, 0, RTCP_LENGTH);
      }
    }

    @Override
    public void onFailed(String detail) {
      LOGGER.debug("warming up failed: {}", detail);
    }

    @Override
    public void onClosedByPeer() {}
  }
}
