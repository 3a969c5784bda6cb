package io.github.jvbwhip.jvb.host;

import io.github.jvbwhip.core.rtp.SsrcTable;
import io.github.jvbwhip.jvb.media.EncodingMeter;
import java.util.List;
import java.util.Set;

/** A publisher's endpoint with its hooks. */
public interface IngestLink extends HostEndpoint {

  /** A layer as the bridge knows it. */
  record Layer(int encoding, int spatial, int height) {
    /** The bridge has -1 for what it does not know. */
    public Layer {
      spatial = Math.max(0, spatial);
      height = Math.max(0, height);
    }
  }

  /** What the bridge knows of a source; empty for one that it does not know. */
  List<Layer> layers(String sourceName);

  /** What to measure, by SSRC. */
  void measure(SsrcTable<EncodingMeter> meters);

  /**
   * Hands over the packets that are kept back and that the learner lets pass from now on, before
   * anything that comes later.
   *
   * @param accept tells the learner
   */
  void release(Runnable accept);

  /** Sends the publisher a request for a keyframe of that SSRC, and of no other. */
  void requestKeyframe(long ssrc);

  /**
   * Tells the publisher by REMB how much it may send at most; not before it is connected.
   *
   * @param ssrcs of its streams
   */
  void tellBitrate(long bitsPerSecond, Set<Long> ssrcs);
}
