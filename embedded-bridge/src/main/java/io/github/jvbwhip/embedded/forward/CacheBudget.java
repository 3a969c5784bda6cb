package io.github.jvbwhip.embedded.forward;

/**
 * The memory for what may have to be sent again, of all players of a process. The less is left the
 * less each gets, so that many get something. Thread-safe.
 */
final class CacheBudget {
  /** A quarter of what the process may have. */
  static final CacheBudget OF_PROCESS = new CacheBudget(Runtime.getRuntime().maxMemory() / 4);

  /** Each gets that part of what is left. */
  private static final int PART = 32;

  /** A cache of less holds too little to be of use. */
  private static final int LEAST_BYTES = 16 * 1024;

  private long left;

  CacheBudget(long bytes) {
    left = bytes;
  }

  /** Takes as much as that, or less where not much is left; 0 where next to nothing is. */
  synchronized int take(int wanted) {
    long given = Math.min(wanted, left / PART);
    if (given < LEAST_BYTES) {
      return 0;
    }
    left -= given;
    return (int) given;
  }

  /** Gives back what was taken. */
  synchronized void give(int taken) {
    left += taken;
  }

  synchronized long left() {
    return left;
  }
}
