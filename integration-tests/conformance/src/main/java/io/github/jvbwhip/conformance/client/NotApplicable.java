package io.github.jvbwhip.conformance.client;

/** A requirement does not bind this server, or cannot be checked; the message says why. */
public final class NotApplicable extends RuntimeException {
  private static final long serialVersionUID = 1;

  public NotApplicable(String reason) {
    super(reason);
  }

  /** Throws unless {@code applies}. */
  public static void unless(boolean applies, String reason) {
    if (!applies) {
      throw new NotApplicable(reason);
    }
  }
}
