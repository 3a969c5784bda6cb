package io.github.jvbwhip.dropin;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.github.jvbwhip.http.config.InvalidConfigException;
import io.github.jvbwhip.jvb.linkage.UsedMembers;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.util.Jetty;
import org.jitsi.videobridge.Videobridge;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the plugins, where they are switched on. Whatever is wrong costs one line in the log and
 * the plugins, never the bridge.
 */
public final class DropInFeature implements Feature {
  private static final Logger LOG = LoggerFactory.getLogger(DropInFeature.class);

  private static final String SERVLETS = "org.eclipse.jetty.ee10.servlet.ServletContextHandler";

  @Inject private @Nullable Videobridge videobridge;
  @Context private @Nullable ServletContext servletContext;

  @Override
  @SuppressWarnings("IllegalCatch") // The bridge must start whatever happens here.
  public boolean configure(FeatureContext context) {
    try {
      return start(ConfigFactory.load());
    } catch (InvalidConfigException e) {
      LOG.error("WHIP and WHEP stay off: {}", e.getMessage());
    } catch (Exception | LinkageError e) {
      LOG.error("WHIP and WHEP stay off: they failed to start", e);
    }
    return false;
  }

  private boolean start(Config config) throws Exception {
    DropInConfig own = DropInConfig.read(config);
    if (!own.whip().http().enabled() && !own.whep().http().enabled()) {
      return false;
    }
    if (!hasServlets()) {
      LOG.error(
          "WHIP and WHEP stay off: this version of the bridge has Jetty {}, and they need Jetty 12",
          Jetty.VERSION);
      return false;
    }
    List<String> missing =
        UsedMembers.missing(UsedMembers.list(), DropInFeature.class.getClassLoader());
    if (!missing.isEmpty()) {
      LOG.error(
          "WHIP and WHEP stay off: this version of the bridge does not have {}{}",
          missing.get(0),
          missing.size() == 1 ? "" : " and " + (missing.size() - 1) + " more");
      return false;
    }
    Videobridge bridge = videobridge;
    ServletContext servlets = servletContext;
    if (bridge == null || servlets == null) {
      LOG.error("WHIP and WHEP stay off: the bridge's HTTP server gives no access to the bridge");
      return false;
    }
    DropIn.start(bridge, own, ServletContextHandler.getServletContextHandler(servlets));
    return true;
  }

  /** Bridges before May 2026 have other ones, in other packages. */
  private static boolean hasServlets() {
    try {
      Class.forName(SERVLETS, false, DropInFeature.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
