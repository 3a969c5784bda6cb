package io.github.jvbwhip.jvb.videobridge.hooks;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.ice4j.util.Buffer;
import org.jitsi.videobridge.relay.Relay;
import org.jitsi.videobridge.transport.ice.IceTransport;
import org.jspecify.annotations.Nullable;

/**
 * Counts what comes in over a link, and knows when the last of it came; the bridge itself counts it
 * by endpoints, which come and go. Where the bridge's {@linkplain BridgeInternals private fields}
 * are others it counts nothing. Thread-safe.
 */
public final class RelayTap implements IceTransport.IncomingDataHandler {
  private final @Nullable IceTransport ice;
  private final IceTransport.@Nullable IncomingDataHandler bridge;
  private final LongSupplier nanoTime;
  private final LongAdder packets = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private volatile long lastNanos;

  private RelayTap(@Nullable IceTransport ice, LongSupplier nanoTime) {
    this.ice = ice;
    this.bridge = ice == null ? null : ice.incomingDataHandler;
    this.nanoTime = nanoTime;
    this.lastNanos = nanoTime.getAsLong();
  }

  /** Before anything can come over it. */
  public static RelayTap attach(Relay relay, BridgeInternals internals, LongSupplier nanoTime) {
    IceTransport ice = internals.iceTransport(relay);
    RelayTap tap = new RelayTap(ice, nanoTime);
    if (ice != null) {
      ice.incomingDataHandler = tap;
    }
    return tap;
  }

  @Override
  public void dataReceived(Buffer buffer) {
    packets.increment();
    bytes.add(buffer.getLength());
    lastNanos = nanoTime.getAsLong();
    if (bridge != null) {
      bridge.dataReceived(buffer);
    }
  }

  public long packets() {
    return packets.sum();
  }

  public long bytes() {
    return bytes.sum();
  }

  /** How long nothing has come; since the beginning, where nothing ever has. */
  public long idleNanos() {
    return nanoTime.getAsLong() - lastNanos;
  }

  /** What is left of its ICE, which may be in memory for long, is to refer to nothing else. */
  public void letGo() {
    if (ice != null) {
      ice.incomingDataHandler = null;
      ice.eventHandler = null;
    }
  }
}
