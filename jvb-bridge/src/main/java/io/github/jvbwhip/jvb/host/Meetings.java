package io.github.jvbwhip.jvb.host;

import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Rooms that somebody else manages: who publishes there is a participant, and who manages them
 * allocates its endpoint; and those who watch are one participant together. Thread-safe.
 */
public interface Meetings extends AutoCloseable {

  /**
   * Joins the room and waits to be invited. Returns at once; bounded in time. Whoever does not want
   * to wait any more completes the future, and whatever comes of it then is undone. A publisher
   * that {@linkplain Invitation#giveWay has given way} before has its place again.
   *
   * @param listener hears what becomes of the participant after the invitation
   * @return fails with a {@link io.github.jvbwhip.core.bridge.BridgeException}; nothing stays in
   *     the room then
   */
  CompletableFuture<Invitation> join(Newcomer newcomer, ParticipantListener listener);

  /** How long joining may take, and the same of whoever watches. */
  Duration joinTimeout();

  /** Whether the video of whoever publishes under that name is a screen. */
  boolean isScreen(StreamName stream);

  /** The whole name of the room's conference on the bridge; empty where it can have none. */
  Optional<String> conferenceName(RoomName room);

  /**
   * Joins the room for those who watch it, and never as the first. Returns at once; bounded in
   * time. Whoever does not want to wait any more completes the future, and whatever comes of it
   * then is undone.
   *
   * @param conferenceName the whole name
   * @param token what the first player has signed in with
   * @return fails with a {@link io.github.jvbwhip.core.bridge.BridgeException}: {@code FORBIDDEN}
   *     where it is not let in; nothing stays in the room then
   */
  CompletableFuture<Audience> watch(
      String conferenceName, Optional<String> token, AudienceListener listener);

  /** Leaves all rooms. */
  @Override
  void close();
}
