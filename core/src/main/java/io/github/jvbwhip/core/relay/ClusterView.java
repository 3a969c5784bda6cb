package io.github.jvbwhip.core.relay;

import io.github.jvbwhip.core.bridge.Availability;
import io.github.jvbwhip.core.bridge.RoomName;
import java.util.List;

/**
 * The cluster as this member sees it, of one moment. Immutable.
 *
 * @param self this member's name
 * @param members the others
 * @param links those of this member
 */
public record ClusterView(String self, List<MemberView> members, List<LinkView> links) {
  public ClusterView {
    members = List.copyOf(members);
    links = List.copyOf(links);
  }

  /**
   * Another member.
   *
   * @param url its name
   * @param healthy whether it answers
   * @param silentMillis since it has answered last; -1 where it never has
   * @param state whether it takes new sessions
   * @param players that it has
   * @param maxPlayers that it takes; 0 for any number
   * @param rooms that it is the home of
   */
  public record MemberView(
      String url,
      boolean healthy,
      long silentMillis,
      Availability.State state,
      int players,
      int maxPlayers,
      int rooms) {}

  /** Where the other side of a link is. */
  public enum Direction {
    /** Nearer to the room's home. */
    UP,
    /** Farther from it. */
    DOWN
  }

  /**
   * A link of this member.
   *
   * @param id the same on both sides
   * @param peer the other side's name
   * @param depth of its lower side: 1 where its upper side is the room's home; 0 while there is no
   *     way to the home
   * @param viewers that are reached over it; those on this side where it leads up
   * @param stats of its media
   */
  public record LinkView(
      RoomName room,
      String id,
      String peer,
      Direction direction,
      int depth,
      int viewers,
      RelayLink.Stats stats) {}
}
