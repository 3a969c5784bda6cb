package io.github.jvbwhip.core.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.jvbwhip.core.sdp.SessionDescription;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** What answering a browser's offer allocates, in every build; the time is a benchmark's affair. */
class NegotiationAllocationTest {
  private static final long MAX_BYTES = 200_000;
  private static final int ROUNDS = 200;

  @Test
  void parsing_and_answering_chromiums_simulcast_offer_stays_within_200_kilobytes()
      throws Exception {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    String offer = Fixtures.offerText("chromium-whip-simulcast");
    int length = negotiate(offer, ROUNDS);
    long before = threads.getCurrentThreadAllocatedBytes();
    length += negotiate(offer, ROUNDS);
    long bytes = (threads.getCurrentThreadAllocatedBytes() - before) / ROUNDS;
    assertThat(length).isPositive();
    assertThat(bytes).isLessThan(MAX_BYTES);
  }

  private static int negotiate(String offer, int rounds) throws Exception {
    int length = 0;
    for (int i = 0; i < rounds; i++) {
      IngestPlan plan =
          Negotiation.planIngest(
              SessionDescription.parse(offer), Fixtures.EVERYTHING, NegotiationRules.LENIENT);
      length += Negotiation.answer(plan, Fixtures.LOCAL, i).write().length();
    }
    return length;
  }
}
