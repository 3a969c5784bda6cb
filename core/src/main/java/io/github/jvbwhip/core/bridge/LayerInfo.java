package io.github.jvbwhip.core.bridge;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One layer that a stream publishes.
 *
 * @param rid the encoding's RTP stream id, where it has one
 * @param bitrate bits per second as measured; 0 when the layer is inactive
 * @param targetBitrate bits per second that the publisher aims at, where it says so
 * @param width pixels, where known
 * @param height pixels, where known
 */
public record LayerInfo(
    Optional<String> rid,
    OptionalInt spatialLayerId,
    OptionalInt temporalLayerId,
    long bitrate,
    OptionalLong targetBitrate,
    OptionalInt width,
    OptionalInt height) {}
