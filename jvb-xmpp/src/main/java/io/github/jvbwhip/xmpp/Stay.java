package io.github.jvbwhip.xmpp;

import io.github.jvbwhip.jvb.host.Invitation;
import io.github.jvbwhip.jvb.host.Newcomer;
import io.github.jvbwhip.jvb.host.ParticipantListener;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A publisher as a participant, from the moment that it wants to join until it leaves; when it
 * comes back, that is another one. Thread-safe.
 *
 * @param attempt to join
 */
record Stay(Newcomer newcomer, ParticipantListener listener, Attempt<Invitation> attempt) {

  /**
   * @param joinTimeout how long it may take from when it has asked
   */
  Stay(Newcomer newcomer, ParticipantListener listener, Duration joinTimeout) {
    this(newcomer, listener, new Attempt<>(new Deadline(joinTimeout.minus(newcomer.waited()))));
  }

  /** Whether that is the same publisher, and has signed in with the same. */
  boolean isOf(Newcomer other) {
    return newcomer.stream().equals(other.stream()) && newcomer.token().equals(other.token());
  }

  Deadline deadline() {
    return attempt.deadline();
  }

  CompletableFuture<Invitation> invited() {
    return attempt.result();
  }
}
