package io.github.jvbwhip.embedded.transport;

import io.github.jvbwhip.core.bridge.EndReason;

/**
 * Hears of one transport. Packets come on the thread that reads the UDP port, one at a time for a
 * transport (the first ones may come on another thread); they are decrypted, their authentication
 * and replay protection checked. They are delivered under a lock that only deliveries of the same
 * transport take, so that a listener may send on, and close, any transport. The other calls come on
 * worker threads, one at a time, under no lock. None may block.
 */
public interface TransportListener {

  /**
   * An RTP packet (RFC 3550 §5.1) with a complete fixed header; what follows it is not checked.
   *
   * @param buffer may be read and changed until this method returns, from {@code offset} to {@code
   *     offset + length} and for {@link MediaTransport#TAILROOM} bytes behind; not to be kept
   * @param length in bytes, 12 or more
   * @param nanoTime {@link System#nanoTime} when the packet was read
   */
  void onRtp(byte[] buffer, int offset, int length, long nanoTime);

  /**
   * A compound (or reduced-size, RFC 5506) RTCP packet; only its first 8 bytes are known to be
   * there.
   *
   * @param buffer as for {@link #onRtp}
   * @param length in bytes, 8 or more
   * @param nanoTime {@link System#nanoTime} when the packet was read
   */
  void onRtcp(byte[] buffer, int offset, int length, long nanoTime);

  /** ICE and DTLS are up: packets can be sent. At most once, and not after {@link #onEnded}. */
  void onConnected();

  /**
   * The transport ended by itself or by {@link TransportFactory#close}, not by {@link
   * MediaTransport#close}. At most once; no delivery of a packet begins after it. The transport has
   * freed itself.
   *
   * @param detail what a person who runs the server wants to know; no secrets
   */
  void onEnded(EndReason reason, String detail);
}
