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
        signal -> { // On a thread of its own, which may wait.
          boolean drains = signal.getName().equals("TERM") && !running.drainTimeout().isZero();
          try {
            if (!ending.getAndSet(true) && drains) {
              running.drain();
            }
            running.close();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } finally {
            System.exit(STATUS + signal.getNumber());
          }
        };
    Signal.handle(new Signal("TERM"), handler);
    Signal.handle(new Signal("INT"), handler);
  }
}
