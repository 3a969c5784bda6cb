package org.jitsi.videobridge.transport.ice;

import org.ice4j.util.Buffer;

/** An endpoint's ICE. */
public final class IceTransport {

  public IncomingDataHandler incomingDataHandler;

  public EventHandler eventHandler;

  private IceTransport() {}

  public native boolean hasFailed();

  public native boolean isConnected();

  /** Takes what comes in over ICE, other than STUN. */
  public interface IncomingDataHandler {
    void dataReceived(Buffer buffer);
  }

  /** Hears how ICE fares. */
  public interface EventHandler {}
}
