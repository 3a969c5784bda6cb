package io.github.jvbwhip.embedded.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.DtlsRole;
import io.github.jvbwhip.core.stun.StunMessage;
import io.github.jvbwhip.core.threads.Await;
import io.github.jvbwhip.testpeer.network.Conditions;
import io.github.jvbwhip.testpeer.network.Relay;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.ice4j.ice.Agent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client whose NAT gives it another port in the middle of a session, which it does not know. */
class AddressChangeTest {
  private static final int SSRC = 99;

  /** Of the last packet: one that has been there already is taken for a replay. */
  private final AtomicInteger number = new AtomicInteger(1);

  @ParameterizedTest
  @EnumSource(DtlsRole.class)
  void media_follows_it(DtlsRole clientsRole) throws Exception {
    try (Endpoints endpoints = new Endpoints();
        Relay relay = endpoints.relay()) {
      endpoints.connectOver(relay, clientsRole);
      endpoints.awaitConnected();
      awaitEndOfIce(endpoints);
      MediaTransportTest.assertMediaFlows(endpoints, 1);

      relay.changePort();

      awaitMediaToTheClient(endpoints);
      MediaTransportTest.assertMediaFlows(endpoints, number.incrementAndGet());
    }
  }

  @Test
  void it_consents_from_there() throws Exception {
    try (Endpoints endpoints = new Endpoints();
        Relay relay = endpoints.relay()) {
      endpoints.connectOver(relay, DtlsRole.ACTIVE);
      endpoints.awaitConnected();
      awaitEndOfIce(endpoints);
      MediaTransportTest.assertMediaFlows(endpoints, 1);

      relay.changePort();
      awaitMediaToTheClient(endpoints);

      // Longer than the consent timeout: the end would be told by then.
      assertThat(
              endpoints.answererListener.life.poll(
                  Endpoints.CONSENT_TIMEOUT.toMillis() * 2, TimeUnit.MILLISECONDS))
          .isNull();
      MediaTransportTest.assertMediaFlows(endpoints, number.incrementAndGet());
      assertThat(endpoints.answerer().stats().roundTripMicros()).isPresent();
      assertThat(endpoints.answererPort.unansweredChecks()).isLessThan(20);

      relay.set(Conditions.silence());
      assertThat(endpoints.answererListener.awaitEnd().detail()).contains("has not answered");
    }
  }

  @Test
  void it_may_change_again_and_again() throws Exception {
    try (Endpoints endpoints = new Endpoints();
        Relay relay = endpoints.relay()) {
      endpoints.connectOver(relay, DtlsRole.ACTIVE);
      endpoints.awaitConnected();
      awaitEndOfIce(endpoints);
      for (int i = 1; i <= 3; i++) {
        relay.changePort();
        awaitMediaToTheClient(endpoints);
      }
      MediaTransportTest.assertMediaFlows(endpoints, number.incrementAndGet());
    }
  }

  /**
   * It hears only at its new address that it has nominated a path, and has to go on checking it.
   */
  @Test
  void media_follows_one_that_moves_before_its_nomination_is_answered() throws Exception {
    try (Endpoints endpoints = new Endpoints();
        Relay relay = endpoints.relay()) {
      AtomicBoolean nominated = new AtomicBoolean();
      relay
          .toServer()
          .set(
              Conditions.perfect()
                  .withFilter(
                      datagram -> {
                        StunMessage check = StunMessage.parse(datagram, 0, datagram.length);
                        if (check != null && check.nominates()) {
                          nominated.set(true);
                        }
                        return true;
                      }));
      relay
          .toClient()
          .set(Conditions.perfect().withFilter(datagram -> !nominated.get() || datagram[0] != 1));
      endpoints.connectOver(relay, DtlsRole.ACTIVE);
      endpoints.awaitConnected();
      awaitEndOfIce(endpoints);

      relay.changePort();
      relay.set(Conditions.perfect());

      awaitMediaToTheClient(endpoints);
      MediaTransportTest.assertMediaFlows(endpoints, number.incrementAndGet());
    }
  }

  /** Many clients repeat a check in the same transaction, whatever the network makes of them. */
  @Test
  void it_is_answered_where_it_repeats_a_check_from() throws Exception {
    try (Endpoints endpoints = new Endpoints();
        Relay relay = endpoints.relay()) {
      CountDownLatch answered = new CountDownLatch(2); // That which was injected, and the next one.
      relay
          .toClient()
          .set(
              Conditions.perfect()
                  .withFilter(
                      datagram -> {
                        boolean answer = datagram[0] == 1;
                        if (answer) {
                          answered.countDown();
                        }
                        return !answer;
                      }));
      endpoints.connectOver(relay, DtlsRole.ACTIVE);
      assertThat(answered.await(10, TimeUnit.SECONDS)).isTrue();

      relay.changePort();
      relay.set(Conditions.perfect());

      endpoints.awaitConnected();
      MediaTransportTest.assertMediaFlows(endpoints, 1);
    }
  }

  /** DTLS may be done before: until then ice4j itself finds clients at other addresses. */
  private static void awaitEndOfIce(Endpoints endpoints) throws Exception {
    Object ice = field(IceDtlsTransport.class, "ice", endpoints.answerer());
    Object generation = field(IceTransport.class, "current", ice);
    Agent agent = (Agent) field(IceGeneration.class, "agent", generation);
    Await.until("the end of ICE", () -> agent.getState().isEstablished());
  }

  private static Object field(Class<?> type, String name, Object of)
      throws ReflectiveOperationException {
    Field field = type.getDeclaredField(name);
    field.setAccessible(true);
    return field.get(of);
  }

  /** Sends until something comes, and that it has all come. */
  private void awaitMediaToTheClient(Endpoints endpoints) throws Exception {
    BlockingQueue<byte[]> received = endpoints.offererListener.rtp;
    received.clear();
    Await.until(
        "media at the new address",
        () -> {
          send(endpoints, number.incrementAndGet());
          return !received.isEmpty();
        });
    byte[] last = send(endpoints, number.incrementAndGet());
    byte[] next = RecordingListener.await(received);
    while (!Arrays.equals(next, last)) {
      next = RecordingListener.await(received);
    }
  }

  private static byte[] send(Endpoints endpoints, int number) {
    byte[] packet = Packets.rtp(SSRC, number, 100);
    Packets.sendRtp(endpoints.answerer(), packet);
    return packet;
  }
}
