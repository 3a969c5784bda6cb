package io.github.jvbwhip.standalone;

import java.util.concurrent.atomic.AtomicBoolean;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * What SIGTERM and SIGINT do: the server is closed before Java begins to end, which takes the log
 * away at once.
 */
final class TerminateSignal {
  private static final int STATUS = 128;

  private TerminateSignal() {}

  /** SIGTERM drains the server first, where it is to be; the next signal ends it at once. */
  static void handle(Standalone running) {
    AtomicBoolean ending = new AtomicBoolean();
    SignalHandler handler =
        signal -> {
          boolean drains = signal.getName().equals("TERM") && !running.drainTimeout().isZero();
          boolean first = !ending.getAndSet(true);
          Thread thread = new Thread(() -> end(running, first && drains, signal), "shutdown");
          thread.setDaemon(false); // Without a thread that keeps it, the process has status 0.
          thread.start();
        };
    Signal.handle(new Signal("TERM"), handler);
    Signal.handle(new Signal("INT"), handler);
  }

  private static void end(Standalone running, boolean drains, Signal signal) {
    try {
      if (drains) {
        running.drain();
      }
      running.close();
    } finally {
      System.exit(STATUS + signal.getNumber());
    }
  }
}
