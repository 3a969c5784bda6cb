package io.github.jvbwhip.jvb.fake;

import io.github.jvbwhip.core.metrics.PacketTotals;
import io.github.jvbwhip.core.metrics.SessionMetrics;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Remembers what it was told of the lives of sessions. Thread-safe. */
public final class FakeMetrics implements SessionMetrics {
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final AtomicReference<@Nullable Error> fault = new AtomicReference<>();

  /** Such as {@code opened WHIP} and {@code ended WHEP closed}, in order. */
  public List<String> told() {
    return List.copyOf(told);
  }

  /** The next endpoint that is allocated is not counted: that fails. */
  public void failNextOpened(Error error) {
    fault.set(error);
  }

  @Override
  public void opened(Kind kind, long nanos) {
    Error error = fault.getAndSet(null);
    if (error != null) {
      throw error;
    }
    told.add("opened " + kind);
  }

  @Override
  public void connected(long nanos) {
    told.add("connected");
  }

  @Override
  public void ended(Kind kind, String reason) {
    told.add("ended " + kind + " " + reason);
  }

  @Override
  public void learnt(long nanos) {
    told.add("learnt");
  }

  @Override
  public void sessions(Kind kind, State state, long count) {}

  @Override
  public void audiences(int[] players) {}

  @Override
  public void packets(Kind kind, PacketTotals fresh) {}

  @Override
  public void accepting(boolean now) {}
}
