package io.github.jvbwhip.load.client;

/**
 * When the steps of a session were done, by {@link System#nanoTime()}; 0 for those that were not.
 * Of several POSTs the last one counts. Not thread-safe.
 */
public final class SessionTimes {
  private long posted;
  private long answered;
  private long connected;

  void posted(long now) {
    posted = now;
  }

  void answered(long now) {
    answered = now;
  }

  void connected(long now) {
    connected = now;
  }

  public long posted() {
    return posted;
  }

  /** When the answer was there; with a counter-offer, when its answer was taken. */
  public long answered() {
    return answered;
  }

  /** When RTP could flow. */
  public long connected() {
    return connected;
  }
}
