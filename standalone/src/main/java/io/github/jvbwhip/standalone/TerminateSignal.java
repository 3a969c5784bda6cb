package io.github.jvbwhip.standalone;

import java.util.concurrent.atomic.AtomicBoolean;
import sun.misc.Signal;

/** What SIGTERM does. */
final class TerminateSignal {
  private static final int TERMINATED = 128 + 15;

  private TerminateSignal() {}

  /** The first one drains the server, and ends the process then; a second one ends it at once. */
  static void drain(Standalone running) {
    AtomicBoolean draining = new AtomicBoolean();
    Signal.handle(
        new Signal("TERM"),
        signal -> { // On a thread of its own, which may wait.
          if (!draining.getAndSet(true)) {
            try {
              running.drain();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
          System.exit(TERMINATED);
        });
  }
}
