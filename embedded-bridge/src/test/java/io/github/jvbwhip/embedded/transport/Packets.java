package io.github.jvbwhip.embedded.transport;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Plain packets to send, and how to send them with room behind. */
final class Packets {
  private Packets() {}

  static byte[] rtp(int ssrc, int sequenceNumber, int payloadLength) {
    ByteBuffer packet = ByteBuffer.allocate(12 + payloadLength);
    packet.put((byte) 0x80).put((byte) 96).putShort((short) sequenceNumber);
    packet.putInt(3000 * sequenceNumber).putInt(ssrc);
    for (int i = 0; i < payloadLength; i++) {
      packet.put((byte) (sequenceNumber + i));
    }
    return packet.array();
  }

  /** A receiver report without report blocks. */
  static byte[] rtcp(int ssrc) {
    return ByteBuffer.allocate(8)
        .put((byte) 0x80)
        .put((byte) 201)
        .putShort((short) 1)
        .putInt(ssrc)
        .array();
  }

  static boolean sendRtp(MediaTransport transport, byte[] packet) {
    return transport.sendRtp(withRoom(packet), 0, packet.length);
  }

  static boolean sendRtcp(MediaTransport transport, byte[] packet) {
    return transport.sendRtcp(withRoom(packet), 0, packet.length);
  }

  private static byte[] withRoom(byte[] packet) {
    return Arrays.copyOf(packet, packet.length + MediaTransport.TAILROOM);
  }
}
