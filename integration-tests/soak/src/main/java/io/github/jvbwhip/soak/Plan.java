package io.github.jvbwhip.soak;

import io.github.jvbwhip.soak.Guest.Farewell;
import io.github.jvbwhip.soak.Guest.Role;
import io.github.jvbwhip.soak.Guest.Way;
import io.github.jvbwhip.testpeer.media.Codec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Who comes in a round, and what happens to them: the same for the same seed and number. */
final class Plan {
  /** Where there is always something to see. */
  static final String REGULARS_ROOM = "regulars";

  private static final List<Codec> CODECS =
      List.of(Codec.VP8, Codec.H264, Codec.VP9, Codec.AV1, Codec.VP8);

  /** Nobody leaves before it could connect. */
  private static final double SHORTEST_STAY = 0.2;

  private final Random random;
  private final int round;
  private final Duration length;

  private Plan(long seed, int round, Duration length) {
    this.random = new Random(seed * 1_000_003 + round);
    this.round = round;
    this.length = length;
  }

  /**
   * The guests of a round.
   *
   * @param count how many
   */
  static List<Guest> guests(long seed, int round, Duration length, int count) {
    return new Plan(seed, round, length).guests(count);
  }

  private List<Guest> guests(int count) {
    List<Guest> guests = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      guests.add(guest(number));
    }
    return guests;
  }

  private Guest guest(int number) {
    Role role = role();
    String room = random.nextInt(3) == 0 ? REGULARS_ROOM : "round-%d".formatted(round);
    boolean publishes = role == Role.PUBLISHER || role == Role.KNOCKER;
    double comes = random.nextDouble() * (1 - 2 * SHORTEST_STAY);
    double stays = SHORTEST_STAY + random.nextDouble() * (1 - SHORTEST_STAY - comes);
    Way way = random.nextInt(2) == 0 ? Way.DIRECT : any(Way.values());
    boolean changes = way == Way.FORGETFUL || way == Way.DIRECT && random.nextInt(3) == 0;
    return new Guest(
        number,
        role,
        room,
        publishes ? Optional.of("guest-" + number) : watched(room),
        CODECS.get(random.nextInt(CODECS.size())),
        random.nextInt(3) == 0,
        way,
        at(comes),
        changes ? Optional.of(at(comes + stays / 2)) : Optional.empty(),
        at(comes + stays),
        any(Farewell.values()));
  }

  private <T> T any(T[] all) {
    return all[random.nextInt(all.length)];
  }

  private Role role() {
    int dice = random.nextInt(10);
    if (dice < 4) {
      return Role.PUBLISHER;
    } else if (dice < 8) {
      return Role.PLAYER;
    }
    return dice == 8 ? Role.KNOCKER : Role.BABBLER;
  }

  /** A regular's stream, a guest's who may be there, or the stage. */
  private Optional<String> watched(String room) {
    if (random.nextInt(3) == 0) {
      return Optional.empty();
    }
    return room.equals(REGULARS_ROOM) && random.nextBoolean()
        ? Optional.of(Regulars.STREAMS.get(random.nextInt(Regulars.STREAMS.size())))
        : Optional.of("guest-" + random.nextInt(8));
  }

  private Duration at(double part) {
    return Duration.ofMillis((long) (part * length.toMillis()));
  }
}
