package io.github.jvbwhip.http.access;

import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import java.util.Map;
import java.util.Optional;

/** Questions for authorizers. */
public final class Requests {
  private Requests() {}

  /** A POST to {@code room} or {@code room/stream} with these credentials. */
  public static AccessRequest post(Action action, String place, Credentials credentials) {
    String[] names = place.split("/");
    return new AccessRequest(
        action,
        "POST",
        place.isEmpty() ? Optional.empty() : RoomName.of(names[0]),
        names.length > 1 ? StreamName.of(names[1]) : Optional.empty(),
        "192.0.2.1",
        credentials,
        Map.of("User-Agent", "OBS"));
  }

  /** The same with {@code Authorization: Bearer}. */
  public static AccessRequest withToken(Action action, String place, String token) {
    return post(action, place, header("Bearer " + token));
  }

  /** What such a field of a request says. */
  public static Credentials header(String authorization) {
    return Credentials.read(Optional.of(authorization), Optional.empty(), false);
  }
}
