package io.github.jvbwhip.http;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The answer is an error: a problem document (RFC 9457). */
public final class ProblemException extends Exception {
  private static final long serialVersionUID = 1L;
  private static final String MEDIA_TYPE = "application/problem+json";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final ProblemType type;
  private final String detail;
  private final transient List<Header> headers;

  /**
   * @param detail tells a person what to change; no secrets, and nothing of the server's inside
   */
  public ProblemException(ProblemType type, String detail) {
    this(type, detail, List.of());
  }

  /**
   * @param headers further fields of the response
   */
  public ProblemException(ProblemType type, String detail, List<Header> headers) {
    super(type.slug() + ": " + detail);
    this.type = type;
    this.detail = detail;
    this.headers = List.copyOf(headers);
  }

  /** With a {@code Retry-After} field (RFC 9110 §10.2.3), where the time is known. */
  public static ProblemException retryable(
      ProblemType type, String detail, Optional<Duration> retryAfter) {
    return new ProblemException(
        type, detail, retryAfter.map(ProblemException::retryHeader).stream().toList());
  }

  private static Header retryHeader(Duration retryAfter) {
    // Whole seconds, and never sooner than meant.
    long seconds = Math.max(1, retryAfter.plusMillis(999).toSeconds());
    return new Header("Retry-After", Long.toString(seconds));
  }

  public ProblemType type() {
    return type;
  }

  /** What a client may read. */
  public String detail() {
    return detail;
  }

  /** The response. */
  public Reply reply() {
    ObjectNode document = JSON.createObjectNode();
    document.put("type", type.uri());
    document.put("title", type.title());
    document.put("status", type.status());
    document.put("detail", detail);
    return Reply.of(type.status())
        .withProblem(type)
        .withAll(headers)
        .withBody(MEDIA_TYPE, document.toString().getBytes(StandardCharsets.UTF_8));
  }
}
