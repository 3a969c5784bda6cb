package io.github.jvbwhip.core.bridge;

import java.util.List;

/**
 * What a publisher asks for.
 *
 * @param media at least one m-section; several of a kind are tracks of the stream, in order
 * @param limits which it has been told in SDP; a bridge tells it the bit rate by RTCP too, as far
 *     as that is negotiated, and forwards also what is beyond
 */
public record IngestRequest(
    RoomName room,
    StreamName stream,
    List<IngestMedia> media,
    RemoteTransport transport,
    PublisherInfo publisher,
    PublisherLimits limits) {
  public IngestRequest {
    media = List.copyOf(media);
  }

  /** The same with other m-sections. */
  public IngestRequest withMedia(List<IngestMedia> other) {
    return new IngestRequest(room, stream, other, transport, publisher, limits);
  }

  /** The same with limits. */
  public IngestRequest withLimits(PublisherLimits other) {
    return new IngestRequest(room, stream, media, transport, publisher, other);
  }

  /** Of a publisher of whom nothing is known. */
  public IngestRequest(
      RoomName room, StreamName stream, List<IngestMedia> media, RemoteTransport transport) {
    this(room, stream, media, transport, PublisherInfo.NONE, PublisherLimits.NONE);
  }

  /** The same of a publisher whose video is a screen. */
  public IngestRequest asScreen() {
    return new IngestRequest(
        room,
        stream,
        media,
        transport,
        new PublisherInfo(publisher.displayName(), publisher.token(), true),
        limits);
  }

  /** Whether a limit of the bit rate can be told by RTCP (draft-alvestrand-rmcat-remb-03). */
  public boolean takesBitrate() {
    return media.stream()
        .flatMap(section -> section.codecs().stream())
        .anyMatch(codec -> codec.feedback().contains(Feedback.GOOG_REMB));
  }
}
