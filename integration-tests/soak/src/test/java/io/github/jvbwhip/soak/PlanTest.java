package io.github.jvbwhip.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {
  private static final Duration LENGTH = Duration.ofSeconds(30);

  @Test
  void the_same_come_for_the_same_seed() {
    assertThat(Plan.guests(7, 3, LENGTH, 20)).isEqualTo(Plan.guests(7, 3, LENGTH, 20));
    assertThat(Plan.guests(7, 3, LENGTH, 20)).isNotEqualTo(Plan.guests(7, 4, LENGTH, 20));
    assertThat(Plan.guests(7, 3, LENGTH, 20)).isNotEqualTo(Plan.guests(8, 3, LENGTH, 20));
  }

  @Test
  void all_have_time_to_connect_and_leave_within_the_round() {
    for (Guest guest : many()) {
      Duration stay = guest.leaves().minus(guest.comes());
      assertThat(guest.comes()).isGreaterThanOrEqualTo(Duration.ZERO);
      assertThat(stay).isGreaterThan(LENGTH.dividedBy(6));
      assertThat(guest.leaves()).isLessThanOrEqualTo(LENGTH);
      guest.changes().ifPresent(at -> assertThat(at).isBetween(guest.comes(), guest.leaves()));
    }
  }

  @Test
  void in_time_everything_happens() {
    List<Guest> many = many();
    assertThat(many).extracting(Guest::role).contains(Guest.Role.values());
    assertThat(many).extracting(Guest::way).contains(Guest.Way.values());
    assertThat(many).extracting(Guest::farewell).contains(Guest.Farewell.values());
    assertThat(many).anyMatch(guest -> guest.changes().isPresent());
    assertThat(many).anyMatch(Guest::simulcast);
    assertThat(many).anyMatch(guest -> guest.room().equals(Plan.REGULARS_ROOM));
  }

  private static List<Guest> many() {
    List<Guest> guests = new ArrayList<>();
    for (int round = 0; round < 20; round++) {
      guests.addAll(Plan.guests(1, round, LENGTH, 12));
    }
    return guests;
  }
}
