package io.github.jvbwhip.jvb.host;

import java.util.concurrent.CompletableFuture;

/**
 * Rooms that somebody else manages: who publishes there is a participant, and who manages them
 * allocates its endpoint. Thread-safe.
 */
public interface Meetings extends AutoCloseable {

  /**
   * Joins the room and waits to be invited. Returns at once; bounded in time. Whoever does not want
   * to wait any more completes the future, and whatever comes of it then is undone.
   *
   * @param listener hears what becomes of the participant after the invitation
   * @return fails with a {@link io.github.jvbwhip.core.bridge.BridgeException}; nothing stays in
   *     the room then
   */
  CompletableFuture<Invitation> join(Newcomer newcomer, ParticipantListener listener);

  /** Leaves all rooms. */
  @Override
  void close();
}
