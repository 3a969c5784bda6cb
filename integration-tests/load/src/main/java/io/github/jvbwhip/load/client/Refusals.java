package io.github.jvbwhip.load.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What responses say that are no success, in words that tell no session's URL. Stateless. */
final class Refusals {
  /** How long one session is tried again and again. */
  static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(120);

  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVICE_UNAVAILABLE = 503;
  private static final long LONGEST_WAIT_SECONDS = 60;
  private static final ObjectMapper JSON = new ObjectMapper();

  private Refusals() {}

  /** Whether the same may be tried later. */
  static boolean isRefusal(int status) {
    return status == TOO_MANY_REQUESTS || status == SERVICE_UNAVAILABLE;
  }

  /** How long to wait before the next try; negative when Retry-After does not say. */
  static long waitNanos(Reply reply) {
    return reply
        .header("Retry-After")
        .map(value -> waitNanos(value, Clock.systemUTC().instant()))
        .orElse(-1L);
  }

  /** Retry-After is a number of seconds or a date (RFC 9110 §10.2.3). */
  static long waitNanos(String retryAfter, Instant now) {
    try {
      long seconds =
          retryAfter.matches("\\d{1,9}")
              ? Long.parseLong(retryAfter)
              : Duration.between(
                      now,
                      ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME)
                          .toInstant())
                  .toSeconds();
      return TimeUnit.SECONDS.toNanos(Math.max(0, Math.min(LONGEST_WAIT_SECONDS, seconds)));
    } catch (DateTimeException e) {
      return -1;
    }
  }

  /** The status, and the title and the detail of a problem document (RFC 9457). */
  static String describe(Reply reply) {
    StringBuilder text = new StringBuilder().append(reply.status());
    if (reply.header("Content-Type").orElse("").startsWith("application/problem+json")) {
      try {
        JsonNode problem = JSON.readTree(reply.body());
        for (String member : new String[] {"title", "detail"}) {
          String value = problem.path(member).asText();
          text.append(value.isEmpty() ? "" : ", " + value);
        }
      } catch (JsonProcessingException e) {
        text.append(", a malformed problem document");
      }
    }
    return text.toString();
  }

  /** Why no response came. */
  static String describe(@Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause == null) {
      return "no response";
    }
    String message = String.valueOf(cause.getMessage());
    String name = cause.getClass().getSimpleName();
    // Messages with paths in them could be of sessions.
    return message.equals("null") || message.contains("/") ? name : name + ": " + message;
  }
}
