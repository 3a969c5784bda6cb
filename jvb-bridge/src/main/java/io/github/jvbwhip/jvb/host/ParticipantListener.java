package io.github.jvbwhip.jvb.host;

import io.github.jvbwhip.core.bridge.EndReason;

/** Hears what becomes of a participant. Called on threads that must not wait: only enqueues. */
public interface ParticipantListener {

  /**
   * It is no participant any more, or its invitation is void; at most once, and not after {@link
   * Invitation#leave}.
   *
   * @param detail what a person who runs the server wants to know; no secrets
   */
  void ended(EndReason reason, String detail);

  /**
   * The same where the people in the room did not want just this one there; called instead. It may
   * come before the invitation, and after {@link Invitation#giveWay}.
   *
   * @param meeting the whole name of the room's conference
   */
  void removed(String meeting, String detail);

  /**
   * Whether it may join: it was not {@link #removed} from that meeting before. Asked before anybody
   * there sees it; as quick as a field.
   *
   * @param meeting likewise
   */
  boolean isWelcome(String meeting);
}
