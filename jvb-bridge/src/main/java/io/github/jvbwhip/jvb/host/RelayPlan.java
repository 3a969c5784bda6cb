package io.github.jvbwhip.jvb.host;

import io.github.jvbwhip.core.bridge.RemoteTransport;
import java.util.Optional;

/**
 * This side of a link to another bridge, to be allocated.
 *
 * @param id of the link, never used before on either bridge
 * @param remote the other side with its candidates; empty where the link begins here, and the other
 *     side is to be told of this one
 */
public record RelayPlan(String id, Optional<RemoteTransport> remote) {}
