package io.github.jvbwhip.jvb.host;

import io.github.jvbwhip.core.bridge.MediaKind;
import java.util.List;

/** An endpoint of a conference that others can see. */
public record Participant(String id, List<Source> sources) {
  public Participant {
    sources = List.copyOf(sources);
  }

  /**
   * One of its sources.
   *
   * @param ssrc what its packets have after the bridge's projection
   * @param active whether media comes in
   * @param screen whether it is a screen, as the participant says
   * @param layers of video
   * @param described whether only the dependency descriptor tells its spatial layers apart
   */
  public record Source(
      MediaKind kind,
      String name,
      long ssrc,
      boolean active,
      boolean screen,
      List<Layer> layers,
      boolean described) {
    public Source {
      layers = List.copyOf(layers);
    }
  }

  /**
   * A layer as the bridge knows it.
   *
   * @param height in pixels, of the shorter side; it may be a guess
   * @param active whether it comes in
   * @param bitrate bits per second, of the layers below it too; 0 while unknown
   */
  public record Layer(int encoding, int spatial, int height, boolean active, long bitrate) {
    /** The bridge has -1 for what it does not know. */
    public Layer {
      spatial = Math.max(0, spatial);
      height = Math.max(0, height);
    }
  }
}
