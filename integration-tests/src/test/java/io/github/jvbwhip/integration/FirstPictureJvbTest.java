package io.github.jvbwhip.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.dropin.RequiresJvb;
import io.github.jvbwhip.testpeer.StreamReport;
import io.github.jvbwhip.testpeer.TestPeer;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@link FirstPictureContract} on a Jitsi Videobridge. */
@RequiresJvb
class FirstPictureJvbTest extends FirstPictureContract {
  @RegisterExtension static final RunningServer SERVER = new RunningServer(JvbServer::start);

  @Override
  protected ServerUnderTest server() {
    return SERVER.get();
  }

  /** When packets are lost, the bridge probes with a stream of padding that nobody was told. */
  @Override
  StreamReport onlyPicture(TestPeer player) {
    List<StreamReport> told =
        player.received().video().stream().filter(video -> video.codec() != null).toList();
    assertThat(told).hasSize(1);
    return told.get(0);
  }
}
