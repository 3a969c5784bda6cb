package io.github.jvbwhip.conformance;

import java.time.Duration;

/**
 * What a check found.
 *
 * @param detail of a failure what was expected and what was seen, of a skipped check the reason;
 *     otherwise empty
 */
public record Result(Requirement requirement, Status status, String detail, Duration took) {
  /** How it ended. */
  public enum Status {
    PASS,
    FAIL,
    SKIPPED
  }

  /** Whether the server breaks a requirement of this level. */
  public boolean fails(Level level) {
    return status == Status.FAIL && requirement.level() == level;
  }
}
