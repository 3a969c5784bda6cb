package io.github.jvbwhip.jvb.media;

import io.github.jvbwhip.core.picture.ChunkPool;
import io.github.jvbwhip.core.picture.FirstPicture;
import io.github.jvbwhip.core.picture.PictureCache;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What is kept of all publishers of this bridge for players that join or switch. Thread-safe. */
public final class KeptPictures {
  private final FirstPicture config;
  private final ChunkPool pool;
  private final Map<Key, KeptPicture> kept = new ConcurrentHashMap<>();

  public KeptPictures(FirstPicture config) {
    this.config = config;
    pool = new ChunkPool(config.maxTotalBytes());
  }

  private record Key(String endpointId, long ssrc) {}

  /** Whether anything is kept at all. */
  public boolean isOn() {
    return config.enabled();
  }

  /** The memory of one publisher. */
  public ChunkPool.Share share() {
    return pool.share();
  }

  /**
   * Begins to keep what comes with an SSRC, as it is known in the conference.
   *
   * @param memory that of the publisher
   */
  public KeptPicture keep(String endpointId, long ssrc, ChunkPool.Share memory) {
    return kept.computeIfAbsent(
        new Key(endpointId, ssrc), key -> new KeptPicture(new PictureCache(config, memory)));
  }

  /** What is kept of that, if anything. */
  public @Nullable KeptPicture find(String endpointId, long ssrc) {
    return kept.get(new Key(endpointId, ssrc));
  }

  /** A publisher is asked for a keyframe. */
  public void asked(String endpointId, long ssrc, long now) {
    KeptPicture picture = find(endpointId, ssrc);
    if (picture != null) {
      picture.asked(now);
    }
  }

  /** A publisher has gone, or sends no more with that SSRC. */
  public void forget(String endpointId, long ssrc) {
    KeptPicture gone = kept.remove(new Key(endpointId, ssrc));
    if (gone != null) {
      gone.close();
    }
  }
}
