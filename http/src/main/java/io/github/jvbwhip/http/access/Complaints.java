package io.github.jvbwhip.http.access;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;

/** What the log says of somebody else's server: seldom, however often strangers have it asked. */
public final class Complaints {
  private static final long QUIET_NANOS = Duration.ofSeconds(10).toNanos();

  private final Logger log;
  private final String about;
  private final AtomicLong last = new AtomicLong(System.nanoTime() - QUIET_NANOS - 1);

  /**
   * @param about whom, without what its URL may have that is secret
   */
  public Complaints(Logger log, String about) {
    this.log = log;
    this.about = about;
  }

  /** Says why it could not be asked. */
  public void say(String why) {
    long now = System.nanoTime();
    long before = last.get();
    if (now - before > QUIET_NANOS && last.compareAndSet(before, now)) {
      log.warn("{} does not say who may: {}", about, why);
    }
  }
}
