package io.github.jvbwhip.dropin.contract;

import io.github.jvbwhip.core.bridge.Bridge;
import io.github.jvbwhip.core.picture.FirstPicture;
import io.github.jvbwhip.jvb.JvbBridge;
import io.github.jvbwhip.jvb.scenario.RoomScenarios;
import io.github.jvbwhip.jvb.scenario.ScenarioPeer;
import io.github.jvbwhip.jvb.videobridge.VideobridgeHost;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.Assertions;
import org.jitsi.videobridge.Endpoint;
import org.jitsi.videobridge.Videobridge;

/** The scenarios on a real bridge in this process, in its own time. */
public class JvbScenarios extends RoomScenarios {
  private static final long LIMIT_SECONDS = 40;
  private static final long STEP_MILLIS = 20;

  private final Videobridge videobridge = JvbContract.videobridge();

  @Override
  protected int framesOfASecond() {
    return 300;
  }

  @Override
  protected Bridge createBridge() throws Exception {
    return new JvbBridge(new VideobridgeHost(videobridge, 0, false, FirstPicture.DEFAULT));
  }

  @Override
  protected ScenarioPeer newPeer() throws Exception {
    return new TransportPeer();
  }

  @Override
  protected int conferences() {
    return videobridge.getConferences().size();
  }

  @Override
  protected void expire(String endpointId) {
    videobridge.getConferences().stream()
        .map(conference -> conference.getLocalEndpoint(endpointId))
        .filter(Objects::nonNull)
        .forEach(Endpoint::expire);
  }

  @Override
  protected void await(String what, BooleanSupplier condition, Runnable each) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        Assertions.fail("in vain: " + what);
      }
      each.run();
      TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
    }
  }
}
