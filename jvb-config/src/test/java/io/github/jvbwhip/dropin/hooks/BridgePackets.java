package io.github.jvbwhip.dropin.hooks;

import java.util.Arrays;
import java.util.HexFormat;
import org.jitsi.nlj.PacketInfo;
import org.jitsi.rtp.Packet;
import org.jitsi.rtp.rtp.RtpPacket;

/** Packets of the bridge's own classes, whose constructors the plugin has no use for. */
final class BridgePackets {
  static final int OFFSET = 10;
  private static final int LENGTH = 1200;

  private BridgePackets() {}

  /** In a buffer like the bridge's, in which a packet does not begin at 0. */
  static byte[] buffer(String hex) {
    byte[] packet = HexFormat.of().parseHex(hex.replace(" ", ""));
    byte[] buffer = new byte[1500];
    System.arraycopy(packet, 0, buffer, OFFSET, packet.length);
    return buffer;
  }

  /** An RTP packet of that class, which has the usual constructor. */
  static RtpPacket rtp(String className, String hex) throws ReflectiveOperationException {
    return (RtpPacket) make(className, buffer(hex), OFFSET, LENGTH);
  }

  /** An RTCP packet of that class. */
  static Packet rtcp(String className, String hex) throws ReflectiveOperationException {
    int length = hex.replace(" ", "").length() / 2;
    return (Packet) make("org.jitsi.rtp.rtcp." + className, buffer(hex), OFFSET, length);
  }

  /** A packet with a dependency descriptor. */
  static RtpPacket described(String hex, int id) throws ReflectiveOperationException {
    Class<?> logger = Class.forName("org.jitsi.utils.logging2.Logger");
    return (RtpPacket)
        Class.forName("org.jitsi.nlj.rtp.codec.av1.Av1DDPacket")
            .getConstructor(
                RtpPacket.class,
                int.class,
                Class.forName("org.jitsi.rtp.rtp.header_extensions.Av1TemplateDependencyStructure"),
                logger)
            .newInstance(
                rtp("org.jitsi.rtp.rtp.RtpPacket", hex),
                id,
                null,
                make("org.jitsi.utils.logging2.LoggerImpl", "test"));
  }

  /** The bridge's projection has written this extension anew: it is not in the bytes yet. */
  static void addPending(RtpPacket packet, int id) throws ReflectiveOperationException {
    RtpPacket.class.getMethod("removeHeaderExtension", int.class).invoke(packet, id);
    RtpPacket.class.getMethod("addHeaderExtension", int.class, int.class).invoke(packet, id, 6);
  }

  static PacketInfo info(Packet packet) throws ReflectiveOperationException {
    return PacketInfo.class.getConstructor(Packet.class).newInstance(packet);
  }

  private static Object make(String className, Object... arguments)
      throws ReflectiveOperationException {
    Class<?>[] types =
        Arrays.stream(arguments)
            .map(a -> a instanceof Integer ? int.class : a.getClass())
            .toArray(Class<?>[]::new);
    return Class.forName(className).getConstructor(types).newInstance(arguments);
  }
}
