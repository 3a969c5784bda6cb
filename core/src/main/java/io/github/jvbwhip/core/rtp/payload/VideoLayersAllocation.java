package io.github.jvbwhip.core.rtp.payload;

import io.github.jvbwhip.core.rtp.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a sender says of its encodings (webrtc.org's video-layers-allocation00): which layers are
 * active, at what bit rate and size. Senders put it on few packets; reading it allocates.
 *
 * @param stream the index of the encoding on which this was sent, in the order of the RIDs of the
 *     offer
 * @param layers the active spatial layers of all encodings, in order
 */
public record VideoLayersAllocation(int stream, List<AllocatedLayer> layers) {
  private static final int MAX_SPATIAL_LAYERS = 4;
  private static final int SIZE_LENGTH = 5;

  /**
   * One active spatial layer.
   *
   * @param stream index of its encoding
   * @param kilobitsPerSecond target per temporal layer, each with those below it
   * @param size of the picture, null where the packet does not tell it
   * @param framesPerSecond at most; 0 where the packet does not tell it
   */
  public record AllocatedLayer(
      int stream,
      int spatialId,
      List<Long> kilobitsPerSecond,
      @Nullable VideoSize size,
      int framesPerSecond) {}

  /** Reads the element's data at {@code [at, at + length)}; null when it is garbage. */
  public static @Nullable VideoLayersAllocation parse(byte[] b, int at, int length) {
    int end = at + length;
    if (length < 1) {
      return null;
    }
    int stream = Bytes.u8(b, at) >> 6;
    if (length == 1) {
      return b[at] == 0 ? new VideoLayersAllocation(0, List.of()) : null;
    }
    int streams = (b[at] >> 4 & 3) + 1;
    int sharedMask = b[at] & 0x0F;
    int next = at + 1;
    int masksAt = next;
    next += sharedMask == 0 ? (streams + 1) / 2 : 0;
    if (next > end) {
      return null;
    }
    List<int[]> active = new ArrayList<>();
    for (int i = 0; i < streams; i++) {
      int mask = sharedMask != 0 ? sharedMask : b[masksAt + i / 2] >> (i % 2 == 0 ? 4 : 0) & 0x0F;
      for (int spatial = 0; spatial < MAX_SPATIAL_LAYERS; spatial++) {
        if ((mask >> spatial & 1) != 0) {
          active.add(new int[] {i, spatial});
        }
      }
    }
    return readLayers(b, next, end, stream, active);
  }

  private static @Nullable VideoLayersAllocation readLayers(
      byte[] b, int start, int end, int stream, List<int[]> active) {
    int next = start + (active.size() + 3) / 4;
    if (next > end) {
      return null;
    }
    List<List<Long>> rates = new ArrayList<>();
    for (int i = 0; i < active.size(); i++) {
      int temporalLayers = (b[start + i / 4] >> 6 - i % 4 * 2 & 3) + 1;
      List<Long> rate = new ArrayList<>();
      for (int k = 0; k < temporalLayers; k++) {
        if (next >= end) {
          return null;
        }
        rate.add(Leb128.value(b, next, end));
        next += Leb128.length(b, next, end);
      }
      rates.add(List.copyOf(rate));
    }
    // Whether sizes are there is told by the length of the element alone.
    boolean sized = end - next >= SIZE_LENGTH * active.size();
    List<AllocatedLayer> layers = new ArrayList<>();
    for (int i = 0; i < active.size(); i++) {
      int at = next + SIZE_LENGTH * i;
      VideoSize size =
          sized ? VideoSize.ofMeasured(Bytes.u16(b, at) + 1L, Bytes.u16(b, at + 2) + 1L) : null;
      int[] id = active.get(i);
      int framesPerSecond = sized ? Bytes.u8(b, at + 4) : 0;
      layers.add(new AllocatedLayer(id[0], id[1], rates.get(i), size, framesPerSecond));
    }
    return new VideoLayersAllocation(stream, List.copyOf(layers));
  }
}
