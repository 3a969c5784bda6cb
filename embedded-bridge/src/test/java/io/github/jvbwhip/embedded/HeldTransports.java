package io.github.jvbwhip.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.bridge.LocalTransport;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import io.github.jvbwhip.core.bridge.SelectedPair;
import io.github.jvbwhip.embedded.transport.MediaTransport;
import io.github.jvbwhip.embedded.transport.TransportFactory;
import io.github.jvbwhip.embedded.transport.TransportListener;
import io.github.jvbwhip.embedded.transport.TransportStats;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes transports that carry nothing, and none before the test says so. */
final class HeldTransports implements TransportFactory {
  private final boolean heard;
  private final CountDownLatch released = new CountDownLatch(1);
  private final Semaphore askedFor = new Semaphore(0);
  private final Semaphore closed = new Semaphore(0);
  private final AtomicInteger asked = new AtomicInteger();
  private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();

  HeldTransports() {
    this(false);
  }

  /**
   * @param heard whether clients have checked
   */
  HeldTransports(boolean heard) {
    this.heard = heard;
  }

  @Override
  public boolean isLive() {
    return true;
  }

  /** From now on, transports are made at once. */
  void release() {
    released.countDown();
  }

  /** Lets the next transport fail. */
  void fail(Throwable failure) {
    failures.add(failure);
  }

  int asked() {
    return asked.get();
  }

  /** Waits for one more request for a transport. */
  void awaitAsked() throws InterruptedException {
    assertThat(askedFor.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
  }

  /** Waits until one more transport is closed. */
  void awaitClosed() throws InterruptedException {
    assertThat(closed.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
  }

  @Override
  public MediaTransport create(Optional<RemoteTransport> remote, TransportListener listener)
      throws BridgeException {
    asked.incrementAndGet();
    askedFor.release();
    try {
      assertThat(released.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    Throwable failure = failures.poll();
    if (failure instanceof BridgeException refusal) {
      throw refusal;
    }
    if (failure instanceof Error error) {
      throw error;
    }
    return new Transport();
  }

  @Override
  public MediaTransport call(Optional<RemoteTransport> remote, TransportListener listener)
      throws BridgeException {
    return create(remote, listener);
  }

  @Override
  public List<InetSocketAddress> localAddresses() {
    return List.of();
  }

  @Override
  public List<InetSocketAddress> localTcpAddresses() {
    return List.of();
  }

  @Override
  public void close() {}

  private final class Transport implements MediaTransport {
    private boolean open = true;

    @Override
    public LocalTransport localTransport() {
      return new LocalTransport(
          new IceCredentials("abcd", "abcdefghijklmnopqrstuv"),
          List.of(),
          List.of(),
          Optional.empty());
    }

    @Override
    public void connect(RemoteTransport remote) {}

    @Override
    public LocalTransport restartIce(IceCredentials remote) {
      return localTransport();
    }

    @Override
    public boolean sendRtp(byte[] buffer, int offset, int length) {
      return false;
    }

    @Override
    public boolean sendRtcp(byte[] buffer, int offset, int length) {
      return false;
    }

    @Override
    public boolean isHeard() {
      return heard;
    }

    @Override
    public Optional<SelectedPair> pair() {
      return Optional.empty();
    }

    @Override
    public TransportStats stats() {
      return new TransportStats(false, 0, 0, 0, 0, 0, 0, OptionalLong.empty());
    }

    @Override
    public synchronized void close() {
      if (open) {
        open = false;
        closed.release();
      }
    }
  }
}
