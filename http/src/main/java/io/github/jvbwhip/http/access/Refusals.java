package io.github.jvbwhip.http.access;

import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import java.util.Map;

/** How requests are refused whose credentials are missing, or not good (RFC 6750 §3). */
public final class Refusals {
  private Refusals() {}

  /**
   * The token that a request brings.
   *
   * @throws ProblemException when there is none; the challenge then names no error (§3.1)
   */
  public static String tokenOf(Credentials credentials) throws ProblemException {
    return credentials.token().orElseThrow(Refusals::missing);
  }

  /** Nothing was sent. */
  public static ProblemException missing() {
    return unauthorized("Send Authorization: Bearer with a token.", "Bearer");
  }

  /** The token is no good. */
  public static ProblemException invalid(String detail) {
    return unauthorized(detail, "Bearer error=\"invalid_token\"");
  }

  /**
   * The token is one of those that are checked here, and no longer, or not quite, good.
   *
   * @param detail without quotation marks
   */
  public static ProblemException known(String detail) {
    return unauthorized(
        detail, "Bearer error=\"invalid_token\", error_description=\"" + detail + "\"");
  }

  /** The token is good, and not for that. */
  public static ProblemException forbidden() {
    return new ProblemException(
        ProblemType.FORBIDDEN,
        "The token is good for other rooms or streams.",
        Map.of("WWW-Authenticate", "Bearer error=\"insufficient_scope\""));
  }

  /** Nobody may, whatever is sent. */
  static ProblemException nobody() {
    return unauthorized("Nobody may do that here.", "Bearer");
  }

  private static ProblemException unauthorized(String detail, String challenge) {
    return new ProblemException(
        ProblemType.UNAUTHORIZED, detail, Map.of("WWW-Authenticate", challenge));
  }
}
