package io.github.jvbwhip.jvb.media;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/**
 * An encoding whose SSRC is known. Its SSRCs are those of the conference.
 *
 * @param section the index of its m-section
 * @param index its place in {@code a=simulcast}, from 0
 * @param rid its RTP stream id, where it has one
 * @param ssrc the SSRC
 * @param rtxSsrc the SSRC of its retransmissions, where known
 * @param payloadType that of its packets, or -1 before the first
 * @param described whether its packets carry a dependency descriptor
 * @param bytesPerSecond what came in so far; 0 while unknown
 */
public record LearntEncoding(
    int section,
    int index,
    Optional<String> rid,
    long ssrc,
    OptionalLong rtxSsrc,
    int payloadType,
    boolean described,
    long bytesPerSecond) {

  /** Both SSRCs, as far as they are known. */
  public LongStream ssrcs() {
    return LongStream.concat(LongStream.of(ssrc), rtxSsrc.stream());
  }

  /** A number for its place in the offer: the same for an encoder that begins anew. */
  public int place() {
    return section << 16 | index;
  }

  /** Whether a packet has come. */
  public boolean seen() {
    return payloadType >= 0;
  }
}
