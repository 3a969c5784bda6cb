package io.github.jvbwhip.embedded.forward;

import java.util.Optional;

/** One who follows a publisher's media. Guarded by the room's lock. */
interface MediaFollower {
  /**
   * A packet of the media has come: sends it, if it is to be sent.
   *
   * @param buffer scratch space for the outgoing packet
   */
  void forward(IncomingPacket packet, Encoding from, IncomingCodec as, byte[] buffer);

  /** An encoding sends, for the first time or again: looks whether it is what was waited for. */
  void reconsider(long now);

  /** One of these calls failed by a fault of ours. */
  void failed(Throwable fault);

  /** Of the encodings that another server has, by which that one publishes, the one wanted here. */
  Optional<String> wanted(MediaOwner of);

  /** Whether the packets of that encoding are sent, or waited for. */
  boolean isSending(Encoding encoding);
}
