package io.github.jvbwhip.jvb.host;

import io.github.jvbwhip.jvb.media.Feed;
import io.github.jvbwhip.jvb.media.SlotRewriter;
import java.util.List;
import java.util.Set;

/**
 * A player's endpoint with its hooks. {@link #show} and {@link #hear} are not to be called at the
 * same time.
 */
public interface EgressLink extends HostEndpoint {

  /** A video source, up to a height in pixels, or -1 for any. */
  record Video(String source, int maxHeight) {}

  /**
   * Has the bridge send these video sources, the most important first, and no others, as far as the
   * bandwidth suffices. To repeat the same has it think again about what it leaves out.
   */
  void show(List<Video> wanted);

  /** Has it send these audio sources and no others. */
  void hear(Set<String> sources);

  /**
   * Sends the player what was kept of a source that its stream waits for, if anything, until the
   * bridge's own packets of it can follow.
   */
  void feed(SlotRewriter slot, Feed source);

  /** How many video sources are sent now. */
  int forwardedCount();

  /** The names of those that were sent when the bridge last told; these words may overtake. */
  Set<String> forwarded();
}
