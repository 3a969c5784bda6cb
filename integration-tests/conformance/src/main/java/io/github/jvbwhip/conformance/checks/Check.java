package io.github.jvbwhip.conformance.checks;

import io.github.jvbwhip.conformance.Requirement;
import io.github.jvbwhip.conformance.client.Lab;
import io.github.jvbwhip.conformance.client.Protocol;

/**
 * How one requirement is checked.
 *
 * @param procedure throws {@code Unmet}, {@code NotApplicable}, or returns when all is well
 */
public record Check(Requirement requirement, Protocol protocol, Procedure procedure) {
  /** What to do, and what to look at. */
  @FunctionalInterface
  public interface Procedure {
    /** Runs the check. */
    void run(Lab lab);
  }
}
