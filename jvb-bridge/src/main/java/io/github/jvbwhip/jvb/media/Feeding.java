package io.github.jvbwhip.jvb.media;

/**
 * What was kept of a source, on its way to one player's stream, until the bridge forwards it there.
 * Each is another one, also of the same source. Thread-safe.
 */
public final class Feeding {
  private final Feed feed;
  private volatile boolean over;

  Feeding(Feed feed) {
    this.feed = feed;
  }

  /** The source as the player gets it. */
  Feed feed() {
    return feed;
  }

  /** Whether no more of it is to be sent. */
  public boolean isOver() {
    return over;
  }

  /** There is no more of it, or nobody wants it any more. */
  public void end() {
    over = true;
  }
}
