package io.github.jvbwhip.dropin;

import jakarta.ws.rs.ConstrainedTo;
import jakarta.ws.rs.RuntimeType;
import jakarta.ws.rs.core.FeatureContext;
import org.glassfish.jersey.internal.spi.AutoDiscoverable;

/**
 * Jersey calls this when the bridge's REST application starts: being on the class path is enough.
 */
@ConstrainedTo(RuntimeType.SERVER)
public final class DropInDiscovery implements AutoDiscoverable {
  @Override
  public void configure(FeatureContext context) {
    context.register(DropInFeature.class);
  }
}
