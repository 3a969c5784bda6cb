package org.jitsi.videobridge.transport.dtls;

import org.jitsi.nlj.srtp.TlsRole;

/** An endpoint's DTLS. */
public final class DtlsTransport {

  public EventHandler eventHandler;

  private DtlsTransport() {}

  public native boolean isConnected();

  /** Hears how DTLS fares. */
  public interface EventHandler {
    void handshakeComplete(int chosenSrtpProtectionProfile, TlsRole tlsRole, byte[] keyingMaterial);
  }
}
