package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.bridge.LocalTransport;
import io.github.jvbwhip.jvb.colibri.ColibriResponse.BridgeTransport;
import io.github.jvbwhip.jvb.colibri.ConferenceKey;
import java.util.Optional;
import org.jitsi.videobridge.Conference;
import org.jitsi.videobridge.Endpoint;

/**
 * What the bridge has allocated.
 *
 * @param transport the bridge's side
 */
record EndpointContext(
    ConferenceKey key, Conference conference, Endpoint endpoint, BridgeTransport transport) {

  /** The bridge's side, in the port's words, before a DTLS role is known. */
  LocalTransport localTransport() {
    return new LocalTransport(
        transport.credentials(),
        transport.candidates(),
        transport.fingerprints(),
        Optional.empty());
  }
}
