package io.github.jvbwhip.jvb.media;

/**
 * What was kept of a source, on its way to one player's stream, until the bridge forwards it there.
 * Each is another one, also of the same source. Immutable.
 */
public final class Feeding {
  private final Feed feed;

  Feeding(Feed feed) {
    this.feed = feed;
  }

  /** The source as the player gets it. */
  Feed feed() {
    return feed;
  }
}
