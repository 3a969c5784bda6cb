package io.github.jvbwhip.embedded.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.DtlsRole;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.bridge.LocalTransport;
import io.github.jvbwhip.core.threads.Await;
import io.github.jvbwhip.testpeer.network.Conditions;
import io.github.jvbwhip.testpeer.network.Relay;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** ICE restarts of a transport that carries media. */
class IceRestartTest {
  private static final int SSRC = 0x55667788;

  @Test
  void media_goes_on_over_the_same_pair_with_new_credentials() throws Exception {
    try (Endpoints endpoints = new Endpoints()) {
      endpoints.connect(DtlsRole.ACTIVE);
      LocalTransport before = endpoints.answerer().localTransport();

      LocalTransport after = restart(endpoints);

      assertThat(after.credentials()).isNotEqualTo(before.credentials());
      assertThat(after.fingerprints()).isEqualTo(before.fingerprints());
      assertThat(after.role()).isEqualTo(before.role());
      assertThat(endpoints.answerer().localTransport()).isEqualTo(after);
      MediaTransportTest.assertMediaFlows(endpoints, 1);
      Await.until("the answerer is over", () -> !endpoints.answerer().isRestarting());
      Await.until("the offerer is over", () -> !endpoints.offerer().isRestarting());
      assertThat(endpoints.answerer().localTransport()).isEqualTo(after);
      MediaTransportTest.assertMediaFlows(endpoints, 2);
      assertThat(endpoints.offererListener.life).isEmpty();
      assertThat(endpoints.answererListener.life).isEmpty();
    }
  }

  @Test
  void a_dead_path_is_left_for_a_live_one() throws Exception {
    try (Endpoints endpoints = new Endpoints();
        Relay relay = endpoints.relay()) {
      endpoints.connectOver(relay, DtlsRole.ACTIVE);
      endpoints.awaitConnected();
      MediaTransportTest.assertMediaFlows(endpoints, 1);
      relay.set(Conditions.silence());

      restart(endpoints);

      awaitMedia(endpoints);
      assertThat(endpoints.offererListener.life).isEmpty();
      assertThat(endpoints.answererListener.life).isEmpty();
    }
  }

  @Test
  void a_restart_that_leads_nowhere_changes_nothing() throws Exception {
    try (Endpoints endpoints = new Endpoints()) {
      endpoints.connect(DtlsRole.PASSIVE);

      endpoints.answerer().restartIce(new IceCredentials("nobody", "nobodynobodynobodynobody"));
      MediaTransportTest.assertMediaFlows(endpoints, 1);

      restart(endpoints);
      Await.until("the second restart is over", () -> !endpoints.answerer().isRestarting());
      MediaTransportTest.assertMediaFlows(endpoints, 2);
    }
  }

  @Test
  void ill_formed_credentials_and_an_unconnected_transport_are_refused() throws Exception {
    IceCredentials good = new IceCredentials("abcd", "abcdefghijklmnopqrstuv");
    try (Endpoints endpoints = new Endpoints()) {
      MediaTransport fresh =
          endpoints.offererPort.create(Optional.empty(), new RecordingListener());
      assertRefused(fresh, good, BridgeException.Reason.RESTART_REFUSED);
      fresh.close();
      assertRefused(fresh, good, BridgeException.Reason.ENDED);

      endpoints.connect(DtlsRole.ACTIVE);
      LocalTransport before = endpoints.answerer().localTransport();
      assertRefused(
          endpoints.answerer(),
          new IceCredentials("a", "b"),
          BridgeException.Reason.RESTART_REFUSED);
      assertThat(endpoints.answerer().localTransport()).isEqualTo(before);
    }
  }

  private static void assertRefused(
      MediaTransport transport, IceCredentials credentials, BridgeException.Reason reason) {
    assertThatThrownBy(() -> transport.restartIce(credentials))
        .isInstanceOfSatisfying(
            BridgeException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  /** The offerer restarts, as a client does with a PATCH. */
  private static LocalTransport restart(Endpoints endpoints) throws Exception {
    endpoints.offerer().prepareRestart(true);
    IceCredentials offered = endpoints.offerer().localTransport().credentials();
    LocalTransport answer = endpoints.answerer().restartIce(offered);
    endpoints.offerer().startRestart(answer.credentials());
    endpoints.check();
    return answer;
  }

  /** Sends until something arrives in each direction. */
  private static void awaitMedia(Endpoints endpoints) throws InterruptedException {
    AtomicBoolean done = new AtomicBoolean();
    CountDownLatch sent = new CountDownLatch(1);
    Thread sender =
        new Thread(
            () -> {
              for (int i = 100; !done.get(); i++) {
                Packets.sendRtp(endpoints.offerer(), Packets.rtp(SSRC, i, 100));
                Packets.sendRtp(endpoints.answerer(), Packets.rtp(SSRC, i, 100));
                try {
                  if (sent.await(20, TimeUnit.MILLISECONDS)) {
                    return;
                  }
                } catch (InterruptedException e) {
                  return;
                }
              }
            },
            "test-sender");
    sender.start();
    try {
      RecordingListener.await(endpoints.offererListener.rtp);
      RecordingListener.await(endpoints.answererListener.rtp);
    } finally {
      done.set(true);
      sent.countDown();
      sender.join();
    }
  }
}
