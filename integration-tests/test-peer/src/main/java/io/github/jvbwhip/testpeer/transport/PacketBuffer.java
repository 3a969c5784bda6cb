package io.github.jvbwhip.testpeer.transport;

import java.util.Arrays;
import org.jitsi.utils.ByteArrayBuffer;

/** The growing buffer that jitsi-srtp works on. Not thread-safe. */
final class PacketBuffer implements ByteArrayBuffer {
  private static final int ROOM_FOR_TAG = 64;

  private byte[] buffer;
  private int offset;
  private int length;

  PacketBuffer(byte[] packet) {
    buffer = Arrays.copyOf(packet, packet.length + ROOM_FOR_TAG);
    length = packet.length;
  }

  byte[] toBytes() {
    return Arrays.copyOfRange(buffer, offset, offset + length);
  }

  @Override
  public byte[] getBuffer() {
    return buffer;
  }

  @Override
  public int getOffset() {
    return offset;
  }

  @Override
  public int getLength() {
    return length;
  }

  @Override
  public void setLength(int length) {
    this.length = length;
  }

  @Override
  public void setOffset(int offset) {
    this.offset = offset;
  }

  @Override
  public boolean isInvalid() {
    return false;
  }

  @Override
  public void readRegionToBuff(int from, int count, byte[] target) {
    System.arraycopy(buffer, offset + from, target, 0, count);
  }

  @Override
  public void grow(int howMuch) {
    if (offset + length + howMuch > buffer.length) {
      buffer = Arrays.copyOf(buffer, offset + length + howMuch);
    }
  }

  @Override
  public void append(byte[] data, int count) {
    grow(count);
    System.arraycopy(data, 0, buffer, offset + length, count);
    length += count;
  }

  @Override
  public void shrink(int count) {
    length -= count;
  }
}
