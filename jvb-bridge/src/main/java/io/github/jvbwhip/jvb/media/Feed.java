package io.github.jvbwhip.jvb.media;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.EgressMedia;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.negotiation.CodecMatcher;
import io.github.jvbwhip.core.rtp.PayloadTypeMap;
import io.github.jvbwhip.core.rtp.payload.KeyframeDetector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A source as one m-section of a player gets it. Immutable.
 *
 * <p>Equal feeds are the same source with the same numbers.
 */
public final class Feed {
  private final String endpointId;
  private final String sourceName;
  private final long ssrc;
  private final Map<Integer, Integer> numbers;
  private final PayloadTypeMap payloadTypes;
  private final @Nullable KeyframeDetector[] detectors;

  private Feed(
      String endpointId,
      String sourceName,
      long ssrc,
      Map<Integer, Integer> numbers,
      @Nullable KeyframeDetector[] detectors) {
    this.endpointId = endpointId;
    this.sourceName = sourceName;
    this.ssrc = ssrc;
    this.numbers = Map.copyOf(numbers);
    this.payloadTypes = PayloadTypeMap.of(numbers);
    this.detectors = detectors;
  }

  /**
   * A source for this m-section.
   *
   * @param ssrc what its packets have when they come out of the bridge's projection
   * @param codecs what the publisher may send
   * @return empty when the player takes none of the codecs
   */
  public static Optional<Feed> of(
      String endpointId, String sourceName, long ssrc, List<Codec> codecs, EgressMedia media) {
    Map<Integer, Integer> numbers = new HashMap<>();
    @Nullable KeyframeDetector[] detectors = new KeyframeDetector[128];
    for (Codec codec : codecs) {
      OptionalInt canonical = CanonicalNumbers.payloadType(codec);
      if (codec.kind() != media.kind() || canonical.isEmpty()) {
        continue;
      }
      Optional<NegotiatedCodec> best = CodecMatcher.best(codec, media.codecs());
      if (best.isPresent() && !numbers.containsKey(canonical.getAsInt())) {
        numbers.put(canonical.getAsInt(), best.get().payloadType());
        detectors[canonical.getAsInt()] = KeyframeDetector.forEncodingName(codec.name());
      }
    }
    return numbers.isEmpty()
        ? Optional.empty()
        : Optional.of(new Feed(endpointId, sourceName, ssrc, numbers, detectors));
  }

  /** The publishing endpoint. */
  public String endpointId() {
    return endpointId;
  }

  /** The source's name in the bridge. */
  public String sourceName() {
    return sourceName;
  }

  public long ssrc() {
    return ssrc;
  }

  /** Whether it is of that source. */
  public boolean isOf(String endpoint, String source, long sourceSsrc) {
    return ssrc == sourceSsrc && endpointId.equals(endpoint) && sourceName.equals(source);
  }

  /** From the canonical payload types to the player's. */
  PayloadTypeMap payloadTypes() {
    return payloadTypes;
  }

  @Nullable KeyframeDetector detector(int canonicalPayloadType) {
    return detectors[canonicalPayloadType & 0x7F];
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Feed feed
        && feed.ssrc == ssrc
        && feed.endpointId.equals(endpointId)
        && feed.sourceName.equals(sourceName)
        && feed.numbers.equals(numbers);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(ssrc);
  }

  @Override
  public String toString() {
    return sourceName + "/" + ssrc;
  }
}
