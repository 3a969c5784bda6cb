package io.github.jvbwhip.testpeer.transport;

/** Ending threads without losing an interrupt. */
public final class Threads {
  private static final long PATIENCE_MILLIS = 5_000;

  private Threads() {}

  /** Waits for {@code thread} to end; {@link IllegalStateException} when it does not. */
  public static void join(Thread thread) {
    try {
      thread.join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    if (thread.isAlive()) {
      throw new IllegalStateException(thread.getName() + " did not end");
    }
  }
}
