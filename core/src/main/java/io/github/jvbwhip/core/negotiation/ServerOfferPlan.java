package io.github.jvbwhip.core.negotiation;

import io.github.jvbwhip.core.bridge.EgressMedia;
import java.util.List;

/**
 * What the server will offer to a player (WHEP counter-offer): one audio and one video m-section,
 * with numbers of our own choice. Immutable.
 *
 * @param media what to open the bridge's endpoint with
 */
public record ServerOfferPlan(List<EgressMedia> media) {
  public ServerOfferPlan {
    media = List.copyOf(media);
  }
}
