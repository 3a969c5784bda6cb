package io.github.jvbwhip.integration.edge;

import io.github.jvbwhip.testpeer.Signal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What edges of this JVM write into the log. Thread-safe. */
final class LogLines extends Handler implements AutoCloseable {
  private static final Logger EDGE = Logger.getLogger("io.github.jvbwhip.edge");

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Signal signal = new Signal();

  LogLines() {
    EDGE.addHandler(this);
  }

  @Override
  public void publish(LogRecord line) {
    if (line.getLevel().intValue() >= Level.WARNING.intValue()) {
      lines.add(line.getMessage());
      signal.raise();
    }
  }

  /** Waits for a warning with that in it. */
  void await(String text, Duration timeout) {
    signal.await(text, timeout, () -> count(text) > 0, lines::toString);
  }

  /** How many warnings have that in them. */
  long count(String text) {
    return lines.stream().filter(line -> line.contains(text)).count();
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    EDGE.removeHandler(this);
  }
}
