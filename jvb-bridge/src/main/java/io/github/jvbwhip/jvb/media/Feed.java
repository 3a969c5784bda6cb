package io.github.jvbwhip.jvb.media;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.EgressMedia;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.codec.CodecType;
import io.github.jvbwhip.core.codec.PayloadForm;
import io.github.jvbwhip.core.negotiation.CodecMatcher;
import io.github.jvbwhip.core.rtp.PayloadTypeMap;
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
  private final @Nullable CodecType[] types;
  private final int[] clockRates;

  private Feed(
      String endpointId,
      String sourceName,
      long ssrc,
      Map<Integer, Integer> numbers,
      @Nullable CodecType[] types,
      int[] clockRates) {
    this.endpointId = endpointId;
    this.sourceName = sourceName;
    this.ssrc = ssrc;
    this.numbers = Map.copyOf(numbers);
    this.payloadTypes = PayloadTypeMap.of(numbers);
    this.types = types;
    this.clockRates = clockRates;
  }

  /**
   * A source for this m-section.
   *
   * @param ssrc what its packets have when they come out of the bridge's projection
   * @param codecs what the publisher may send
   * @param conference the numbers that its packets have
   * @return empty when the player takes none of the codecs
   */
  public static Optional<Feed> of(
      String endpointId,
      String sourceName,
      long ssrc,
      List<Codec> codecs,
      ConferenceNumbers conference,
      EgressMedia media) {
    Map<Integer, Integer> numbers = new HashMap<>();
    @Nullable CodecType[] types = new CodecType[128];
    int[] clockRates = new int[128];
    for (Codec codec : codecs) {
      OptionalInt canonical = conference.payloadType(codec);
      if (codec.kind() != media.kind() || canonical.isEmpty()) {
        continue;
      }
      Optional<NegotiatedCodec> best = CodecMatcher.best(codec, media.codecs());
      if (best.isPresent() && !numbers.containsKey(canonical.getAsInt())) {
        numbers.put(canonical.getAsInt(), best.get().payloadType());
        types[canonical.getAsInt()] = CodecType.of(codec);
        clockRates[canonical.getAsInt()] = codec.clockRate();
      }
    }
    return numbers.isEmpty()
        ? Optional.empty()
        : Optional.of(new Feed(endpointId, sourceName, ssrc, numbers, types, clockRates));
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

  /** From the conference's payload types to the player's. */
  PayloadTypeMap payloadTypes() {
    return payloadTypes;
  }

  /** Whether the player gets that payload type of the conference. */
  boolean takes(int payloadType) {
    return payloadTypes.map(payloadType) != PayloadTypeMap.DROP;
  }

  /** Of the timestamps of that type, in Hz. */
  int clockRate(int payloadType) {
    return clockRates[payloadType];
  }

  /** Whether a receiver can start to decode at this payload. */
  boolean isKeyframe(int payloadType, byte[] b, int at, int length) {
    CodecType type = types[payloadType];
    return type != null && type.keyframes().isKeyframe(b, at, length);
  }

  /** Whether spatial layers of that type cannot be decoded without a dependency descriptor. */
  boolean needsDescriptor(int payloadType) {
    CodecType type = types[payloadType];
    return type != null && type.payload() == PayloadForm.DESCRIBED;
  }

  /** Whether payloads of that type have picture ids. */
  boolean hasPictureIds(int payloadType) {
    CodecType type = types[payloadType];
    return type != null && type.payload() == PayloadForm.PICTURE_IDS;
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
