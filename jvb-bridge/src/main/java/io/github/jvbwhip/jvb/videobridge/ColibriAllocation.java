package io.github.jvbwhip.jvb.videobridge;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import io.github.jvbwhip.jvb.host.Allocation;
import io.github.jvbwhip.jvb.host.BridgeTransport;
import io.github.jvbwhip.jvb.host.SourcePlan;
import io.github.jvbwhip.jvb.videobridge.colibri.ColibriRequests;
import io.github.jvbwhip.jvb.videobridge.colibri.ColibriResponse;
import io.github.jvbwhip.jvb.videobridge.colibri.ConferenceKey;
import io.github.jvbwhip.jvb.videobridge.hooks.BridgeInternals;
import io.github.jvbwhip.jvb.videobridge.hooks.IceAgents;
import java.util.List;
import java.util.Optional;
import org.jitsi.videobridge.Endpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An endpoint that the plugin has allocated by Colibri2. */
record ColibriAllocation(
    Colibri colibri,
    BridgeInternals internals,
    ConferenceKey conference,
    Endpoint endpoint,
    BridgeTransport transport)
    implements Allocation {
  private static final Logger LOG = LoggerFactory.getLogger(ColibriAllocation.class);

  @Override
  public String endpointId() {
    return endpoint.getId();
  }

  @Override
  public void connect(RemoteTransport remote) throws BridgeException {
    ColibriResponse response =
        colibri.send(id -> ColibriRequests.connect(id, conference, endpointId(), remote));
    if (response instanceof ColibriResponse.Refused refused) {
      throw Colibri.exception(refused);
    }
  }

  @Override
  public void update(RemoteTransport remote, int generation) {
    ColibriResponse response =
        colibri.send(
            id -> ColibriRequests.restarted(id, conference, endpointId(), remote, generation));
    if (response instanceof ColibriResponse.Refused refused) {
      LOG.debug("Endpoint {}: credentials not taken: {}", endpointId(), refused.detail());
    }
  }

  @Override
  public Optional<BridgeTransport> restartIce() {
    try {
      ColibriResponse response =
          colibri.send(id -> ColibriRequests.restart(id, conference, endpointId()));
      IceAgents.mend(endpoint, internals);
      return response instanceof ColibriResponse.Done done ? done.transport() : Optional.empty();
    } catch (NoSuchMethodError e) {
      LOG.info("This bridge cannot restart ICE: it is older than that");
      return Optional.empty();
    }
  }

  @Override
  public Optional<String> setSources(List<SourcePlan> sources) {
    ColibriResponse response =
        colibri.send(id -> ColibriRequests.sources(id, conference, endpointId(), sources));
    return response instanceof ColibriResponse.Refused refused
        ? Optional.of(refused.detail())
        : Optional.empty();
  }

  @Override
  public void expire() {
    ColibriResponse response =
        colibri.send(id -> ColibriRequests.expire(id, conference, endpointId()));
    if (response instanceof ColibriResponse.Refused refused) {
      LOG.debug("Endpoint {} was gone already: {}", endpointId(), refused.detail());
      endpoint.expire(); // It may outlive its conference; to expire it twice does no harm.
    }
  }
}
