package io.github.jvbwhip.integration;

import io.github.jvbwhip.core.stun.StunMessage;
import io.github.jvbwhip.testpeer.network.Conditions;
import io.github.jvbwhip.testpeer.network.Relay;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * When a client gets another port at its relay, while it connects: each sets the conditions until
 * then, and counts down when it is time.
 */
final class Moves {
  private Moves() {}

  /** It is time when this has come from the server; from then on all is lost. */
  static CountDownLatch after(Relay relay, int firstByte) {
    CountDownLatch come = new CountDownLatch(1);
    relay.toServer().set(Conditions.perfect().withFilter(datagram -> come.getCount() > 0));
    relay
        .toClient()
        .set(
            Conditions.perfect()
                .withFilter(
                    datagram -> {
                      boolean passes = come.getCount() > 0;
                      if (datagram[0] == firstByte) {
                        come.countDown();
                      }
                      return passes;
                    }));
    return come;
  }

  /** It is time when the server answers a nomination; that is lost already. */
  static CountDownLatch beforeItsNominationIsAnswered(Relay relay) {
    return atTheFirstNomination(relay, true);
  }

  /** The same where the server's own checks were late: all of them are lost until then. */
  static CountDownLatch beforeItIsChecked(Relay relay) {
    return atTheFirstNomination(relay, false);
  }

  private static CountDownLatch atTheFirstNomination(Relay relay, boolean checked) {
    Set<StunMessage.TransactionId> nominations = ConcurrentHashMap.newKeySet();
    CountDownLatch lost = new CountDownLatch(1);
    relay
        .toServer()
        .set(
            Conditions.perfect()
                .withFilter(
                    datagram -> {
                      StunMessage message = StunMessage.parse(datagram, 0, datagram.length);
                      if (message != null && message.nominates()) {
                        nominations.add(message.transactionId());
                      }
                      return true;
                    }));
    relay
        .toClient()
        .set(
            Conditions.perfect()
                .withFilter(
                    datagram -> {
                      StunMessage message = StunMessage.parse(datagram, 0, datagram.length);
                      boolean answer =
                          message != null
                              && message.type() == StunMessage.BINDING_SUCCESS
                              && nominations.contains(message.transactionId());
                      if (answer) {
                        lost.countDown();
                      }
                      return !answer && (checked || !isCheck(message));
                    }));
    return lost;
  }

  private static boolean isCheck(@Nullable StunMessage message) {
    return message != null && message.type() == StunMessage.BINDING_REQUEST;
  }
}
