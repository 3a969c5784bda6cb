package io.github.jvbwhip.jvb;

import io.github.jvbwhip.jvb.RoomConference.Place;
import io.github.jvbwhip.jvb.host.Allocation;
import io.github.jvbwhip.jvb.host.HostEndpoint;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is left to do for an endpoint that has ended.
 *
 * @param freeing has the bridge free what it has allocated
 * @param freed hears its id when the bridge has freed it
 */
record Farewell(
    Place place,
    HostEndpoint link,
    boolean publisher,
    Consumer<Allocation> freeing,
    Consumer<String> freed) {
  private static final Logger LOG = LoggerFactory.getLogger(Farewell.class);

  private String id() {
    return place.allocation().endpointId();
  }

  /**
   * Tells the client by DTLS that its session is over.
   *
   * @return false when its handshake is still under way
   */
  boolean say() {
    try {
      return link.sayFarewell() || link.transport() != HostEndpoint.Transport.ICE_CONNECTED;
    } catch (RuntimeException | Error e) {
      LOG.error("Endpoint {}: its client is not told of the end", id(), e);
      return true;
    }
  }

  /** Frees what the bridge has allocated. Waits for the bridge. */
  void expire() {
    try {
      freeing.accept(place.allocation());
      place.conference().tidyUp();
    } catch (RuntimeException | Error e) {
      LOG.error("Endpoint {} is not expired", id(), e);
    } finally {
      link.letGo();
      freed.accept(id());
    }
  }
}
