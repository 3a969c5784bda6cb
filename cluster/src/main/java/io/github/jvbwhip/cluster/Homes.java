package io.github.jvbwhip.cluster;

import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.text.Sha256;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * Which member is the home of a room, by rendezvous hashing: a member that comes or goes moves none
 * but its own rooms. Stateless.
 */
final class Homes {
  private Homes() {}

  /** The first of them, in the order of that room. */
  static Optional<String> first(RoomName room, Collection<String> members) {
    return members.stream().min(order(room));
  }

  /** Whether a member comes before another one, in the order of that room. */
  static boolean isBefore(RoomName room, String member, String other) {
    return order(room).compare(member, other) < 0;
  }

  private static Comparator<String> order(RoomName room) {
    return (one, other) -> {
      int compared = Arrays.compareUnsigned(weight(room, other), weight(room, one));
      return compared != 0 ? compared : one.compareTo(other);
    };
  }

  private static byte[] weight(RoomName room, String member) {
    return Sha256.of(room.value() + "\n" + member);
  }
}
