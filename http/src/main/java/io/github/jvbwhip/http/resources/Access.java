package io.github.jvbwhip.http.resources;

import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.http.access.Action;
import java.util.Optional;

/**
 * Who may call a resource.
 *
 * @param action what the callers do
 * @param room which one it is about
 * @param stream which one it is about
 * @param capability whether knowing the URL is enough; in strict mode the authorizer is asked as
 *     well
 */
public record Access(
    Action action, Optional<RoomName> room, Optional<StreamName> stream, boolean capability) {

  /** Whom the authorizer lets. */
  public static Access to(Action action, Optional<RoomName> room, Optional<StreamName> stream) {
    return new Access(action, room, stream, false);
  }

  /** Whoever knows the URL of a session. */
  public static Access bySecret(Action action) {
    return new Access(action, Optional.empty(), Optional.empty(), true);
  }
}
