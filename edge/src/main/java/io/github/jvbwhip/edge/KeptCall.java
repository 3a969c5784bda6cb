package io.github.jvbwhip.edge;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session at another server that is opened again whenever it ends, until it is closed. One that
 * is to be replaced goes on until the other server has taken the next one. Why it fails is logged
 * once, as long as that does not change. Confined to the serial executor.
 */
final class KeptCall {
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
  private @Nullable Attempt current;
  private @Nullable Attempt successor;
  private @Nullable Future<?> next;
  private String said = "";
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
    attempt(Optional.empty());
  }

  private void attempt(Optional<URI> elsewhere) {
    next = null;
    if (closed) {
      return;
    }
    Attempt made = new Attempt(elsewhere);
    if (current == null) {
      current = made;
    } else if (successor == null) {
      successor = made;
    } else {
      return; // One that replaces it is under way.
    }
    made.call.start();
  }

  boolean isConnected() {
    return current != null && current.connected;
  }

  /** Whether the last attempt has failed, and the next one is to come. */
  boolean isPausing() {
    return next != null;
  }

  /** Opens another session instead, by which more may come. */
  void renew() {
    attempt(Optional.empty());
  }

  void close() {
    closed = true;
    if (next != null) {
      next.cancel(false);
    }
    for (Attempt each : new Attempt[] {successor, current}) {
      if (each != null) {
        each.call.close();
      }
    }
  }

  /** One session. */
  private final class Attempt implements RemoteCall.Listener {
    final RemoteCall call;
    boolean connected;
    private long connectedAt;

    Attempt(Optional<URI> elsewhere) {
      call = maker.make(elsewhere, this);
    }

    @Override
    public void accepted() {
      if (successor == this && current != null) {
        current.call.close();
        current = this;
        successor = null;
      }
    }

    @Override
    public void connected() {
      connected = true;
      connectedAt = tools.clock().millis();
      LOG.info("{} goes on", what);
      said = "";
      changed.run();
    }

    @Override
    public void asked(Optional<URI> elsewhere) {
      LOG.info("{} is asked to begin anew", what);
      if (next == null) {
        attempt(elsewhere);
      }
    }

    @Override
    public void ended(CallEnd end) {
      if (connected && tools.clock().millis() - connectedAt >= WELL.toMillis()) {
        backoff.succeeded();
      }
      if (!end.words().equals(said)) {
        said = end.words();
        LOG.warn("{} fails, and is tried again: {}", what, end.words());
      }
      if (successor == this) {
        successor = null;
      } else {
        current = successor;
        successor = null;
      }
      if (next == null && (current == null || current.connected)) {
        next = tools.later(backoff.pause(end.retryAfter()), () -> attempt(Optional.empty()));
      }
      changed.run();
    }
  }
}
