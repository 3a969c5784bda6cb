package io.github.jvbwhip.edge;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session at another server that is opened again whenever it ends, until it is closed. Why it
 * fails is logged once, as long as that does not change. Confined to the serial executor.
 */
final class KeptCall implements RemoteCall.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(KeptCall.class);

  /** What went on for so long was no failure. */
  private static final Duration WELL = Duration.ofSeconds(10);

  /** Makes a call to that URL, or where it usually goes, which is told that listener. */
  interface Maker {
    RemoteCall make(Optional<URI> elsewhere, RemoteCall.Listener listener);
  }

  private final EdgeTools tools;
  private final String what;
  private final Maker maker;
  private final Runnable changed;
  private final Backoff backoff;
  private @Nullable RemoteCall call;
  private @Nullable Future<?> next;
  private Optional<URI> elsewhere = Optional.empty();
  private String said = "";
  private long connectedAt;
  private boolean closed;

  /**
   * @param what names it, for the log: what, and from or to which host
   * @param changed runs when it is connected, and when an attempt has failed
   */
  KeptCall(EdgeTools tools, String what, Maker maker, Runnable changed) {
    this.tools = tools;
    this.what = what;
    this.maker = maker;
    this.changed = changed;
    this.backoff = new Backoff(tools.config().longestPause(), tools.random());
  }

  void start() {
    if (closed) {
      return;
    }
    next = null;
    RemoteCall made = maker.make(elsewhere, this);
    call = made;
    made.start();
  }

  boolean isConnected() {
    return call != null && call.isConnected() && !call.isOver();
  }

  /** Whether the last attempt has failed, and the next one is to come. */
  boolean isPausing() {
    return next != null;
  }

  @Override
  public void connected() {
    connectedAt = tools.clock().millis();
    LOG.info("{} goes on", what);
    said = "";
    changed.run();
  }

  @Override
  public void ended(CallEnd end) {
    if (closed) {
      return;
    }
    boolean went = end.wasConnected() && tools.clock().millis() - connectedAt >= WELL.toMillis();
    if (went) {
      backoff.succeeded();
    }
    elsewhere = end.elsewhere();
    say(end);
    Duration pause = end.asked() && went ? Duration.ZERO : backoff.pause(end.retryAfter());
    next = tools.later(pause, this::start);
    changed.run();
  }

  private void say(CallEnd end) {
    if (end.asked()) {
      LOG.info("{} begins anew: {}", what, end.words());
    } else if (!end.words().equals(said)) {
      said = end.words();
      LOG.warn("{} fails, and is tried again: {}", what, end.words());
    }
  }

  /** Opens a new session now, by which more may come. */
  void renew() {
    if (call != null) {
      call.end(CallEnd.renewed());
    }
  }

  void close() {
    closed = true;
    if (next != null) {
      next.cancel(false);
    }
    if (call != null) {
      call.close();
    }
  }
}
