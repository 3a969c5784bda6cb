package io.github.jvbwhip.conformance.client;

import java.util.function.Supplier;

/** A requirement does not bind this server, or cannot be checked; the message says why. */
public final class NotApplicable extends RuntimeException {
  private static final long serialVersionUID = 1;

  public NotApplicable(String reason) {
    super(reason);
  }

  /**
   * What a check builds on, and another check tells of.
   *
   * @throws NotApplicable when that is not met
   */
  public static <T> T unlessMet(Supplier<T> prerequisite, String reason) {
    try {
      return prerequisite.get();
    } catch (Unmet e) {
      throw new NotApplicable(reason);
    }
  }

  /** Throws unless {@code applies}. */
  public static void unless(boolean applies, String reason) {
    if (!applies) {
      throw new NotApplicable(reason);
    }
  }
}
