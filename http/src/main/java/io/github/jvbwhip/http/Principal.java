package io.github.jvbwhip.http;

/**
 * Who calls.
 *
 * @param name opaque and safe to log: never a token
 */
public record Principal(String name) {
  /** A caller of whom no credentials are asked. */
  public static final Principal ANONYMOUS = new Principal("anonymous");
}
