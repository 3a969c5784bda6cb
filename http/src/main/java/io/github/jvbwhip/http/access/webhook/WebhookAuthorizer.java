package io.github.jvbwhip.http.access.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvbwhip.core.collections.BoundedMap;
import io.github.jvbwhip.core.text.Words;
import io.github.jvbwhip.http.access.AccessRequest;
import io.github.jvbwhip.http.access.Authorizer;
import io.github.jvbwhip.http.access.Complaints;
import io.github.jvbwhip.http.access.OtherServer;
import io.github.jvbwhip.http.access.Principal;
import io.github.jvbwhip.http.access.Refusals;
import io.github.jvbwhip.http.config.HttpUrls;
import io.github.jvbwhip.http.config.WebhookConfig;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks another server, by POST of a JSON object: 2xx lets the caller in, and may say more of it;
 * 401 and 403 do not. Whoever is not told either, in time and in sense, is not let in. Thread-safe.
 */
public final class WebhookAuthorizer implements Authorizer {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookAuthorizer.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_BYTES = 16 * 1024;
  private static final int MOST_AT_A_TIME = 64;
  private static final int MOST_KEPT = 1000;
  private static final Duration AGAIN = Duration.ofSeconds(2);

  private record Kept(CompletableFuture<Principal> answer, Instant until) {}

  private final WebhookConfig config;
  private final Clock clock;
  private final OtherServer server;
  private final Complaints complaints;
  private final Semaphore free = new Semaphore(MOST_AT_A_TIME);
  private final Map<String, Kept> kept = BoundedMap.forgettingTheOldest(MOST_KEPT);

  public WebhookAuthorizer(WebhookConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
    this.complaints = new Complaints(LOG, "The webhook at " + config.url().getHost());
    this.server = new OtherServer(config.timeout(), MOST_BYTES);
  }

  @Override
  public CompletableFuture<Principal> authorize(AccessRequest request) {
    String question = question(request);
    synchronized (kept) {
      Kept known = kept.get(question);
      if (known != null && clock.instant().isBefore(known.until)) {
        return known.answer.copy();
      }
    }
    if (!free.tryAcquire()) {
      return CompletableFuture.failedFuture(unknown());
    }
    return server
        .send(WebhookSignature.post(config.url(), config.secret(), question))
        .whenComplete((response, failure) -> free.release())
        .handle((response, failure) -> answer(request, question, response, failure))
        .thenCompose(answer -> answer);
  }

  private String question(AccessRequest request) {
    ObjectNode question = JSON.createObjectNode();
    question.put("action", Words.of(request.action()));
    question.put("method", request.method());
    request.room().ifPresent(room -> question.put("room", room.value()));
    request.stream().ifPresent(stream -> question.put("stream", stream.value()));
    question.put("address", request.address());
    request.credentials().token().ifPresent(token -> question.put("token", token));
    request.credentials().basic().ifPresent(pair -> question.put("user", pair.user()));
    ObjectNode headers = question.putObject("headers");
    request.headers().forEach(headers::put);
    return question.toString();
  }

  private CompletableFuture<Principal> answer(
      AccessRequest request,
      String question,
      HttpResponse<byte[]> response,
      @Nullable Throwable failure) {
    if (failure != null) {
      complaints.say(OtherServer.reason(failure));
      return CompletableFuture.failedFuture(unknown());
    }
    CompletableFuture<Principal> answer;
    int status = response.statusCode();
    if (status / 100 == 2) {
      try {
        answer = CompletableFuture.completedFuture(principal(request, response.body()));
      } catch (IOException e) {
        complaints.say(String.valueOf(e.getMessage()));
        return CompletableFuture.failedFuture(unknown());
      }
    } else if (status == 401) {
      answer =
          CompletableFuture.failedFuture(
              request.credentials().token().isPresent()
                  ? Refusals.invalid("The token is not valid here.")
                  : Refusals.missing());
    } else if (status == 403) {
      answer = CompletableFuture.failedFuture(Refusals.forbidden());
    } else {
      complaints.say("status " + status);
      return CompletableFuture.failedFuture(unknown());
    }
    keep(question, answer);
    return answer.copy();
  }

  private void keep(String question, CompletableFuture<Principal> answer) {
    boolean ends = !answer.isCompletedExceptionally() && answer.join().limits().until().isPresent();
    if (!config.cache().isZero() && !ends) { // Its time begins with each request.
      synchronized (kept) {
        kept.remove(question);
        kept.put(question, new Kept(answer, clock.instant().plus(config.cache())));
      }
    }
  }

  private static ProblemException unknown() {
    return ProblemException.retryable(
        ProblemType.BUSY, "Whether you may cannot be told now.", Optional.of(AGAIN));
  }

  /** What is not there is not limited; what is there has to make sense. */
  private Principal principal(AccessRequest request, byte[] body) throws IOException {
    JsonNode said = parsed(body);
    Map<String, String> claims = new HashMap<>();
    text(said, "displayName").ifPresent(name -> claims.put(Principal.DISPLAY_NAME, name));
    Optional<String> elsewhere = text(said, "redirect");
    if (elsewhere.isPresent()) {
      if (HttpUrls.parse(elsewhere.get()).isEmpty()) {
        throw new IOException("redirect is no URL");
      }
      claims.put(Principal.ELSEWHERE, elsewhere.get());
    }
    OptionalInt sessions = number(said, "maxSessions");
    OptionalInt seconds = number(said, "maxSeconds");
    Principal.Limits limits =
        new Principal.Limits(
            sessions,
            seconds.isPresent()
                ? Optional.of(clock.instant().plusSeconds(seconds.getAsInt()))
                : Optional.empty(),
            number(said, "maxBitrate").stream()
                .asLongStream()
                .filter(most -> most > 0)
                .findFirst());
    Optional<String> user = text(said, "user");
    Optional<String> token = request.credentials().token();
    if (user.isPresent()) {
      return Principal.ofCaller("webhook-user", user.get(), claims, limits);
    } else if (token.isPresent()) {
      String name = request.credentials().basic().map(pair -> pair.user()).orElse("");
      return Principal.ofCaller("webhook-token", name + "\n" + token.get(), claims, limits);
    }
    // One cannot be told from another: what one has, others must not take, nor be counted with.
    return Principal.anonymous(claims, limits);
  }

  private static JsonNode parsed(byte[] body) throws IOException {
    if (new String(body, StandardCharsets.UTF_8).isBlank()) {
      return JSON.createObjectNode();
    }
    try {
      JsonNode said = JSON.readTree(body);
      if (!said.isObject()) {
        throw new IOException("no JSON object");
      }
      return said;
    } catch (JsonProcessingException e) {
      throw new IOException("no JSON", e);
    }
  }

  private static Optional<String> text(JsonNode said, String name) throws IOException {
    JsonNode value = said.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    } else if (!value.isTextual()) {
      throw new IOException(name + " is no text");
    }
    return Optional.of(value.textValue()).filter(text -> !text.isBlank());
  }

  private static OptionalInt number(JsonNode said, String name) throws IOException {
    JsonNode value = said.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return OptionalInt.empty();
    } else if (!value.canConvertToInt() || !value.isIntegralNumber() || value.intValue() < 0) {
      throw new IOException(name + " is no number from 0 up");
    }
    return OptionalInt.of(value.intValue());
  }
}
