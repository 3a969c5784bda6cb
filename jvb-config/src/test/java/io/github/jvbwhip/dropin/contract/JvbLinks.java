package io.github.jvbwhip.dropin.contract;

import io.github.jvbwhip.core.bridge.Bridge;
import io.github.jvbwhip.core.picture.FirstPicture;
import io.github.jvbwhip.jvb.JvbBridge;
import io.github.jvbwhip.jvb.videobridge.VideobridgeHost;
import java.util.Objects;
import org.jitsi.videobridge.relay.Relay;

/** A real bridge in this process that others are linked to. Called by tests outside. */
public final class JvbLinks {
  private JvbLinks() {}

  /** The plugin on it. */
  public static Bridge createBridge() throws Exception {
    return new JvbBridge(
        new VideobridgeHost(JvbContract.videobridge(), 0, false, FirstPicture.DEFAULT));
  }

  /** How many conferences it has. */
  public static int conferences() {
    return JvbContract.videobridge().getConferences().size();
  }

  /** It expires its side of a link. */
  public static void expireLink(String id) {
    JvbContract.videobridge().getConferences().stream()
        .map(conference -> conference.getRelay(id))
        .filter(Objects::nonNull)
        .forEach(Relay::expire);
  }
}
