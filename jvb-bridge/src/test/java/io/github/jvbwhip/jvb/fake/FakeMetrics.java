package io.github.jvbwhip.jvb.fake;

import io.github.jvbwhip.jvb.host.SessionMetrics;
import io.github.jvbwhip.jvb.media.PacketTotals;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what it was told of the lives of sessions. Thread-safe. */
public final class FakeMetrics implements SessionMetrics {
  private final List<String> told = new CopyOnWriteArrayList<>();

  /** Such as {@code opened WHIP} and {@code ended WHEP closed}, in order. */
  public List<String> told() {
    return List.copyOf(told);
  }

  @Override
  public void opened(Kind kind, long nanos) {
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
}
