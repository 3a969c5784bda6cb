package io.github.jvbwhip.core.rtp.payload;

import org.jspecify.annotations.Nullable;

/**
 * The template structure of a dependency descriptor ("RTP Payload Format for AV1" §A.8.2).
 * Immutable.
 */
final class DependencyTemplates {
  static final DependencyTemplates NONE =
      new DependencyTemplates(0, 0, new byte[0], new byte[0], null);

  private static final int MAX_TEMPLATES = 64;
  private static final int NEXT_TEMPORAL = 1;
  private static final int NEXT_SPATIAL = 2;
  private static final int LAST = 3;

  private final int idOffset;
  private final int count;
  private final byte[] spatialIds;
  private final byte[] temporalIds;
  private final @Nullable VideoSize largestSize;

  private DependencyTemplates(
      int idOffset,
      int count,
      byte[] spatialIds,
      byte[] temporalIds,
      @Nullable VideoSize largestSize) {
    this.idOffset = idOffset;
    this.count = count;
    this.spatialIds = spatialIds;
    this.temporalIds = temporalIds;
    this.largestSize = largestSize;
  }

  int idOffset() {
    return idOffset;
  }

  int spatialId(int index) {
    return index < count ? spatialIds[index] : DependencyDescriptor.UNKNOWN;
  }

  int temporalId(int index) {
    return index < count ? temporalIds[index] : DependencyDescriptor.UNKNOWN;
  }

  @Nullable VideoSize largestSize() {
    return largestSize;
  }

  /** Reads a structure, or null when it is garbage. */
  static @Nullable DependencyTemplates read(BitReader in) {
    int idOffset = (int) in.bits(6);
    int decodeTargets = (int) in.bits(5) + 1;
    byte[] spatialIds = new byte[MAX_TEMPLATES];
    byte[] temporalIds = new byte[MAX_TEMPLATES];
    int count = 0;
    int spatialId = 0;
    int temporalId = 0;
    int next;
    do {
      if (count == MAX_TEMPLATES) {
        return null;
      }
      spatialIds[count] = (byte) spatialId;
      temporalIds[count] = (byte) temporalId;
      count++;
      next = (int) in.bits(2);
      if (next == NEXT_TEMPORAL) {
        temporalId++;
      } else if (next == NEXT_SPATIAL) {
        temporalId = 0;
        spatialId++;
      }
    } while (next != LAST);
    // Which template serves which decode target.
    in.skip(2 * count * decodeTargets);
    skipFrameDifferences(in, count);
    skipChains(in, count, decodeTargets);
    VideoSize largest = in.flag() ? readLargest(in, spatialId + 1) : null;
    return in.overrun()
        ? null
        : new DependencyTemplates(idOffset, count, spatialIds, temporalIds, largest);
  }

  private static void skipFrameDifferences(BitReader in, int count) {
    for (int i = 0; i < count; i++) {
      while (in.flag()) {
        in.skip(4);
      }
    }
  }

  private static void skipChains(BitReader in, int count, int decodeTargets) {
    int chains = in.nonSymmetric(decodeTargets + 1);
    if (chains == 0) {
      return;
    }
    for (int i = 0; i < decodeTargets; i++) {
      in.nonSymmetric(chains);
    }
    in.skip(4 * chains * count);
  }

  private static @Nullable VideoSize readLargest(BitReader in, int spatialLayers) {
    VideoSize largest = null;
    for (int i = 0; i < spatialLayers; i++) {
      VideoSize size = VideoSize.ofMeasured(in.bits(16) + 1, in.bits(16) + 1);
      if (size != null && (largest == null || size.pixels() > largest.pixels())) {
        largest = size;
      }
    }
    return largest;
  }
}
