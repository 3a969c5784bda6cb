package io.github.jvbwhip.http.problems;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The answer is an error: a problem document (RFC 9457). */
public final class ProblemException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ProblemType type;
  private final String detail;
  private final transient Map<String, String> headers;

  /**
   * @param detail tells a person what to change; no secrets, and nothing of the server's inside
   */
  public ProblemException(ProblemType type, String detail) {
    this(type, detail, Map.of());
  }

  /**
   * @param headers further fields of the response
   */
  public ProblemException(ProblemType type, String detail, Map<String, String> headers) {
    super(type.slug() + ": " + detail);
    this.type = type;
    this.detail = detail;
    this.headers = Map.copyOf(headers);
  }

  /** With a {@code Retry-After} field (RFC 9110 §10.2.3), where the time is known. */
  public static ProblemException retryable(
      ProblemType type, String detail, Optional<Duration> retryAfter) {
    return new ProblemException(
        type, detail, retryAfter.map(ProblemException::retryHeader).orElse(Map.of()));
  }

  private static Map<String, String> retryHeader(Duration retryAfter) {
    // Whole seconds, and never sooner than meant.
    long seconds = Math.max(1, retryAfter.plusMillis(999).toSeconds());
    return Map.of("Retry-After", Long.toString(seconds));
  }

  public ProblemType type() {
    return type;
  }

  /** What a client may read. */
  public String detail() {
    return detail;
  }

  /** Further fields of the response. */
  public Map<String, String> headers() {
    return headers;
  }
}
