package io.github.jvbwhip.http.sse;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one stream to one client, non-blocking (Jakarta Servlet §5.8).
 *
 * <p>All use of the response happens in {@link #turn}, which runs on one thread at a time: whoever
 * has news raises {@code wakeUps}, and the first one to do so gets the turn a thread. So nothing is
 * written while a write is pending, and nothing is locked while something is written.
 */
final class SseConnection implements WriteListener, AsyncListener {
  private static final Logger LOG = LoggerFactory.getLogger(SseConnection.class);
  private static final long NEVER = Long.MIN_VALUE;

  private final AsyncContext async;
  private final ServletOutputStream out;
  private final SseStream stream;
  private final SseHub hub;
  private final AtomicInteger wakeUps = new AtomicInteger();
  private final AtomicBoolean gone = new AtomicBoolean();

  private volatile boolean aborted;
  private volatile boolean heartbeatDue;
  private volatile long blockedSince = NEVER;
  private volatile long lastWrite;

  // Used in turns only.
  private boolean greeted;
  private boolean unflushed;

  SseConnection(AsyncContext async, ServletOutputStream out, SseStream stream, SseHub hub) {
    this.async = async;
    this.out = out;
    this.stream = stream;
    this.hub = hub;
    this.lastWrite = hub.now();
  }

  void start() {
    async.addListener(this);
    hub.add(this);
    // The container calls onWritePossible as soon as the request's own thread is done.
    out.setWriteListener(this);
  }

  /** There may be something to write, or the stream may have ended. Never blocks. */
  void wake() {
    if (wakeUps.getAndIncrement() == 0) {
      hub.execute(this::turns);
    }
  }

  /** Ends the connection: at once when the client does not read. Never blocks. */
  void abort() {
    aborted = true;
    wake();
  }

  /** Whether nobody has, or waits for, a turn. */
  boolean isIdle() {
    return wakeUps.get() == 0;
  }

  /** Looks after a silent or stalled connection; called from time to time. */
  void tick(long now, long heartbeatNanos, long stallNanos) {
    long since = blockedSince;
    if (since != NEVER && now - since >= stallNanos) {
      LOG.debug("Client of an event stream does not read: disconnected");
      abort();
    } else if (since == NEVER && now - lastWrite >= heartbeatNanos) {
      heartbeatDue = true;
      wake();
    }
  }

  private void turns() {
    int seen = 1;
    do {
      try {
        turn();
      } catch (IOException | RuntimeException | Error e) {
        end(e);
      }
      seen = wakeUps.addAndGet(-seen);
    } while (seen != 0);
  }

  private void turn() throws IOException {
    while (!gone.get()) {
      if (!out.isReady()) {
        if (aborted) {
          end(null);
          return;
        }
        // The container calls onWritePossible when it is ready again.
        if (blockedSince == NEVER) {
          blockedSince = hub.now();
        }
        return;
      }
      blockedSince = NEVER;
      byte[] chunk = nextChunk();
      if (chunk != null) {
        out.write(chunk);
        unflushed = true;
        lastWrite = hub.now();
      } else if (unflushed) {
        unflushed = false;
        out.flush();
      } else {
        if (aborted || stream.isOver(this)) {
          end(null);
        }
        return;
      }
    }
  }

  private byte @Nullable [] nextChunk() {
    if (!greeted) {
      greeted = true;
      return SseEncoder.retry(hub.settings().retry());
    }
    byte[] events = stream.next(this);
    if (events != null) {
      heartbeatDue = false;
      return events;
    }
    if (heartbeatDue) {
      heartbeatDue = false;
      return SseEncoder.comment();
    }
    return null;
  }

  /**
   * Completes the response. Where a write is pending, Jetty closes the connection in the middle of
   * it (and may log that as a failed callback). Only the first call counts.
   */
  private void end(@Nullable Throwable cause) {
    if (!gone.compareAndSet(false, true)) {
      return;
    }
    if (cause != null) {
      LOG.debug("Event stream's connection is gone", cause);
    }
    hub.remove(this);
    try {
      async.complete();
    } catch (IllegalStateException completedAlready) {
      LOG.trace("Response was complete", completedAlready);
    }
    stream.disconnected(this);
  }

  @Override
  public void onWritePossible() {
    blockedSince = NEVER;
    if (wakeUps.getAndIncrement() == 0) {
      turns();
    }
  }

  @Override
  public void onError(Throwable cause) {
    end(cause);
  }

  @Override
  public void onComplete(AsyncEvent event) {
    end(null);
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    end(null);
  }

  @Override
  public void onError(AsyncEvent event) {
    end(event.getThrowable());
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    // The request is not dispatched again: there is nothing to carry over.
  }
}
