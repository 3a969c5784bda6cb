package io.github.jvbwhip.jvb.hooks;

import java.lang.reflect.Field;
import org.jitsi.nlj.rtp.codec.av1.Av1DDPacket;
import org.jitsi.videobridge.Endpoint;
import org.jitsi.videobridge.transport.ice.IceTransport;

/** The two private fields of the bridge that are needed; looked up once. Thread-safe. */
public final class BridgeInternals {
  private final Field iceTransport;
  private final Field descriptorId;

  /**
   * @throws ReflectiveOperationException when this bridge does not have them
   */
  public BridgeInternals() throws ReflectiveOperationException {
    iceTransport = Endpoint.class.getDeclaredField("iceTransport");
    iceTransport.setAccessible(true);
    descriptorId = Av1DDPacket.class.getDeclaredField("av1DDHeaderExtensionId");
    descriptorId.setAccessible(true);
  }

  /** The endpoint's ICE. */
  public IceTransport iceTransport(Endpoint endpoint) {
    try {
      return (IceTransport) iceTransport.get(endpoint);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Tells the packet under which id its dependency descriptor is now. */
  public void setDescriptorId(Av1DDPacket packet, int id) {
    try {
      descriptorId.setInt(packet, id);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
