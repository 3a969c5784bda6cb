package io.github.jvbwhip.http.resources;

import java.util.List;

/**
 * A method that a resource has.
 *
 * @param method such as {@code GET}, which HEAD comes with
 * @param accepts the media types that the body may have; empty when it takes no body
 * @param bodyOptional whether the body may be missing, content type included
 */
public record Operation(String method, List<String> accepts, boolean bodyOptional) {
  public Operation {
    accepts = List.copyOf(accepts);
  }

  /** A method without a body. */
  public static Operation of(String method) {
    return new Operation(method, List.of(), true);
  }

  /** A method with a body of one of these types. */
  public static Operation taking(String method, List<String> accepts) {
    return new Operation(method, accepts, false);
  }

  /** A method with a body of this type, or with none. */
  public static Operation perhapsTaking(String method, String accepts) {
    return new Operation(method, List.of(accepts), true);
  }
}
