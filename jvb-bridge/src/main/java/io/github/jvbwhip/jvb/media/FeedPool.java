package io.github.jvbwhip.jvb.media;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Makes equal feeds the same object. Many players of a source have the same numbers: what is read
 * for every packet to each of them is then in the processor's caches. Keeps no feed alive; not
 * thread-safe.
 */
public final class FeedPool {
  private final Map<Feed, WeakReference<Feed>> known = new WeakHashMap<>();

  /** The feed that is equal to this one and is in use, or this one. */
  public Feed share(Feed feed) {
    WeakReference<Feed> reference = known.get(feed);
    Feed shared = reference == null ? null : reference.get();
    if (shared == null) {
      known.put(feed, new WeakReference<>(feed));
      shared = feed;
    }
    return shared;
  }
}
