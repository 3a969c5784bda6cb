package io.github.jvbwhip.benchmarks.process;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The log of the benchmark's own process. */
public final class Logs {
  private Logs() {}

  /** Only what is broken: the clients' ICE and DTLS have much to tell. */
  public static void quiet() {
    for (Handler handler : Logger.getLogger("").getHandlers()) {
      handler.setLevel(Level.SEVERE);
    }
  }
}
