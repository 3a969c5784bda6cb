package io.github.jvbwhip.cluster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The other members that take players, as of the last heartbeats and by who was sent there since.
 * Thread-safe.
 */
final class Refuges {
  private static final class Refuge {
    final String name;
    final int players;

    /** How many more it takes. */
    final long places;

    /** Who is not among its players yet, perhaps. */
    int sent;

    Refuge(ClusterMember member, int sent) {
      name = member.name();
      players = member.load().players();
      places = member.places();
      this.sent = sent;
    }

    long left() {
      return places == ClusterMember.ANY ? places : places - sent;
    }
  }

  private List<Refuge> all = List.of();

  /** To be called about as often as members tell what they have to do. */
  synchronized void update(Collection<ClusterMember> members) {
    List<Refuge> now = new ArrayList<>();
    for (ClusterMember member : members) {
      if (member.takesSessions()) {
        int sent =
            all.stream()
                .filter(each -> each.name.equals(member.name()))
                .mapToInt(each -> each.sent / 2) // Of whom the others are counted by now.
                .sum();
        now.add(new Refuge(member, sent));
      }
    }
    all = now;
  }

  /** The member that has room for most, and one more player from now on. */
  synchronized Optional<String> next() {
    Optional<Refuge> best =
        all.stream()
            .filter(each -> each.left() > 0)
            .max(
                Comparator.comparingLong((Refuge each) -> each.left())
                    .thenComparingInt(each -> -each.players - each.sent));
    best.ifPresent(each -> each.sent++);
    return best.map(each -> each.name);
  }
}
