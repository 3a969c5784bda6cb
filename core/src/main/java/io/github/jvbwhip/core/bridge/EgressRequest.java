package io.github.jvbwhip.core.bridge;

import java.util.List;
import java.util.Optional;

/**
 * What a player asks for.
 *
 * @param stream the pinned stream; empty for the stage (the active speaker, or the only publisher)
 * @param media at least one m-section; several of a kind get the next tracks in order
 * @param transport empty when the bridge offers: {@link EgressEndpoint#connect} completes it
 */
public record EgressRequest(
    RoomName room,
    Optional<StreamName> stream,
    List<EgressMedia> media,
    Optional<RemoteTransport> transport) {
  public EgressRequest {
    media = List.copyOf(media);
  }
}
