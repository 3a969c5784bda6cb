package io.github.jvbwhip.http.access;

import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import java.util.Map;
import java.util.Optional;

/**
 * The question whether a request may go on.
 *
 * @param method of HTTP; GET for HEAD
 * @param room empty where it is about none, or about a session, whose URL is a capability
 * @param stream empty where it is about none, or about the whole room
 * @param address the client's, as trusted proxies say it
 * @param headers those fields of the request that whoever decides is to be told
 */
public record AccessRequest(
    Action action,
    String method,
    Optional<RoomName> room,
    Optional<StreamName> stream,
    String address,
    Credentials credentials,
    Map<String, String> headers) {
  public AccessRequest {
    headers = Map.copyOf(headers);
  }

  /** The same for who takes no token that proxies write to their logs. */
  public AccessRequest withoutQueryToken() {
    return new AccessRequest(
        action,
        method,
        room,
        stream,
        address,
        new Credentials(credentials.bearer(), credentials.basic(), Optional.empty()),
        headers);
  }

  /** Leaves out what may be secret. */
  @Override
  public String toString() {
    return "AccessRequest[" + action + ", " + method + ", " + room + ", " + stream + "]";
  }
}
