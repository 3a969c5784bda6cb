package io.github.jvbwhip.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The product as a process that is told to stop while somebody is on the air. */
class StandaloneDrainTest {
  private static final Duration SOON = Duration.ofSeconds(40);

  private static StandaloneProcess start(String drainTimeout) {
    return StandaloneProcess.start(
        "--bridge",
        "embedded",
        "--port",
        "0",
        "--udp-port",
        "0",
        "--config",
        StandaloneProcess.config(Map.of("standalone.drain-timeout", drainTimeout)).toString());
  }

  private static TestPeer publisher(StandaloneProcess process) {
    TestPeer publisher = TestPeer.open();
    Reply published = publish(process, publisher, "camera");
    assertThat(published.status()).isEqualTo(201);
    publisher.awaitConnected(SOON);
    return publisher;
  }

  private static Reply publish(StandaloneProcess process, TestPeer peer, String stream) {
    return peer.connect(
        process.uri().resolve("whip/hall/" + stream), OfferSpec.publisher(Codec.VP8));
  }

  private static void awaitDrain(StandaloneProcess process) throws InterruptedException {
    process.awaitOutput("The bridge drains");
  }

  @Test
  void it_ends_with_its_last_session_and_takes_no_new_ones() throws Exception {
    StandaloneProcess process = start("10 minutes");
    try (process;
        TestPeer publisher = publisher(process);
        TestPeer late = TestPeer.open()) {
      process.terminate();
      awaitDrain(process);
      Reply refused = publish(process, late, "screen");
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.body()).contains("error:draining");
      assertThat(publisher.isConnected()).isTrue();
      assertThat(publisher.hangUp().status()).isEqualTo(200);
      assertThat(process.awaitExit()).isEqualTo(143);
    }
  }

  @Test
  void it_ends_all_sessions_when_their_time_is_over() throws Exception {
    StandaloneProcess process = start("2 seconds");
    try (process;
        TestPeer publisher = publisher(process)) {
      process.terminate();
      publisher.awaitClosedByRemote(SOON);
      assertThat(process.awaitExit()).isEqualTo(143);
      assertThat(process.output()).contains("SHUTDOWN (the bridge has drained)");
    }
  }

  @Test
  void a_second_sigterm_ends_it_at_once() throws Exception {
    StandaloneProcess process = start("10 minutes");
    try (process;
        TestPeer publisher = publisher(process)) {
      process.terminate();
      awaitDrain(process);
      process.terminate();
      publisher.awaitClosedByRemote(SOON);
      assertThat(process.awaitExit()).isEqualTo(143);
      assertThat(process.output()).contains("SHUTDOWN (the server is shutting down)");
    }
  }

  /** Java takes the log away when it begins to end. */
  @Test
  void without_a_time_it_ends_at_once_and_says_how_its_sessions_have_ended() throws Exception {
    StandaloneProcess process = start("0 seconds");
    try (process;
        TestPeer publisher = publisher(process)) {
      process.terminate();
      publisher.awaitClosedByRemote(SOON);
      assertThat(process.awaitExit()).isEqualTo(143);
      assertThat(process.output()).contains("SHUTDOWN (the server is shutting down)");
    }
  }
}
