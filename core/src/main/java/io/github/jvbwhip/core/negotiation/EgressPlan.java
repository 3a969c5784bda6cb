package io.github.jvbwhip.core.negotiation;

import io.github.jvbwhip.core.bridge.EgressMedia;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import java.util.List;

/**
 * What a player's offer, or its answer to the server's offer, comes to. Immutable.
 *
 * @param remote the player's transport, its DTLS role resolved
 * @param media the accepted m-sections, in order
 * @param outline for {@link Negotiation#answer(EgressPlan, LocalTransport, List, long)} and {@link
 *     Negotiation#restartFragment}
 */
public record EgressPlan(RemoteTransport remote, List<EgressMedia> media, AnswerOutline outline) {
  public EgressPlan {
    media = List.copyOf(media);
  }
}
