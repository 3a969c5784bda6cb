package io.github.jvbwhip.conformance.client;

/** A requirement is not met. */
public final class Unmet extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Both parts are half sentences: {@code a strong entity tag}, {@code W/"1"}. */
  public Unmet(String expected, Object seen) {
    super("expected " + expected + "; seen: " + seen);
  }

  /** Throws unless {@code met}. */
  public static void unless(boolean met, String expected, Object seen) {
    if (!met) {
      throw new Unmet(expected, seen);
    }
  }
}
