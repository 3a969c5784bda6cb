package io.github.jvbwhip.load.client;

import io.github.jvbwhip.testpeer.sdp.DescriptionWriter;
import io.github.jvbwhip.testpeer.sdp.RemoteDescription;

/** What one session sends or receives. Used on the session's event loop only. */
interface Media {
  /** The offer of the session. */
  String offer(DescriptionWriter writer);

  /**
   * Offer and answer have met.
   *
   * @param agreed the answer, whoever has given it
   * @param remote the server's description
   */
  void agreed(RemoteDescription agreed, RemoteDescription remote);

  /** RTP and RTCP can be sent from now on. */
  void connected(Transport transport, long nowNanos);

  /** A packet at the beginning of a buffer. */
  void rtp(byte[] b, int length, long nowNanos);

  /** A compound packet at the beginning of a buffer. */
  void rtcp(byte[] b, int length, long nowNanos);

  /** Some milliseconds have passed since the last time. */
  void tick(long nowNanos);

  /** Nothing is to be sent any more. */
  void stop(long nowNanos);
}
