package io.github.jvbwhip.embedded.transport;

import io.github.jvbwhip.core.bridge.ClientNetwork;
import io.github.jvbwhip.core.bridge.DtlsRole;
import io.github.jvbwhip.core.rtp.Bytes;
import io.github.jvbwhip.dtls.DtlsIdentity;
import io.github.jvbwhip.dtls.DtlsRecordQueue;
import io.github.jvbwhip.dtls.SrtpContexts;
import io.github.jvbwhip.dtls.SrtpKeys;
import io.github.jvbwhip.dtls.SrtpProfile;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A handshake of the bridge with itself, in memory. The first one of a process loads classes,
 * ciphers and native libraries for a second or two, and runs slowly for as long; the first client
 * should not wait for that.
 */
final class HandshakeWarmUp {
  private static final Logger LOG = LoggerFactory.getLogger(HandshakeWarmUp.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(15);
  private static final int RTP_LENGTH = 1200;
  private static final int STREAMS = 3;
  private static final int PACKETS = 100;
  private static final int RTCP_LENGTH = 8;
  private static final AtomicBoolean DONE = new AtomicBoolean();

  private HandshakeWarmUp() {}

  /** Starts the handshake, the first time that it is called in this process. */
  static void once(DtlsIdentity identity, HandshakeThreads handshakes, Executor serial) {
    if (DONE.compareAndSet(false, true)) {
      start(identity, handshakes, serial);
    }
  }

  private static void start(DtlsIdentity identity, HandshakeThreads handshakes, Executor serial) {
    Wire toClient = new Wire();
    Wire toServer = new Wire();
    AtomicBoolean warm = new AtomicBoolean();
    DtlsSession client = session(identity, DtlsRole.ACTIVE, toServer, handshakes, serial, warm);
    DtlsSession server = session(identity, DtlsRole.PASSIVE, toClient, handshakes, serial, warm);
    toClient.end = client;
    toServer.end = server;
    ClientNetwork here = new ClientNetwork("here");
    server.pathFound(here);
    client.pathFound(here);
  }

  private static DtlsSession session(
      DtlsIdentity identity,
      DtlsRole role,
      Wire wire,
      HandshakeThreads handshakes,
      Executor serial,
      AtomicBoolean warm) {
    return new DtlsSession(
        identity,
        role,
        List.of(SrtpProfile.values()),
        List.of(identity.fingerprint()),
        TIMEOUT,
        wire,
        handshakes,
        serial,
        new Listener(warm));
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

  /**
   * One of the two ends.
   *
   * @param warm whether the other one has been here
   */
  private record Listener(AtomicBoolean warm) implements DtlsSession.Listener {
    @Override
    public void onKeys(SrtpKeys keys) {
      if (warm.getAndSet(true)) {
        return;
      }
      long begin = System.nanoTime();
      for (SrtpProfile profile : SrtpProfile.values()) {
        byte[] material = new byte[profile.keyMaterialLength()];
        transform(
            SrtpContexts.sending(new SrtpKeys(profile, material, true)),
            SrtpContexts.receiving(new SrtpKeys(profile, material, false)));
      }
      LOG.debug("warmed up SRTP in {} ms", (System.nanoTime() - begin) / 1_000_000);
    }

    /**
     * Encrypts and decrypts packets of some streams. Publishers measure the way to the bridge with
     * their first ones, and take the milliseconds that these cost in a process that has just begun
     * for a narrow link: the larger encodings of a simulcast then come seconds later.
     */
    private static void transform(SrtpContexts sending, SrtpContexts receiving) {
      byte[] buffer = new byte[RTP_LENGTH + MediaTransport.TAILROOM];
      for (int ssrc = 1; ssrc <= STREAMS; ssrc++) {
        for (int number = 1; number <= PACKETS; number++) {
          Arrays.fill(buffer, (byte) 0);
          buffer[0] = (byte) 0x80;
          Bytes.put16(buffer, 2, number);
          Bytes.put32(buffer, 8, ssrc);
          receiving.transformRtp(buffer, 0, sending.transformRtp(buffer, 0, RTP_LENGTH));
        }
        Arrays.fill(buffer, (byte) 0);
        buffer[0] = (byte) 0x80;
        Bytes.put32(buffer, 4, ssrc);
        receiving.transformRtcp(buffer, 0, sending.transformRtcp(buffer, 0, RTCP_LENGTH));
      }
    }

    @Override
    public void onFailed(String detail) {
      LOG.debug("warming up failed: {}", detail);
    }

    @Override
    public void onClosedByPeer() {}
  }
}
