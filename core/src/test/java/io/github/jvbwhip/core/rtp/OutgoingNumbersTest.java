package io.github.jvbwhip.core.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OutgoingNumbersTest {
  private final OutgoingNumbers numbers = new OutgoingNumbers(9, 90_000, 64, () -> 0);

  private void switchTo(int sequenceNumber) {
    numbers.switchTo(sequenceNumber, 0, 0);
  }

  @Test
  void nothingGoesOutBeforeTheFirstSource() {
    assertThat(numbers.forward(5)).isEqualTo(OutgoingNumbers.DROP);
    assertThat(numbers.leaveOut(5)).isTrue();
  }

  @Test
  void numbersAreContinuousOverTheSourcesWrap() {
    switchTo(65535);
    assertThat(numbers.forward(65535)).isEqualTo(0);
    assertThat(numbers.forward(0)).isEqualTo(1);
    assertThat(numbers.forward(1)).isEqualTo(2);
  }

  @Test
  void lossLeavesAGapThatLatePacketsFill() {
    switchTo(100);
    assertThat(numbers.forward(100)).isEqualTo(0);
    assertThat(numbers.forward(103)).isEqualTo(3);
    assertThat(numbers.forward(101)).isEqualTo(1);
    assertThat(numbers.forward(102)).isEqualTo(2);
    assertThat(numbers.forward(104)).isEqualTo(4);
  }

  @Test
  void duplicatesKeepTheirNumber() {
    switchTo(100);
    assertThat(numbers.forward(100)).isEqualTo(0);
    assertThat(numbers.forward(101)).isEqualTo(1);
    assertThat(numbers.forward(100)).isEqualTo(0);
    assertThat(numbers.forward(102)).isEqualTo(2);
  }

  @Test
  void droppedPacketsLeaveNoGap() {
    switchTo(100);
    assertThat(numbers.forward(100)).isEqualTo(0);
    assertThat(numbers.leaveOut(101)).isTrue();
    assertThat(numbers.leaveOut(102)).isTrue();
    assertThat(numbers.forward(103)).isEqualTo(1);
    assertThat(numbers.forward(101)).isEqualTo(OutgoingNumbers.DROP);
    assertThat(numbers.leaveOut(101)).isTrue();
  }

  @Test
  void aDropBehindAGapKeepsTheNumbersOfTheMissing() {
    switchTo(100);
    numbers.forward(100);
    assertThat(numbers.leaveOut(103)).isTrue();
    assertThat(numbers.forward(104)).isEqualTo(3);
    assertThat(numbers.forward(101)).isEqualTo(1);
    assertThat(numbers.forward(102)).isEqualTo(2);
  }

  @Test
  void aDropThatComesTooLateLeavesItsGap() {
    switchTo(100);
    numbers.forward(100);
    assertThat(numbers.forward(102)).isEqualTo(2);
    assertThat(numbers.leaveOut(101)).isFalse();
    assertThat(numbers.forward(103)).isEqualTo(3);
  }

  @Test
  void aSwitchGoesOnWithTheNextNumber() {
    switchTo(100);
    numbers.forward(100);
    numbers.forward(101);
    switchTo(40000);
    assertThat(numbers.forward(40000)).isEqualTo(2);
    assertThat(numbers.forward(39999)).isEqualTo(OutgoingNumbers.DROP);
    assertThat(numbers.forward(40001)).isEqualTo(3);
  }

  @Test
  void packetsOlderThanTheHistoryAreNotSent() {
    switchTo(0);
    numbers.forward(0);
    numbers.forward(64);
    assertThat(numbers.forward(0)).isEqualTo(OutgoingNumbers.DROP);
    assertThat(numbers.forward(1)).isEqualTo(1);
  }

  @Test
  void aJumpLongerThanTheHistoryIsKept() {
    switchTo(0);
    numbers.forward(0);
    assertThat(numbers.forward(10000)).isEqualTo(10000);
    assertThat(numbers.forward(9999)).isEqualTo(9999);
  }

  /** What goes out is unique and gap-free where nothing was lost, whatever the order of arrival. */
  @Test
  void reorderedInputWithDropsGivesEachPacketItsOwnNumber() {
    Random random = new Random(1);
    for (int round = 0; round < 200; round++) {
      OutgoingNumbers r = new OutgoingNumbers(9, 90_000, 256, random);
      int first = random.nextInt(65536);
      r.switchTo(first, 0, 0);
      int start = r.forward(first);
      Set<Integer> sent = new HashSet<>(Set.of(start));
      int dropped = 0;
      for (int i = 1; i < 300; i += 2) {
        // Pairs arrive in either order; every drop comes in order.
        int one = first + i & 0xFFFF;
        int two = first + i + 1 & 0xFFFF;
        if (random.nextInt(4) == 0) {
          r.leaveOut(one);
          dropped++;
          sent.add(r.forward(two));
        } else if (random.nextBoolean()) {
          sent.add(r.forward(two));
          sent.add(r.forward(one));
        } else {
          sent.add(r.forward(one));
          sent.add(r.forward(two));
        }
      }
      assertThat(sent).hasSize(301 - dropped).doesNotContain(OutgoingNumbers.DROP);
      for (int i = 0; i < sent.size(); i++) {
        assertThat(sent).contains(start + i & 0xFFFF);
      }
    }
  }

  @Test
  void aSwitchForgetsTheNumbersOfTheOldSource() {
    switchTo(100);
    for (int i = 100; i < 104; i++) {
      numbers.forward(i);
    }
    switchTo(102);
    assertThat(numbers.forward(101)).isEqualTo(OutgoingNumbers.DROP);
    assertThat(numbers.forward(102)).isEqualTo(4);
  }

  @Test
  void outgoingNumbersWrap() {
    OutgoingNumbers high = new OutgoingNumbers(9, 90_000, 64, () -> -1L);
    high.switchTo(0, 0, 0);
    int number = high.forward(0);
    assertThat(number).isEqualTo(0x7FFF);
    for (int i = 1; i <= 0x8001; i++) {
      assertThat(high.forward(i)).isEqualTo(number + i & 0xFFFF);
    }
  }

  @Test
  void knowsWhichPacketsCanGoOutBeforeTheyDo() {
    assertThat(numbers.has(100)).isFalse();
    switchTo(100);
    assertThat(numbers.has(100)).isTrue();
    assertThat(numbers.has(99)).isFalse();
    numbers.forward(100);
    numbers.leaveOut(101);
    assertThat(numbers.has(101)).isFalse();
    assertThat(numbers.has(102)).isTrue();
    assertThat(numbers.forward(102)).as("nothing was taken").isEqualTo(1);
  }

  @Test
  void timestampsGoOnWithTheTimeThatHasPassed() {
    numbers.switchTo(1, 1000, 0);
    long first = numbers.forwardTimestamp(1000, 0);
    numbers.switchTo(7, 500_000, 2_000_000_000L);
    assertThat(numbers.forwardTimestamp(500_000, 2_000_000_000L) - first).isEqualTo(180_000);
    assertThat(numbers.timestamps().translate(500_090) - first).isEqualTo(180_090);
  }
}
