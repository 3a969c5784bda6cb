package org.jitsi.videobridge.relay;

import java.util.concurrent.atomic.AtomicLong;
import org.jitsi.nlj.Transceiver;

/** A link to another bridge. */
public final class Relay {

  private Relay() {}

  public native String getId();

  public native Transceiver getTransceiver();

  public native Statistics getStatistics();

  public native void expire();

  /** The counters of endpoints that have gone. */
  public static final class Statistics {
    private Statistics() {}

    public native AtomicLong getPacketsSent();

    public native AtomicLong getBytesSent();
  }
}
