package io.github.jvbwhip.core.negotiation;

import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import java.util.List;

/**
 * What a publisher's offer comes to: everything a bridge is asked for, and what is needed to
 * answer. Immutable.
 *
 * @param remote the publisher's transport, its DTLS role resolved
 * @param media the accepted m-sections, in the offer's order
 * @param outline for {@link Negotiation#answer(IngestPlan, LocalTransport, long)} and {@link
 *     Negotiation#restartFragment}
 */
public record IngestPlan(RemoteTransport remote, List<IngestMedia> media, AnswerOutline outline) {
  public IngestPlan {
    media = List.copyOf(media);
  }

  /** The same where the bridge takes those m-sections with fewer codecs or extensions. */
  public IngestPlan taken(List<IngestMedia> withFewer) {
    return new IngestPlan(remote, withFewer, outline);
  }
}
