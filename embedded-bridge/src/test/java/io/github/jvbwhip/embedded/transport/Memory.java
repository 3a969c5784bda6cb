package io.github.jvbwhip.embedded.transport;

/** The heap of the process. */
final class Memory {
  private Memory() {}

  /** The bytes that are in use, without what a collection frees. */
  static long used() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
