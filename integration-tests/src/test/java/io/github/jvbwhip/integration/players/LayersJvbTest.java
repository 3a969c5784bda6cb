package io.github.jvbwhip.integration.players;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.dropin.RequiresJvb;
import io.github.jvbwhip.integration.ChosenLayers;
import io.github.jvbwhip.integration.JvbServer;
import io.github.jvbwhip.integration.RunningServer;
import io.github.jvbwhip.integration.ServerUnderTest;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.signalling.Reply;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link LayersContract} on a Jitsi Videobridge. */
@RequiresJvb
class LayersJvbTest extends LayersContract {
  @RegisterExtension static final RunningServer SERVER = new RunningServer(JvbServer::start);

  @Override
  ServerUnderTest server() {
    return SERVER.get();
  }

  /** The bridge limits frame rates by bandwidth alone. */
  @ParameterizedTest
  @ValueSource(strings = {"{\"temporalLayerId\":0}", "{\"maxTemporalLayerId\":0}"})
  void temporal_layers_are_refused(String wish) {
    try (TestPeer publisher = TestPeer.open();
        TestPeer player = TestPeer.open()) {
      publish(publisher, "temporal");
      Reply reply = ChosenLayers.select(play(player, "temporal"), wish);
      assertThat(reply.status()).isEqualTo(422);
      assertThat(reply.body()).contains("selects no temporal layers");
      publisher.hangUp();
    }
  }
}
