package io.github.jvbwhip.testpeer.transport;

import io.github.jvbwhip.dtls.SrtpKeys;
import io.github.jvbwhip.dtls.SrtpProfile;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import org.jitsi.srtp.SrtcpCryptoContext;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;
import org.jitsi.utils.logging2.LoggerImpl;
import org.jspecify.annotations.Nullable;

/** Protects and unprotects RTP and RTCP with the keys of one DTLS handshake. Thread-safe. */
final class SrtpSession {
  private final SrtpProfile profile;
  private final SrtpContextFactory sending;
  private final SrtpContextFactory receiving;
  private final Map<Long, SrtpCryptoContext> sendingRtp = new HashMap<>();
  private final Map<Long, SrtpCryptoContext> receivingRtp = new HashMap<>();
  private final Map<Long, SrtcpCryptoContext> sendingRtcp = new HashMap<>();
  private final Map<Long, SrtcpCryptoContext> receivingRtcp = new HashMap<>();

  SrtpSession(SrtpKeys keys) {
    profile = keys.profile();
    sending = factory(true, keys.localKey(), keys.localSalt());
    receiving = factory(false, keys.remoteKey(), keys.remoteSalt());
  }

  private SrtpContextFactory factory(boolean sender, byte[] key, byte[] salt) {
    return new SrtpContextFactory(
        sender,
        key,
        salt,
        profile.policy(),
        profile.policy(),
        new LoggerImpl(SrtpSession.class.getName()));
  }

  SrtpProfile profile() {
    return profile;
  }

  synchronized byte[] protectRtp(byte[] packet) {
    try {
      long ssrc = Datagrams.unsigned32(packet, 8);
      SrtpCryptoContext context = sendingRtp.get(ssrc);
      if (context == null) {
        context = sending.deriveContext((int) ssrc, 0);
        sendingRtp.put(ssrc, context);
      }
      PacketBuffer buffer = new PacketBuffer(packet);
      require(context.transformPacket(buffer));
      return buffer.toBytes();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  synchronized byte[] protectRtcp(byte[] packet) {
    try {
      long ssrc = Datagrams.unsigned32(packet, 4);
      SrtcpCryptoContext context = sendingRtcp.get(ssrc);
      if (context == null) {
        context = sending.deriveControlContext((int) ssrc);
        sendingRtcp.put(ssrc, context);
      }
      PacketBuffer buffer = new PacketBuffer(packet);
      require(context.transformPacket(buffer));
      return buffer.toBytes();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The plain packet; null when it is a replay or not authentic. */
  synchronized byte @Nullable [] unprotectRtp(byte[] packet) {
    try {
      long ssrc = Datagrams.unsigned32(packet, 8);
      SrtpCryptoContext context = receivingRtp.get(ssrc);
      if (context == null) {
        context = receiving.deriveContext((int) ssrc, 0);
      }
      PacketBuffer buffer = new PacketBuffer(packet);
      if (context.reverseTransformPacket(buffer, false) != SrtpErrorStatus.OK) {
        return null;
      }
      receivingRtp.put(ssrc, context);
      return buffer.toBytes();
    } catch (GeneralSecurityException e) {
      return null;
    }
  }

  /** The plain compound packet; null when it is a replay or not authentic. */
  synchronized byte @Nullable [] unprotectRtcp(byte[] packet) {
    try {
      long ssrc = Datagrams.unsigned32(packet, 4);
      SrtcpCryptoContext context = receivingRtcp.get(ssrc);
      if (context == null) {
        context = receiving.deriveControlContext((int) ssrc);
      }
      PacketBuffer buffer = new PacketBuffer(packet);
      if (context.reverseTransformPacket(buffer) != SrtpErrorStatus.OK) {
        return null;
      }
      receivingRtcp.put(ssrc, context);
      return buffer.toBytes();
    } catch (GeneralSecurityException e) {
      return null;
    }
  }

  private static void require(SrtpErrorStatus status) {
    if (status != SrtpErrorStatus.OK) {
      throw new IllegalStateException("SRTP protection failed: " + status);
    }
  }
}
