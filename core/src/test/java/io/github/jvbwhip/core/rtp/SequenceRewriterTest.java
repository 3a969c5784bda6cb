package io.github.jvbwhip.core.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SequenceRewriterTest {
  private static final long A = 0xFFFFFFFEL;
  private static final long B = 7;

  private final SequenceRewriter rewriter = new SequenceRewriter(65534, 64);

  @Test
  void nothingGoesOutBeforeTheFirstSource() {
    assertThat(rewriter.forward(5)).isEqualTo(SequenceRewriter.DROP);
    assertThat(rewriter.drop(5)).isTrue();
    assertThat(rewriter.nextOutgoing()).isEqualTo(65534);
  }

  @Test
  void numbersAreContinuousOverBothWraps() {
    rewriter.switchTo(A, 65535);
    assertThat(rewriter.forward(65535)).isEqualTo(65534);
    assertThat(rewriter.forward(0)).isEqualTo(65535);
    assertThat(rewriter.forward(1)).isEqualTo(0);
    assertThat(rewriter.nextOutgoing()).isEqualTo(1);
  }

  @Test
  void lossLeavesAGapThatLatePacketsFill() {
    rewriter.switchTo(A, 100);
    assertThat(rewriter.forward(100)).isEqualTo(65534);
    assertThat(rewriter.forward(103)).isEqualTo(1);
    assertThat(rewriter.forward(101)).isEqualTo(65535);
    assertThat(rewriter.forward(102)).isEqualTo(0);
    assertThat(rewriter.forward(104)).isEqualTo(2);
  }

  @Test
  void duplicatesKeepTheirNumber() {
    rewriter.switchTo(A, 100);
    assertThat(rewriter.forward(100)).isEqualTo(65534);
    assertThat(rewriter.forward(101)).isEqualTo(65535);
    assertThat(rewriter.forward(100)).isEqualTo(65534);
    assertThat(rewriter.forward(102)).isEqualTo(0);
  }

  @Test
  void droppedPacketsLeaveNoGap() {
    rewriter.switchTo(A, 100);
    assertThat(rewriter.forward(100)).isEqualTo(65534);
    assertThat(rewriter.drop(101)).isTrue();
    assertThat(rewriter.drop(102)).isTrue();
    assertThat(rewriter.forward(103)).isEqualTo(65535);
    assertThat(rewriter.forward(101)).isEqualTo(SequenceRewriter.DROP);
    assertThat(rewriter.drop(101)).isTrue();
  }

  @Test
  void aDropBehindAGapKeepsTheNumbersOfTheMissing() {
    rewriter.switchTo(A, 100);
    rewriter.forward(100);
    assertThat(rewriter.drop(103)).isTrue();
    assertThat(rewriter.forward(104)).isEqualTo(1);
    assertThat(rewriter.forward(101)).isEqualTo(65535);
    assertThat(rewriter.forward(102)).isEqualTo(0);
  }

  @Test
  void aDropThatComesTooLateLeavesItsGap() {
    rewriter.switchTo(A, 100);
    rewriter.forward(100);
    assertThat(rewriter.forward(102)).isEqualTo(0);
    assertThat(rewriter.drop(101)).isFalse();
    assertThat(rewriter.forward(103)).isEqualTo(1);
  }

  @Test
  void aSwitchGoesOnWithTheNextNumber() {
    rewriter.switchTo(A, 100);
    rewriter.forward(100);
    rewriter.forward(101);
    rewriter.switchTo(B, 40000);
    assertThat(rewriter.forward(40000)).isEqualTo(0);
    assertThat(rewriter.forward(39999)).isEqualTo(SequenceRewriter.DROP);
    assertThat(rewriter.forward(40001)).isEqualTo(1);
  }

  @Test
  void outgoingNumbersLeadBackToTheirPackets() {
    rewriter.switchTo(A, 65535);
    rewriter.forward(65535);
    rewriter.drop(0);
    rewriter.forward(1);
    rewriter.switchTo(B, 9);
    rewriter.forward(9);

    long first = rewriter.original(65534);
    assertThat(SequenceRewriter.ssrc(first)).isEqualTo(A);
    assertThat(SequenceRewriter.sequenceNumber(first)).isEqualTo(65535);
    assertThat(SequenceRewriter.sequenceNumber(rewriter.original(65535))).isEqualTo(1);
    long last = rewriter.original(0);
    assertThat(SequenceRewriter.ssrc(last)).isEqualTo(B);
    assertThat(SequenceRewriter.sequenceNumber(last)).isEqualTo(9);
  }

  @Test
  void numbersThatWereNotSentLeadNowhere() {
    assertThat(rewriter.original(65534)).isEqualTo(SequenceRewriter.UNKNOWN);
    rewriter.switchTo(A, 10);
    rewriter.forward(10);
    rewriter.forward(12);
    assertThat(rewriter.original(65535)).as("lost").isEqualTo(SequenceRewriter.UNKNOWN);
    assertThat(rewriter.original(1)).as("not yet sent").isEqualTo(SequenceRewriter.UNKNOWN);
    assertThat(rewriter.original(65533)).as("before the first").isEqualTo(SequenceRewriter.UNKNOWN);
    for (int i = 13; i < 13 + 64; i++) {
      rewriter.forward(i);
    }
    assertThat(rewriter.original(65534)).as("too old").isEqualTo(SequenceRewriter.UNKNOWN);
  }

  @Test
  void packetsOlderThanTheHistoryAreNotSent() {
    rewriter.switchTo(A, 0);
    rewriter.forward(0);
    rewriter.forward(64);
    assertThat(rewriter.forward(0)).isEqualTo(SequenceRewriter.DROP);
    assertThat(rewriter.forward(1)).isEqualTo(65535);
  }

  @Test
  void aJumpLongerThanTheHistoryIsKept() {
    rewriter.switchTo(A, 0);
    rewriter.forward(0);
    assertThat(rewriter.forward(10000)).isEqualTo(65534 + 10000 & 0xFFFF);
    assertThat(rewriter.forward(9999)).isEqualTo(65534 + 9999 & 0xFFFF);
  }

  /** What goes out is unique and gap-free where nothing was lost, whatever the order of arrival. */
  @Test
  void reorderedInputWithDropsGivesEachPacketItsOwnNumber() {
    Random random = new Random(1);
    for (int round = 0; round < 200; round++) {
      SequenceRewriter r = new SequenceRewriter(random.nextInt(65536), 256);
      int first = random.nextInt(65536);
      r.switchTo(A, first);
      int start = r.forward(first);
      Set<Integer> sent = new HashSet<>(Set.of(start));
      int dropped = 0;
      for (int i = 1; i < 300; i += 2) {
        // Pairs arrive in either order; every drop comes in order.
        int one = first + i & 0xFFFF;
        int two = first + i + 1 & 0xFFFF;
        if (random.nextInt(4) == 0) {
          r.drop(one);
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
      assertThat(sent).hasSize(301 - dropped).doesNotContain(SequenceRewriter.DROP);
      for (int i = 0; i < sent.size(); i++) {
        assertThat(sent).contains(start + i & 0xFFFF);
      }
    }
  }

  @Test
  void aSwitchForgetsTheNumbersOfTheOldSource() {
    rewriter.switchTo(A, 100);
    for (int i = 100; i < 104; i++) {
      rewriter.forward(i);
    }
    rewriter.switchTo(B, 102);
    assertThat(rewriter.forward(101)).isEqualTo(SequenceRewriter.DROP);
    assertThat(rewriter.forward(102)).isEqualTo(2);
  }
}
