package io.github.jvbwhip.embedded.forward;

/**
 * How loudly one publisher speaks, smoothed over its audio packets (the audio level of RFC 6464
 * §3). Not thread-safe.
 */
final class SpeechLevel {
  /** Quieter than this is background, in dB below overload. */
  private static final int FLOOR = 60;

  /**
   * 1/16 of the way per packet: with 20 ms packets a time constant of about a third of a second.
   */
  private static final int SHIFT = 4;

  /** Without a packet for that long (discontinuous transmission), nobody speaks. */
  private static final long SILENT_AFTER_NANOS = 500_000_000L;

  /** In 1/256 dB above the floor. */
  private int smoothed;

  private long lastHeard;

  /**
   * Hears one packet.
   *
   * @param level 0 (loudest) to 127 (silence), in -dBov
   */
  void heard(int level, long now) {
    int loudness = Math.max(0, FLOOR - level) << 8;
    if (now - lastHeard > SILENT_AFTER_NANOS) {
      smoothed = 0;
    }
    smoothed += (loudness - smoothed) >> SHIFT;
    lastHeard = now;
  }

  /** Loudness above the background, in dB; 0 for a publisher that sends no audio level. */
  int decibels(long now) {
    return now - lastHeard > SILENT_AFTER_NANOS ? 0 : smoothed >> 8;
  }
}
