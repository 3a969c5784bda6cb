package io.github.jvbwhip.core.bridge;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Keeps what a bridge told about one endpoint. */
public final class RecordingListener implements EndpointListener {
  private final CountDownLatch connected = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private volatile Optional<EndReason> reason = Optional.empty();

  @Override
  public void connected() {
    calls.add("connected");
    connected.countDown();
  }

  @Override
  public void ended(EndReason reason, String detail) {
    calls.add("ended " + reason);
    this.reason = Optional.of(reason);
    ended.countDown();
  }

  /** Waits for {@link #connected}; false when it does not come in time. */
  public boolean awaitConnected(Duration limit) throws InterruptedException {
    return connected.await(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Waits for {@link #ended}; empty when it does not come in time. */
  public Optional<EndReason> awaitEnded(Duration limit) throws InterruptedException {
    return ended.await(limit.toMillis(), TimeUnit.MILLISECONDS) ? reason : Optional.empty();
  }

  /** The calls so far, in order. */
  public List<String> calls() {
    return List.copyOf(calls);
  }
}
