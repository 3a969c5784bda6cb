package io.github.jvbwhip.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** What the status of another server's answer means, in words. Pure functions. */
final class Refusal {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MOST_CHARACTERS = 200;
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private Refusal() {}

  /**
   * Why it does not do it.
   *
   * @param now for a time at which to ask again
   */
  static CallFailure of(EdgeClient.Answer answer, Instant now) {
    return new CallFailure(words(answer.status()) + detail(answer), retryAfter(answer, now));
  }

  private static String words(int status) {
    return switch (status) {
      case 401 -> "it wants a token, or another one (401)";
      case 403 -> "it does not let this server in (403)";
      case 404 -> "it has no such room (404)";
      case 409 -> "what is wanted is not to be had there now (409)";
      case 307, 308 -> "it redirects to nowhere, or too often (" + status + ")";
      case 429, 503 -> "it takes nobody at the moment (" + status + ")";
      case 508 -> "it gets from this server what this one wants from it (508)";
      default -> "it answered with status " + status;
    };
  }

  /** What a problem document says (RFC 9457). */
  private static String detail(EdgeClient.Answer answer) {
    if (!answer.header("Content-Type").orElse("").startsWith("application/problem+json")) {
      return "";
    }
    try {
      JsonNode document = JSON.readTree(answer.response().body());
      String detail = document.path("detail").asText("");
      String plain = detail.replaceAll("[^\\x20-\\x7e]", "?");
      return plain.isEmpty()
          ? ""
          : ": " + plain.substring(0, Math.min(plain.length(), MOST_CHARACTERS));
    } catch (IOException e) {
      return "";
    }
  }

  /** RFC 9110 §10.2.3; not for longer than makes sense. */
  private static Optional<Duration> retryAfter(EdgeClient.Answer answer, Instant now) {
    Optional<String> text = answer.header("Retry-After").map(String::strip);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Duration wait;
    try {
      wait =
          text.get().matches("[0-9]{1,9}")
              ? Duration.ofSeconds(Long.parseLong(text.get()))
              : Duration.between(
                  now,
                  ZonedDateTime.parse(text.get(), DateTimeFormatter.RFC_1123_DATE_TIME)
                      .toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
    return Optional.of(
        wait.isNegative() ? Duration.ZERO : wait.compareTo(LONGEST) < 0 ? wait : LONGEST);
  }
}
