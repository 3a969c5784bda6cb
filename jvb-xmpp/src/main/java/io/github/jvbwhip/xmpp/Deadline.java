package io.github.jvbwhip.xmpp;

import io.github.jvbwhip.core.bridge.BridgeException;
import java.time.Duration;
import org.jivesoftware.smack.SmackException;

/**
 * Until when somebody has to be in a room, whatever has to be done for it, and what is waited for
 * at the moment. Thread-safe; its lock is a leaf.
 */
final class Deadline {

  /** What is waited for, and what to say where that has not come in time. */
  enum Step {
    THREAD("Many publishers and players join meetings at the moment. Try again."),
    SIGN_IN("The meeting server does not answer in time. Try again."),
    /** Until the server is known to be there. */
    REQUEST(SIGN_IN.words),
    FOCUS("Who manages meetings (Jicofo) does not answer in time. Try again."),
    ROOM(SIGN_IN.words),
    INVITATION(
        "The meeting has not invited this publisher: it has no bridge, or nobody else is in it."
            + " Try again."),
    ACCEPTANCE(
        "Who manages the meeting (Jicofo) has not taken this publisher's acceptance in time."
            + " Try again.");

    private final String words;

    Step(String words) {
      this.words = words;
    }
  }

  private final long endNanos;
  private Step step = Step.THREAD;

  /**
   * From now on.
   *
   * @param time nothing is left where it is negative
   */
  Deadline(Duration time) {
    this.endNanos = System.nanoTime() + time.toNanos();
  }

  /** Goes on to the next step. */
  synchronized void at(Step next) {
    step = next;
  }

  /** Goes on from that step, unless it is over already. */
  synchronized void advance(Step from, Step next) {
    if (step == from) {
      step = next;
    }
  }

  Duration left() {
    return Duration.ofNanos(Math.max(0, endNanos - System.nanoTime()));
  }

  /**
   * The same for a step that is about to begin.
   *
   * @throws BridgeException where nothing is left
   */
  int leftMillis() throws BridgeException {
    int left = (int) left().toMillis();
    if (left == 0) {
      throw missed();
    }
    return left;
  }

  /** What to say when it is over. */
  synchronized BridgeException missed() {
    return XmppErrors.unavailable(step.words, null);
  }

  /** What to say instead: who waits for an answer does so until it is over. */
  BridgeException told(BridgeException failure) {
    return failure.getCause() instanceof SmackException.NoResponseException ? missed() : failure;
  }
}
