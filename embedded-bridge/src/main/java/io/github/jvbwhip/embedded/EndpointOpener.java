package io.github.jvbwhip.embedded;

import io.github.jvbwhip.core.bridge.BridgeEndpoint;
import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import io.github.jvbwhip.core.threads.DaemonThreads;
import io.github.jvbwhip.embedded.transport.TransportFactory;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the transports of sessions, on threads of its own: an ICE agent takes milliseconds, and a
 * process's first one more. How many may wait is bounded by the number of sessions. Thread-safe.
 */
final class EndpointOpener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EndpointOpener.class);
  private static final int THREADS = 2;
  private static final long IDLE_SECONDS = 30;

  private final TransportFactory transports;
  private final ThreadPoolExecutor threads;

  EndpointOpener(TransportFactory transports) {
    this(
        transports,
        DaemonThreads.numbered(
            "bridge-opening", fault -> LOG.error("a thread ended by a fault", fault)));
  }

  EndpointOpener(TransportFactory transports, ThreadFactory factory) {
    this.transports = transports;
    threads =
        new ThreadPoolExecutor(
            THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Opens a session. It is closed when that fails, and when the opening is given up.
   *
   * @param endpoint the session, as what the opening is for
   * @param onOpen runs when the session is open, and before anybody hears of it
   */
  <E extends BridgeEndpoint> CompletableFuture<E> open(
      BridgeSession session, E endpoint, Optional<RemoteTransport> remote, Runnable onOpen) {
    return open(session, endpoint, transports::create, remote, onOpen);
  }

  /** The same on a transport that is made otherwise. */
  <E extends BridgeEndpoint> CompletableFuture<E> open(
      BridgeSession session,
      E endpoint,
      BridgeSession.Transports made,
      Optional<RemoteTransport> remote,
      Runnable onOpen) {
    CompletableFuture<E> opening = new CompletableFuture<>();
    try {
      threads.execute(() -> allocate(opening, session, endpoint, made, remote, onOpen));
    } catch (RejectedExecutionException e) {
      session.close();
      opening.completeExceptionally(shuttingDown());
    } catch (RuntimeException | Error e) {
      fail(opening, session, e);
    }
    return opening;
  }

  private <E> void allocate(
      CompletableFuture<E> opening,
      BridgeSession session,
      E endpoint,
      BridgeSession.Transports made,
      Optional<RemoteTransport> remote,
      Runnable onOpen) {
    try {
      if (opening.isDone()) {
        session.close();
        return;
      }
      session.open(made, remote);
      if (threads.isShutdown()) {
        throw shuttingDown();
      }
      if (!opening.isDone()) {
        onOpen.run();
        session.opened();
      }
      if (!opening.complete(endpoint)) {
        session.close();
      }
    } catch (BridgeException e) {
      session.close();
      opening.completeExceptionally(e);
    } catch (RuntimeException | Error e) {
      fail(opening, session, e);
    }
  }

  /** Runs what takes milliseconds; what it throws, the future fails with. */
  <T> CompletableFuture<T> make(Callable<T> task) {
    CompletableFuture<T> made = new CompletableFuture<>();
    try {
      threads.execute(
          () -> {
            try {
              made.complete(task.call());
            } catch (Exception | Error e) {
              made.completeExceptionally(e);
            }
          });
    } catch (RejectedExecutionException e) {
      made.completeExceptionally(shuttingDown());
    }
    return made;
  }

  /** A fault of ours costs this opening, and no other. */
  private static void fail(CompletableFuture<?> opening, BridgeSession session, Throwable e) {
    LOG.error("session {} could not be opened", session.id(), e);
    session.close();
    opening.completeExceptionally(
        new BridgeException(
            BridgeException.Reason.INTERNAL, "the bridge failed", Optional.empty(), e));
  }

  private static BridgeException shuttingDown() {
    return new BridgeException(BridgeException.Reason.DRAINING, "the bridge takes no new sessions");
  }

  /** Opens no more; those that wait fail. */
  @Override
  public void close() {
    threads.shutdown();
  }
}
