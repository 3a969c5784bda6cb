package io.github.jvbwhip.embedded.transport;

import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.core.bridge.IceCredentials;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ICE half of a transport: the generation in use and the one that is to follow it, the routes,
 * the time-outs. Its state is guarded by its monitor; the transport and ice4j are never called
 * under it, except that agents are made and started, which call nobody back.
 */
final class IceTransport implements IceGeneration.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(IceTransport.class);

  /** RFC 8445 §8.3: how long the checks of the old generation are still answered. */
  private static final Duration OLD_GENERATION_STAYS = Duration.ofSeconds(3);

  private final TransportEnvironment environment;
  private final MediaThreads threads;
  private final IceTransportListener transport;
  private final CheckedPaths checkedPaths;
  private final LongAdder checksHeard = new LongAdder();
  private final TransportTimer deadline;
  private final TransportTimer restartDeadline;
  private final TransportTimer consentWatch;
  private IceGeneration current;
  private @Nullable IceGeneration pending;
  private @Nullable IceGeneration retired;
  private boolean pathKnown;
  private boolean connected;
  private boolean closed;
  private long lastConsent;

  /**
   * Makes the first agent.
   *
   * @param receiver gets what comes from addresses that have passed a check
   */
  IceTransport(
      TransportEnvironment environment,
      PacketReceiver receiver,
      IceTransportListener transport,
      boolean controlling) {
    this.environment = environment;
    this.threads = environment.threads();
    this.transport = transport;
    this.checkedPaths = new CheckedPaths(receiver);
    this.deadline = new TransportTimer(threads);
    this.restartDeadline = new TransportTimer(threads);
    this.consentWatch = new TransportTimer(threads);
    this.current = environment.newGeneration(controlling, this);
  }

  /** Those of the newest generation: what the client is told. */
  synchronized IceCredentials credentials() {
    return (pending != null ? pending : current).credentials();
  }

  /**
   * Waits for the client's checks.
   *
   * @param known where to look for it, where that may be done; mostly empty
   */
  void start(IceCredentials remote, List<IceCandidate> known) {
    IceGeneration generation;
    synchronized (this) {
      if (closed) {
        return;
      }
      generation = current;
    }
    generation.know(known);
    generation.start(remote);
    startDeadline();
  }

  /**
   * One for ICE and DTLS: a browser answers checks from when it has made its offer, however late it
   * is told of the answer.
   */
  private synchronized void startDeadline() {
    if (!closed && !connected) {
      deadline.after(
          environment.config().connectTimeout(), () -> transport.timedOut(describeFailure()));
    }
  }

  private synchronized String describeFailure() {
    return "no candidate pair worked: the bridge is advertised at "
        + environment.advertised()
        + "; "
        + checksHeard.sum()
        + " checks of the client came in";
  }

  /** Whether any check of the client has come. */
  boolean isHeard() {
    return checksHeard.sum() > 0;
  }

  /** Whether a restart is under way. */
  synchronized boolean isRestarting() {
    return pending != null;
  }

  void prepareRestart(boolean controlling) {
    IceGeneration replaced;
    IceGeneration next = environment.newGeneration(controlling, this);
    synchronized (this) {
      replaced = closed ? next : pending;
      if (!closed) {
        pending = next;
        restartDeadline.after(environment.config().connectTimeout(), () -> abandonRestart(next));
      }
    }
    free(replaced);
  }

  void startRestart(IceCredentials remote) {
    IceGeneration next;
    synchronized (this) {
      next = pending;
    }
    if (next != null) {
      next.start(remote);
    }
  }

  private void abandonRestart(IceGeneration generation) {
    synchronized (this) {
      if (pending != generation) {
        return;
      }
      pending = null;
      restartDeadline.cancel();
    }
    free(generation);
  }

  @Override
  public void onChecked(IceGeneration generation, MediaPath path) {
    checksHeard.increment();
    checkedPaths.add(path);
  }

  @Override
  public void onValidated(IceGeneration generation, MediaPath path) {
    synchronized (this) {
      if (closed || generation != current || pathKnown) {
        return;
      }
      pathKnown = true;
      lastConsent = threads.nanoTime();
    }
    transport.pathFound(path);
  }

  @Override
  public void onSelected(IceGeneration generation, MediaPath path) {
    IceGeneration old = null;
    IceGeneration older = null;
    synchronized (this) {
      if (closed || (generation != current && generation != pending)) {
        return;
      }
      if (generation == pending) {
        older = retired;
        old = current;
        retired = old;
        current = generation;
        pending = null;
        restartDeadline.cancel();
      }
      pathKnown = true;
      lastConsent = threads.nanoTime();
    }
    free(older);
    if (old != null) {
      IceGeneration replaced = old;
      ScheduledFuture<?> unused = threads.after(OLD_GENERATION_STAYS, () -> free(replaced));
    }
    transport.pathFound(path);
  }

  @Override
  public void onMoved(IceGeneration generation, MediaPath path) {
    synchronized (this) {
      if (closed || generation != current) {
        return;
      }
      lastConsent = threads.nanoTime();
    }
    LOG.debug("a client is at another address now: {}", path.remote());
    transport.pathFound(path);
  }

  @Override
  public synchronized void onConsent(IceGeneration generation) {
    if (generation == current) {
      lastConsent = threads.nanoTime();
    }
  }

  @Override
  public void onFault(IceGeneration generation, Throwable fault) {
    transport.fail(fault);
  }

  /** DTLS is up: from now on only consent can be lost. */
  synchronized void connected() {
    if (closed) {
      return;
    }
    connected = true;
    deadline.cancel();
    Duration timeout = environment.config().consentTimeout();
    consentWatch.every(timeout.dividedBy(8), () -> watchConsent(timeout));
  }

  private void watchConsent(Duration timeout) {
    IceGeneration generation;
    boolean lost;
    synchronized (this) {
      generation = current;
      // A restart that is under way is the client's own cure for a dead path.
      lost = !closed && pending == null && threads.nanoTime() - lastConsent >= timeout.toNanos();
    }
    if (!lost) {
      generation.askForConsent();
      return;
    }
    transport.end(
        EndReason.CONSENT_LOST,
        "the peer has not answered for %d ms".formatted(timeout.toMillis()));
  }

  /** The last round-trip time over that path. */
  OptionalLong roundTripMicros(MediaPath path) {
    IceGeneration generation;
    synchronized (this) {
      generation = current;
    }
    return generation.roundTripMicros(path);
  }

  /** Gives up routes, timers and agents. */
  void close() {
    IceGeneration last;
    IceGeneration next;
    IceGeneration previous;
    synchronized (this) {
      closed = true;
      deadline.cancel();
      restartDeadline.cancel();
      consentWatch.cancel();
      last = current;
      next = pending;
      pending = null;
      previous = retired;
    }
    checkedPaths.close();
    free(last);
    free(next);
    free(previous);
  }

  private void free(@Nullable IceGeneration generation) {
    if (generation != null) {
      generation.unregister();
      threads.work(generation::free);
    }
  }
}
