package io.github.jvbwhip.core.bridge;

import java.util.List;

/**
 * What a publisher asks for.
 *
 * @param media at least one m-section; several of a kind are tracks of the stream, in order
 */
public record IngestRequest(
    RoomName room,
    StreamName stream,
    List<IngestMedia> media,
    RemoteTransport transport,
    PublisherInfo publisher) {
  public IngestRequest {
    media = List.copyOf(media);
  }

  /** The same with other m-sections. */
  public IngestRequest withMedia(List<IngestMedia> other) {
    return new IngestRequest(room, stream, other, transport, publisher);
  }

  /** Of a publisher of whom nothing is known. */
  public IngestRequest(
      RoomName room, StreamName stream, List<IngestMedia> media, RemoteTransport transport) {
    this(room, stream, media, transport, PublisherInfo.NONE);
  }

  /** The same of a publisher whose video is a screen. */
  public IngestRequest asScreen() {
    return new IngestRequest(
        room,
        stream,
        media,
        transport,
        new PublisherInfo(publisher.displayName(), publisher.token(), true));
  }
}
