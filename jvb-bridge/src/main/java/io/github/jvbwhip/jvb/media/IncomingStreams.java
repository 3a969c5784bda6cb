package io.github.jvbwhip.jvb.media;

import io.github.jvbwhip.core.rtp.SsrcTable;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The streams of one publisher whose keyframes are completed, by SSRC. An encoder that begins anew
 * may have another SSRC each time: of those that have gone nothing stays but what the next one of
 * the same encoding begins with. Not thread-safe; allocates only when a stream is new.
 */
public final class IncomingStreams {
  /** More than come at a time. */
  private static final int MAX_STREAMS = 32;

  private final Map<Long, IncomingStream> known = new HashMap<>();
  private final Map<Integer, IncomingStream> newest = new HashMap<>();
  private SsrcTable<IncomingStream> table = SsrcTable.of(Map.of());

  /**
   * The stream of that SSRC, from its first packet on.
   *
   * @param told those that the bridge has been told of: all that come have been
   */
  public IncomingStream of(long ssrc, SsrcTable<EncodingMeter> told) {
    IncomingStream stream = table.get(ssrc);
    if (stream == null) {
      if (known.size() >= MAX_STREAMS) {
        known.keySet().removeIf(each -> told.get(each) == null);
      }
      stream = begin(told.get(ssrc));
      known.put(ssrc, stream);
      table = SsrcTable.of(known);
    }
    return stream;
  }

  private IncomingStream begin(@Nullable EncodingMeter encoding) {
    if (encoding == null) {
      return new IncomingStream();
    }
    IncomingStream before = newest.get(encoding.place());
    IncomingStream stream = before == null ? new IncomingStream() : new IncomingStream(before);
    newest.put(encoding.place(), stream);
    encoding.completedBy(stream);
    return stream;
  }
}
