package io.github.jvbwhip.embedded.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** The datagrams that have come since the last time, a bounded number of them. Not thread-safe. */
final class ReceiveBatch {
  /** More than the packets of most pictures. What comes later would wait for those before. */
  private static final int DATAGRAMS = 16;

  private static final int MAX_DATAGRAM = UdpSocket.MAX_DATAGRAM;

  private final ByteBuffer headers = NativeMemory.allocate(DATAGRAMS * MessageHeaders.BATCHED);
  private final ByteBuffer parts = NativeMemory.allocate(DATAGRAMS * MessageHeaders.PART);
  private final ByteBuffer names = NativeMemory.allocate(DATAGRAMS * SocketAddresses.LENGTH);
  private final ByteBuffer data = NativeMemory.allocate(DATAGRAMS * MAX_DATAGRAM);
  private final long address = NativeMemory.address(headers);
  private final SocketAddresses addresses = new SocketAddresses();

  ReceiveBatch() {
    long partAddress = NativeMemory.address(parts);
    long dataAddress = NativeMemory.address(data);
    long nameAddress = NativeMemory.address(names);
    for (int i = 0; i < DATAGRAMS; i++) {
      MessageHeaders.putPart(parts, i, dataAddress + (long) i * MAX_DATAGRAM, MAX_DATAGRAM);
      MessageHeaders.put(
          headers,
          i * MessageHeaders.BATCHED,
          nameAddress + (long) i * SocketAddresses.LENGTH,
          partAddress + (long) i * MessageHeaders.PART,
          1);
    }
  }

  /**
   * Waits for a datagram, and takes what else has come.
   *
   * @return how many
   */
  int receive(LinuxUdp socket) throws IOException {
    for (int i = 0; i < DATAGRAMS; i++) {
      MessageHeaders.putNameLength(headers, i * MessageHeaders.BATCHED, SocketAddresses.LENGTH);
    }
    return socket.receive(address, DATAGRAMS);
  }

  /** Copies a datagram, and returns its length. */
  int copy(int datagram, byte[] to) {
    int length = MessageHeaders.batchedLength(headers, datagram);
    data.get(datagram * MAX_DATAGRAM, to, 0, length);
    return length;
  }

  /** Where it came from. */
  InetSocketAddress remote(int datagram) {
    return addresses.find(names, datagram * SocketAddresses.LENGTH);
  }
}
