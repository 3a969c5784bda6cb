package io.github.jvbwhip.jvb.videobridge.hooks;

import org.jitsi.nlj.srtp.TlsRole;
import org.jitsi.videobridge.Endpoint;
import org.jitsi.videobridge.relay.Relay;
import org.jitsi.videobridge.transport.dtls.DtlsTransport;
import org.jspecify.annotations.Nullable;

/**
 * Hears that an endpoint's DTLS handshake is complete, after the endpoint itself. Where the
 * bridge's {@linkplain BridgeInternals private fields} are others it hears nothing. Thread-safe.
 */
public final class HandshakeListener implements DtlsTransport.EventHandler {
  private final DtlsTransport.@Nullable EventHandler bridge;
  private final Runnable complete;

  private HandshakeListener(DtlsTransport.@Nullable EventHandler bridge, Runnable complete) {
    this.bridge = bridge;
    this.complete = complete;
  }

  /**
   * Before the endpoint's client can have begun DTLS.
   *
   * @param complete called on a bridge thread; must only enqueue
   */
  public static void attach(Endpoint endpoint, BridgeInternals internals, Runnable complete) {
    attach(internals.dtlsTransport(endpoint), complete);
  }

  /** The same of a link to another bridge. */
  public static void attach(Relay relay, BridgeInternals internals, Runnable complete) {
    attach(internals.dtlsTransport(relay), complete);
  }

  private static void attach(@Nullable DtlsTransport dtls, Runnable complete) {
    if (dtls != null) {
      dtls.eventHandler = new HandshakeListener(dtls.eventHandler, complete);
    }
  }

  @Override
  public void handshakeComplete(int profile, TlsRole role, byte[] keyingMaterial) {
    if (bridge != null) {
      bridge.handshakeComplete(profile, role, keyingMaterial);
    }
    complete.run();
  }
}
