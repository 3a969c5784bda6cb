package io.github.jvbwhip.core.bridge;

import java.util.List;
import java.util.Optional;

/**
 * What a player asks for.
 *
 * @param stream the pinned stream ({@link Pins}); empty for the stage (the active speaker, or the
 *     only publisher)
 * @param media at least one m-section; several of a kind get the next tracks in order
 * @param transport empty when the bridge offers: {@link EgressEndpoint#connect} completes it
 * @param token what the viewer has signed in with, for rooms that somebody else manages; a secret,
 *     which {@link #toString} leaves out
 */
public record EgressRequest(
    RoomName room,
    Optional<StreamName> stream,
    List<EgressMedia> media,
    Optional<RemoteTransport> transport,
    Optional<String> token) {
  public EgressRequest {
    media = List.copyOf(media);
  }

  /** Of a viewer who has not signed in. */
  public EgressRequest(
      RoomName room,
      Optional<StreamName> stream,
      List<EgressMedia> media,
      Optional<RemoteTransport> transport) {
    this(room, stream, media, transport, Optional.empty());
  }

  @Override
  public String toString() {
    return "EgressRequest[" + room + stream.map(name -> "/" + name).orElse("") + "]";
  }
}
