package io.github.jvbwhip.embedded.forward;

/**
 * The way to one client. Called under the room's lock: implementations neither block nor call back.
 */
public interface PacketSink {
  /** Bytes behind each packet that the sink may overwrite (an authentication tag goes there). */
  int TAILROOM = 20;

  /**
   * Sends an RTP packet; the buffer's contents from {@code offset} on are the sink's during the
   * call.
   *
   * @return whether it was sent
   */
  boolean sendRtp(byte[] buffer, int offset, int length);

  /**
   * Sends a compound RTCP packet, under the same terms.
   *
   * @return whether it was sent
   */
  boolean sendRtcp(byte[] buffer, int offset, int length);

  /**
   * What is done for this client failed by a fault of ours: its session has to end, and no other.
   * May be called again and again until it has.
   */
  void failed(Throwable fault);
}
