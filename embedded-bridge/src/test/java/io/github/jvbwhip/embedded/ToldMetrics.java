package io.github.jvbwhip.embedded;

import io.github.jvbwhip.core.metrics.PacketTotals;
import io.github.jvbwhip.core.metrics.SessionMetrics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes down what it is told. Thread-safe. */
final class ToldMetrics implements SessionMetrics {
  private final List<String> lines = new ArrayList<>();

  synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  private synchronized void write(String line) {
    lines.add(line);
  }

  @Override
  public void opened(Kind kind, long nanos) {
    write("opened " + kind + " " + nanos);
  }

  @Override
  public void connected(long nanos) {
    write("connected " + nanos);
  }

  @Override
  public void ended(Kind kind, String reason) {
    write("ended " + kind + " " + reason);
  }

  @Override
  public void learnt(long nanos) {
    write("learnt " + nanos);
  }

  @Override
  public void sessions(Kind kind, State state, long count) {
    if (count > 0) {
      write("sessions " + kind + " " + state + " " + count);
    }
  }

  @Override
  public void audiences(int[] players) {
    write("audiences " + Arrays.toString(players));
  }

  @Override
  public void packets(Kind kind, PacketTotals fresh) {
    if (!fresh.equals(PacketTotals.NONE)) {
      write("packets " + kind + " " + fresh.rewritten() + " " + fresh.dropped());
    }
  }

  @Override
  public void accepting(boolean now) {
    write("accepting " + now);
  }
}
