package io.github.jvbwhip.dropin.contract;

import io.github.jvbwhip.core.bridge.Bridge;
import io.github.jvbwhip.core.bridge.BridgeContract;
import io.github.jvbwhip.core.bridge.ContractPeer;
import io.github.jvbwhip.core.picture.FirstPicture;
import io.github.jvbwhip.jvb.JvbBridge;
import io.github.jvbwhip.jvb.videobridge.VideobridgeHost;
import java.lang.reflect.Constructor;
import java.time.Clock;
import java.util.Optional;
import org.ice4j.ice.harvest.AbstractUdpListener;
import org.jitsi.videobridge.Videobridge;

/** The contract on a real bridge in this process, made the way its own main function does it. */
public class JvbContract extends BridgeContract {
  private static final class Running {
    static final Videobridge VIDEOBRIDGE = start();

    private static Videobridge start() {
      try {
        AbstractUdpListener.USE_PUSH_API = true;
        Class<?> service = Class.forName("org.jitsi.videobridge.version.JvbVersionService");
        Object version =
            service
                .getMethod("getCurrentVersion")
                .invoke(service.getDeclaredConstructor().newInstance());
        Object shutdown =
            Class.forName("org.jitsi.shutdown.ShutdownServiceImpl")
                .getDeclaredConstructor()
                .newInstance();
        for (Constructor<?> constructor : Videobridge.class.getConstructors()) {
          if (constructor.getParameterCount() == 4) {
            return (Videobridge)
                constructor.newInstance(null, shutdown, version, Clock.systemUTC());
          }
        }
        throw new IllegalStateException("the bridge has no constructor that is known here");
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** The bridge that all tests share. */
  static Videobridge videobridge() {
    return Running.VIDEOBRIDGE;
  }

  @Override
  protected Bridge createBridge() throws Exception {
    return new JvbBridge(new VideobridgeHost(videobridge(), 0, false, FirstPicture.DEFAULT));
  }

  @Override
  protected Optional<ContractPeer> newPeer() throws Exception {
    return Optional.of(new TransportPeer());
  }
}
