package io.github.jvbwhip.http.sse;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One stream of events for one client: it outlives connections, so that a client that comes back
 * with {@code Last-Event-ID} gets what it missed (WHATWG HTML §9.2.3).
 *
 * <p>Thread-safe. {@link #send} never blocks: it puts the event into a bounded buffer, and a thread
 * of the {@linkplain SseHub hub} writes it. When the buffer is full, the oldest event goes; when
 * that one had not been sent, and a client is connected, the client is too slow and is
 * disconnected.
 */
public final class SseStream {
  /** The media type of the response. */
  public static final String MEDIA_TYPE = "text/event-stream";

  /**
   * Header fields of the response: no cache keeps the stream, and nginx, which buffers what it
   * proxies unless it is told not to, passes it on at once.
   */
  public static final Map<String, String> HEADERS =
      Map.of("Cache-Control", "no-store", "X-Accel-Buffering", "no");

  /** Bounds what the container keeps for a connection; our own chunks are small. */
  private static final int CONTAINER_BUFFER_BYTES = 4096;

  private final SseHub hub;
  private final Consumer<SseStream> onDisconnect;
  private final Object lock = new Object();

  // Guarded by lock.
  private final SseBuffer buffer;
  private @Nullable SseConnection connection;
  private boolean closed;

  SseStream(SseHub hub, Consumer<SseStream> onDisconnect) {
    this.hub = hub;
    this.onDisconnect = onDisconnect;
    this.buffer = new SseBuffer(hub.settings().maxEvents(), hub.settings().maxBytes());
  }

  /** Enqueues an event; after {@link #close} nothing happens. */
  public void send(SseFrame frame) {
    SseConnection current;
    boolean stalled;
    synchronized (lock) {
      if (closed) {
        return;
      }
      boolean nothingLost = buffer.add(frame);
      current = connection;
      stalled = !nothingLost && current != null;
      if (stalled) {
        connection = null;
      }
    }
    if (current != null) {
      if (stalled) {
        current.abort();
      } else {
        current.wake();
      }
    }
  }

  /**
   * Takes over a response whose status and headers are set, and sends this stream, from the event
   * after {@code Last-Event-ID} on, or else from the first one that was not sent yet. A connection
   * that is still open is replaced. A stream that is closed ends at once.
   *
   * @param async of the request that asked for the stream; its time-out is switched off
   */
  public void connect(AsyncContext async) throws IOException {
    connect(async, lastEventId(async.getRequest()));
  }

  /**
   * As {@link #connect(AsyncContext)}, for a stream that lives for one connection: a {@code
   * Last-Event-ID} is of another stream, and means nothing here.
   */
  public void connectAnew(AsyncContext async) throws IOException {
    connect(async, -1);
  }

  private void connect(AsyncContext async, long lastEventId) throws IOException {
    ServletResponse response = async.getResponse();
    response.setBufferSize(CONTAINER_BUFFER_BYTES);
    async.setTimeout(0);
    SseConnection fresh = new SseConnection(async, response.getOutputStream(), this, hub);
    SseConnection previous;
    synchronized (lock) {
      previous = connection;
      connection = fresh;
      buffer.rewind(lastEventId);
    }
    if (previous != null) {
      previous.abort();
    }
    fresh.start();
  }

  /** Ends the stream after what is unsent has been sent. Idempotent. */
  public void close() {
    close(false);
  }

  /** Ends the stream and drops what is unsent. Idempotent. */
  public void discard() {
    close(true);
  }

  private void close(boolean discard) {
    SseConnection current;
    synchronized (lock) {
      closed = true;
      if (discard) {
        buffer.clear();
      }
      current = connection;
    }
    if (current != null) {
      current.wake();
    }
  }

  /** What that connection is to write next; null when there is nothing now. */
  byte @Nullable [] next(SseConnection asking) {
    synchronized (lock) {
      return asking == connection ? buffer.take() : null;
    }
  }

  /** Whether that connection has nothing more to expect. */
  boolean isOver(SseConnection asking) {
    synchronized (lock) {
      return closed || asking != connection;
    }
  }

  /** That connection is gone. */
  void disconnected(SseConnection gone) {
    synchronized (lock) {
      if (connection == gone) {
        connection = null;
      }
    }
    onDisconnect.accept(this);
  }

  private static long lastEventId(ServletRequest request) {
    String value =
        request instanceof HttpServletRequest http ? http.getHeader("Last-Event-ID") : null;
    try {
      return value == null ? -1 : Long.parseLong(value);
    } catch (NumberFormatException notOurs) {
      return -1;
    }
  }
}
