package io.github.jvbwhip.embedded.transport;

import io.github.jvbwhip.dtls.SrtpContexts;
import java.net.DatagramPacket;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of a transport: encrypts and sends under one lock, so that packets leave in the
 * order in which they were encrypted, also those that wait in a {@link SendBatch}. Thread-safe;
 * allocates nothing of its own.
 */
final class Outbound implements SendBatch.Sender {
  private final DatagramPacket packet = new DatagramPacket(new byte[0], 0);
  private @Nullable SrtpContexts contexts;
  private @Nullable MediaPath path;
  private long packetsSent;
  private long bytesSent;
  private long packetsUnsent;

  /** In the batch of the path's socket. */
  private final SendBatch.Waiting waiting = new SendBatch.Waiting(this);

  /** From now on, packets go there. */
  synchronized void use(MediaPath newPath) {
    sendWaiting();
    path = newPath;
    SendBatch batch = newPath.socket().batch();
    if (batch != null) {
      batch.direct(waiting, newPath.remote());
    }
  }

  /** From now on, packets can be encrypted; null for no longer. */
  synchronized void use(@Nullable SrtpContexts newContexts) {
    contexts = newContexts;
  }

  synchronized boolean sendRtp(byte[] buffer, int offset, int length) {
    Objects.checkFromIndexSize(offset, length + MediaTransport.TAILROOM, buffer.length);
    SrtpContexts current = contexts;
    return send(
        buffer, offset, current == null ? -1 : current.transformRtp(buffer, offset, length));
  }

  synchronized boolean sendRtcp(byte[] buffer, int offset, int length) {
    Objects.checkFromIndexSize(offset, length + MediaTransport.TAILROOM, buffer.length);
    SrtpContexts current = contexts;
    return send(
        buffer, offset, current == null ? -1 : current.transformRtcp(buffer, offset, length));
  }

  /** Sends what needs no encryption of ours: a DTLS datagram. */
  synchronized void sendDtls(byte[] buffer, int offset, int length) {
    transmit(buffer, offset, length);
  }

  private boolean send(byte[] buffer, int offset, int length) {
    if (length < 0 || !transmit(buffer, offset, length)) {
      packetsUnsent++;
      return false;
    }
    packetsSent++;
    bytesSent += length;
    return true;
  }

  private boolean transmit(byte[] buffer, int offset, int length) {
    MediaPath current = path;
    if (current == null) {
      return false;
    }
    SendBatch batch = current.socket().batch();
    if (batch != null && batch.add(waiting, buffer, offset, length)) {
      if (batch.isLast()) {
        sendWaiting();
      }
      return true;
    }
    sendWaiting();
    packet.setData(buffer, offset, length);
    packet.setSocketAddress(current.remote());
    return current.socket().send(packet);
  }

  /** Sends what waits for more: nothing may overtake it, nor wait any longer. */
  @Override
  public synchronized void sendWaiting() {
    MediaPath current = path;
    SendBatch batch = current == null ? null : current.socket().batch();
    if (batch != null) {
      batch.send(waiting);
    }
  }

  @Override
  public void unsent(int bytes) {
    packetsUnsent++;
    packetsSent--;
    bytesSent -= bytes;
  }

  synchronized @Nullable MediaPath path() {
    return path;
  }

  synchronized long packetsSent() {
    return packetsSent;
  }

  synchronized long bytesSent() {
    return bytesSent;
  }

  synchronized long packetsUnsent() {
    return packetsUnsent;
  }
}
