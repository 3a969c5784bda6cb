package io.github.jvbwhip.jvb.host;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Those who watch a meeting through this bridge, as the people in it see them: one participant for
 * all, without media. Thread-safe. After {@link #leave} or an end every call is harmless.
 */
public interface Audience {

  /** The id that its endpoint would have, if whoever manages the room allocated one. */
  String endpointId();

  /** The display names of the people in the room, by their endpoints' ids; as quick as a field. */
  Map<String, String> people();

  /**
   * Whether another player may watch too. Waits for nothing, and is bounded in time.
   *
   * @param token what that player has signed in with
   * @return fails with a {@link io.github.jvbwhip.core.bridge.BridgeException} where it may not
   */
  CompletableFuture<Void> admit(Optional<String> token);

  /** Tells the people how many watch. Waits for nothing. */
  void count(int viewers);

  /** Leaves the room. Waits for nothing; idempotent. */
  void leave();
}
