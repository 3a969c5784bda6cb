package io.github.jvbwhip.cluster.wire;

import io.github.jvbwhip.core.relay.RelayLink.Refusal;
import java.util.List;

/**
 * What is on one side of a link has changed.
 *
 * @param refused of what the other side has told: streams that cannot be in the room
 */
public record SideMessage(String link, Side side, List<Refusal> refused) {
  public SideMessage {
    refused = List.copyOf(refused);
  }

  /**
   * What becomes of it.
   *
   * @param known whether there is such a link
   */
  public record Taken(boolean known) {}
}
