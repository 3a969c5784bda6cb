package io.github.jvbwhip.core.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.jvbwhip.core.rtp.RtpHeader;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class FakeBridgeTest extends BridgeContract {
  private FakeBridge bridge;

  @Override
  protected Bridge createBridge() {
    bridge = new FakeBridge();
    return bridge;
  }

  @Override
  protected Optional<ContractPeer> newPeer() {
    return Optional.of(new FakePeer());
  }

  @Test
  void the_name_is_taken_until_an_opening_that_waits_is_done() {
    bridge.holdOpenings();
    CompletableFuture<IngestEndpoint> first = openLater();
    assertInUse(openLater());

    bridge.releaseOpenings();
    assertThat(first).isCompleted();
    assertInUse(openLater());
    first.join().close();
    assertThat(openLater()).isCompleted();
  }

  @Test
  void the_name_is_taken_until_it_is_the_turn_of_an_opening_that_was_given_up() {
    bridge.holdOpenings();
    openLater().cancel(true);
    assertInUse(openLater());

    bridge.releaseOpenings();
    assertThat(openLater()).isCompleted();
  }

  @Test
  void the_name_is_free_once_an_opening_failed() {
    bridge.failNextOpen(new BridgeException(BridgeException.Reason.OVERLOADED, "test"));
    assertThat(openLater()).isCompletedExceptionally();

    assertThat(openLater()).isCompleted();
  }

  private static void assertInUse(CompletableFuture<IngestEndpoint> opening) {
    assertThat(opening).isCompletedExceptionally();
    assertThat(catchThrowable(opening::join))
        .hasCauseInstanceOf(BridgeException.class)
        .extracting(e -> ((BridgeException) e.getCause()).reason())
        .isEqualTo(BridgeException.Reason.STREAM_IN_USE);
  }

  /** Finds its endpoint by the credentials that it was given. */
  private final class FakePeer implements ContractPeer {
    private Optional<FakeEndpoint> endpoint = Optional.empty();

    @Override
    public RemoteTransport transport() {
      return new RemoteTransport(
          new IceCredentials("fpeer", "fakepeerfakepeerfakepeer"),
          List.of(),
          List.of(FakeBridge.FINGERPRINT),
          DtlsRole.ACTIVE);
    }

    @Override
    public void connect(LocalTransport local) {
      endpoint =
          FakeBridgeTest.this.bridge.endpoints().stream()
              .filter(e -> e.localTransport().credentials().equals(local.credentials()))
              .findFirst();
      endpoint.orElseThrow().connectPeer();
    }

    @Override
    public void send(byte[] rtp) {
      if (endpoint.orElseThrow() instanceof FakeIngest publisher) {
        publisher.receive(RtpHeader.ssrc(rtp, 0));
      }
    }

    @Override
    public void close() {
      endpoint.ifPresent(e -> e.end(EndReason.DTLS_CLOSED, "the peer left"));
    }
  }
}
