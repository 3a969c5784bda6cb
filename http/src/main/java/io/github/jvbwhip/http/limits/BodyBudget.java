package io.github.jvbwhip.http.limits;

/**
 * What the bodies of all requests of a server may take of its memory at a time, however many
 * connections they come on. One body alone may take more than that: its own limit is what bounds
 * it. Thread-safe.
 */
public final class BodyBudget {
  private static final int PART_OF_HEAP = 16;
  private static final long LEAST_BYTES = 4 << 20;

  private final long most;
  private long taken;

  /**
   * @param most in bytes
   */
  public BodyBudget(long most) {
    this.most = most;
  }

  /** A sixteenth of the heap, and 4 MiB at least. */
  public static BodyBudget ofHeap() {
    return new BodyBudget(Math.max(LEAST_BYTES, Runtime.getRuntime().maxMemory() / PART_OF_HEAP));
  }

  /** A share of nothing yet. */
  public Share share() {
    return new Share();
  }

  /** What all shares have, in bytes. */
  public synchronized long taken() {
    return taken;
  }

  private synchronized boolean take(long bytes, long own) {
    if (bytes > most - taken && taken > own) {
      return false;
    }
    taken += bytes;
    return true;
  }

  private synchronized void giveBack(long bytes) {
    taken -= bytes;
  }

  /** What one request has of it. Thread-safe. */
  public final class Share {
    private long bytes;
    private boolean over;

    private Share() {}

    /** Takes so many bytes more; says no where there are not as many, or it has been released. */
    public synchronized boolean take(int more) {
      if (over || !BodyBudget.this.take(more, bytes)) {
        return false;
      }
      bytes += more;
      return true;
    }

    /** Gives all back, for good. */
    public synchronized void release() {
      giveBack(bytes);
      bytes = 0;
      over = true;
    }
  }
}
