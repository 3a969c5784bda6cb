package io.github.jvbwhip.core.bridge;

import java.util.List;

/**
 * What a publisher asks for.
 *
 * @param media at least one m-section; several of a kind are tracks of the stream, in order
 * @param limits which it has been told in SDP; a bridge tells it the bit rate by RTCP too, as far
 *     as that is negotiated, and forwards also what is beyond
 * @param further whether it brings, of a stream that another session brings, one more encoding,
 *     which {@link RemoteEncodings} has told: its first video m-section, with the RID. For a {@link
 *     CallingBridge} alone
 */
public record IngestRequest(
    RoomName room,
    StreamName stream,
    List<IngestMedia> media,
    RemoteTransport transport,
    PublisherInfo publisher,
    PublisherLimits limits,
    boolean further) {
  public IngestRequest {
    media = List.copyOf(media);
  }

  /** Of a stream. */
  public IngestRequest(
      RoomName room,
      StreamName stream,
      List<IngestMedia> media,
      RemoteTransport transport,
      PublisherInfo publisher,
      PublisherLimits limits) {
    this(room, stream, media, transport, publisher, limits, false);
  }

  /** The same with other m-sections. */
  public IngestRequest withMedia(List<IngestMedia> other) {
    return new IngestRequest(room, stream, other, transport, publisher, limits, further);
  }

  /** The same with limits. */
  public IngestRequest withLimits(PublisherLimits other) {
    return new IngestRequest(room, stream, media, transport, publisher, other, further);
  }

  /** The same for one more encoding of a stream that is there. */
  public IngestRequest asFurther() {
    return new IngestRequest(room, stream, media, transport, publisher, limits, true);
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
        limits,
        further);
  }

  /** Whether a limit of the bit rate can be told by RTCP (draft-alvestrand-rmcat-remb-03). */
  public boolean takesBitrate() {
    return media.stream()
        .flatMap(section -> section.codecs().stream())
        .anyMatch(codec -> codec.feedback().contains(Feedback.GOOG_REMB));
  }
}
