package io.github.jvbwhip.http.exchange;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A response, before it is written. Immutable. */
public final class Reply {

  /** Writes a body that has no end yet, such as an event stream. */
  @FunctionalInterface
  public interface Streamer {
    /**
     * Takes over a response whose status and headers are set, and completes the context when the
     * stream ends.
     *
     * @param context without a time-out
     */
    void start(AsyncContext context) throws IOException;
  }

  /** The media type of problem documents (RFC 9457 §6.1). */
  public static final String PROBLEM = "application/problem+json";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final int status;
  private final List<Header> headers;
  private final Optional<String> contentType;
  private final byte[] body;
  private final @Nullable Streamer streamer;
  private final @Nullable ProblemType problem;

  private Reply(
      int status,
      List<Header> headers,
      Optional<String> contentType,
      byte[] body,
      @Nullable Streamer streamer,
      @Nullable ProblemType problem) {
    this.status = status;
    this.headers = List.copyOf(headers);
    this.contentType = contentType;
    this.body = body;
    this.streamer = streamer;
    this.problem = problem;
  }

  /** A response without a body. */
  public static Reply of(int status) {
    return new Reply(status, List.of(), Optional.empty(), new byte[0], null, null);
  }

  /** The problem document (RFC 9457). */
  public static Reply of(ProblemException problem) {
    ProblemType type = problem.type();
    ObjectNode document = JSON.createObjectNode();
    document.put("type", type.uri());
    document.put("title", type.title());
    document.put("status", type.status());
    document.put("detail", problem.detail());
    List<Header> headers = new ArrayList<>();
    problem.headers().forEach((name, value) -> headers.add(new Header(name, value)));
    return new Reply(
        type.status(),
        headers,
        Optional.of(PROBLEM),
        document.toString().getBytes(StandardCharsets.UTF_8),
        null,
        type);
  }

  /** This reply, where it need not be waited for. */
  public CompletableFuture<Reply> atOnce() {
    return CompletableFuture.completedFuture(this);
  }

  /** With one more header field. */
  public Reply with(String name, String value) {
    return withAll(List.of(new Header(name, value)));
  }

  /** With more header fields. */
  public Reply withAll(List<Header> more) {
    List<Header> all = new ArrayList<>(headers);
    all.addAll(more);
    return new Reply(status, all, contentType, body, streamer, problem);
  }

  /** With that body, in UTF-8; the content type is sent exactly as given. */
  public Reply withBody(String type, String text) {
    return withBody(type, text.getBytes(StandardCharsets.UTF_8));
  }

  /** With that body. The array is not to be changed afterwards. */
  public Reply withBody(String type, byte[] bytes) {
    return new Reply(status, headers, Optional.of(type), bytes, null, problem);
  }

  /** With a content type and no body: what a HEAD request may learn. */
  public Reply withContentType(String type) {
    return new Reply(status, headers, Optional.of(type), body, streamer, problem);
  }

  /** With a body that is written as it comes. */
  public Reply withStream(String type, Streamer writer) {
    return new Reply(status, headers, Optional.of(type), new byte[0], writer, problem);
  }

  /** The problem that it tells. */
  public Optional<ProblemType> problem() {
    return Optional.ofNullable(problem);
  }

  public int status() {
    return status;
  }

  public List<Header> headers() {
    return headers;
  }

  public Optional<String> contentType() {
    return contentType;
  }

  /** The body; not a copy. */
  public byte[] body() {
    return body;
  }

  Optional<Streamer> streamer() {
    return Optional.ofNullable(streamer);
  }
}
