package io.github.jvbwhip.cluster.wire;

import io.github.jvbwhip.core.bridge.Availability;
import io.github.jvbwhip.core.bridge.RoomName;
import java.util.List;
import java.util.Optional;

/**
 * A member says that it is there, and is answered with the same of the other one.
 *
 * @param incarnation of the sender's process
 * @param leaving whether this is its last one
 * @param known what it knows of the receiver's claims
 * @param claims its own, where the receiver does not know these
 * @param links the ids of those that it has, or is about to have, with the receiver
 */
public record Heartbeat(
    String incarnation,
    boolean leaving,
    Load load,
    Known known,
    Optional<Claims> claims,
    List<String> links) {
  public Heartbeat {
    links = List.copyOf(links);
  }

  /**
   * What a member has to do.
   *
   * @param state whether it takes new sessions
   * @param maxPlayers that it takes; 0 for any number
   */
  public record Load(Availability.State state, int players, int maxPlayers) {}

  /**
   * Which claims are known.
   *
   * @param incarnation of who has made them; empty for none
   */
  public record Known(String incarnation, long version) {
    /** Nothing is. */
    public static final Known NOTHING = new Known("", 0);
  }

  /**
   * All rooms that a member is the home of.
   *
   * @param version grows with each change
   */
  public record Claims(long version, List<Claim> rooms) {
    public Claims {
      rooms = List.copyOf(rooms);
    }
  }

  /**
   * One of them.
   *
   * @param streams whether anything is published in it
   */
  public record Claim(RoomName room, boolean streams) {}
}
