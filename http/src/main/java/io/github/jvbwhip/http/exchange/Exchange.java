package io.github.jvbwhip.http.exchange;

import io.github.jvbwhip.http.limits.BodyBudget;
import io.github.jvbwhip.http.problems.ProblemException;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request and its response, neither of which holds a thread: the container calls when there is
 * something to read, or room to write. So its methods may be called on any thread, that of the
 * deadlines included.
 */
public final class Exchange {
  /** How much of a body that nobody wants is read, in bytes. */
  public static final int DISCARDED = 1 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  private final AsyncContext context;
  private final HttpServletRequest request;
  private final ScheduledExecutorService scheduler;
  private final boolean head;
  private final BodyBudget.Share share;

  private Exchange(
      AsyncContext context,
      HttpServletRequest request,
      ScheduledExecutorService scheduler,
      BodyBudget bodies) {
    this.share = bodies.share();
    this.context = context;
    this.request = request;
    this.scheduler = scheduler;
    this.head = request.getMethod().equals("HEAD");
  }

  /**
   * Takes the request over from the container's thread.
   *
   * @param bodies what its body may take of, until it is answered
   */
  public static Exchange start(
      HttpServletRequest request, ScheduledExecutorService scheduler, BodyBudget bodies) {
    AsyncContext context = request.startAsync();
    context.setTimeout(0);
    return new Exchange(context, request, scheduler, bodies);
  }

  /** What the client is told of a body beyond that limit. */
  public static String tooLarge(int limit) {
    return "The body is larger than the %d bytes of body-limit.".formatted(limit);
  }

  /** Whether the request says that it has a body. */
  public boolean hasBody() {
    return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
  }

  /**
   * Whether a body that nobody needs is read: not when the client waits, nor when it is huge.
   *
   * @param limit of bodies, in bytes
   */
  public boolean isDrained(int limit) {
    return hasBody()
        && request.getHeader("Expect") == null
        && request.getContentLengthLong() <= Math.max(limit, DISCARDED);
  }

  /**
   * Reads the body.
   *
   * @param limit of the body, in bytes
   * @param timeout for the whole body: a client that sends byte by byte does not prolong it
   * @return completes exceptionally with {@link ProblemException} when the body is too large, too
   *     late, or no message of HTTP, or when there is no memory for it; also when the client is
   *     gone, who hears of nothing any more
   */
  public CompletableFuture<byte[]> body(int limit, Duration timeout) {
    return read(timeout, (in, body) -> BodyReader.keeping(in, limit, share, body));
  }

  /**
   * Reads a body that nobody wants, as {@link #body} does, and keeps nothing of it.
   *
   * @return empty when it is read
   */
  public CompletableFuture<byte[]> discarded(int limit, Duration timeout) {
    return read(timeout, (in, body) -> BodyReader.discarding(in, limit, share, body));
  }

  private CompletableFuture<byte[]> read(
      Duration timeout,
      BiFunction<ServletInputStream, CompletableFuture<byte[]>, BodyReader> reader) {
    CompletableFuture<byte[]> body = new CompletableFuture<>();
    try {
      ServletInputStream in = request.getInputStream();
      in.setReadListener(reader.apply(in, body));
    } catch (IOException | IllegalStateException e) {
      body.completeExceptionally(BodyReader.unreadable());
    }
    return Deadlines.bound(body, timeout, scheduler, BodyReader::tooLate);
  }

  /**
   * Answers, when the reply is there.
   *
   * @param listener is told the reply before it is written
   */
  public void answer(CompletableFuture<Reply> reply, Consumer<Reply> listener) {
    var unused =
        reply.whenComplete(
            (known, failure) -> {
              share.release();
              if (failure == null) {
                answer(known, listener);
              } else {
                abandon(failure);
              }
            });
  }

  private void answer(Reply reply, Consumer<Reply> listener) {
    try {
      listener.accept(reply);
      ReplyWriter.write(reply, head, context);
    } catch (IOException | RuntimeException | Error e) {
      abandon(e);
    }
  }

  /** There is no answer: where its head has not gone out, it must not look as if all was well. */
  private void abandon(Throwable cause) {
    LOG.debug("A request has no answer: {}", cause.toString());
    HttpServletResponse response = (HttpServletResponse) context.getResponse();
    if (!response.isCommitted()) {
      response.reset();
      response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
    }
    context.complete();
  }
}
