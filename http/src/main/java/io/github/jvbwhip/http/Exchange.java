package io.github.jvbwhip.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request whose body is still to come. Whoever is first decides: the complete body, its being too
 * large, its connection's end, or the deadline; the others come to nothing.
 */
final class Exchange implements BodyReader.Sink {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  /** Turns the body into a reply; never throws. */
  @FunctionalInterface
  interface Handler {
    Reply handle(byte[] body);
  }

  private final AsyncContext context;
  private final Handler handler;
  private final Consumer<Reply> listener;
  private final AtomicBoolean decided = new AtomicBoolean();
  private volatile @Nullable Future<?> deadline;

  private Exchange(AsyncContext context, Handler handler, Consumer<Reply> listener) {
    this.context = context;
    this.handler = handler;
    this.listener = listener;
  }

  /**
   * Starts to read.
   *
   * @param limit of the body, in bytes
   * @param timeout for the whole body: a client that sends byte by byte does not prolong it
   * @param listener is told the reply before it is written
   */
  static void start(
      HttpServletRequest request,
      int limit,
      Duration timeout,
      ScheduledExecutorService scheduler,
      Handler handler,
      Consumer<Reply> listener)
      throws IOException {
    AsyncContext context = request.startAsync();
    context.setTimeout(0);
    Exchange exchange = new Exchange(context, handler, listener);
    exchange.deadline =
        scheduler.schedule(exchange::tooLate, timeout.toMillis(), TimeUnit.MILLISECONDS);
    request
        .getInputStream()
        .setReadListener(new BodyReader(request.getInputStream(), limit, exchange));
  }

  @Override
  public void complete(byte[] body) {
    if (decide()) {
      answer(handler.handle(body));
    }
  }

  @Override
  public void tooLarge() {
    if (decide()) {
      answer(SignallingServlet.tooLarge().reply().with("Connection", "close"));
    }
  }

  @Override
  public void failed(Throwable cause) {
    if (decide()) {
      LOG.debug("A request ended before its body did: {}", cause.toString());
      context.complete();
    }
  }

  private void tooLate() {
    if (decide()) {
      ProblemException problem =
          new ProblemException(
              ProblemType.REQUEST_TIMEOUT, "The body did not arrive in time; send it at once.");
      answer(problem.reply().with("Connection", "close"));
    }
  }

  private boolean decide() {
    boolean first = decided.compareAndSet(false, true);
    Future<?> timer = deadline;
    if (first && timer != null) {
      timer.cancel(false);
    }
    return first;
  }

  private void answer(Reply reply) {
    listener.accept(reply);
    try {
      ReplyWriter.write(reply, context);
    } catch (IOException | IllegalStateException e) {
      LOG.debug("A response could not be written: {}", e.toString());
      context.complete();
    }
  }
}
