package io.github.jvbwhip.edge;

import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.edge.EdgeClient.Caller;
import java.net.URI;

/**
 * What is fetched, and from where.
 *
 * @param stream under which it is published here
 */
record OriginPlace(
    URI url, Caller caller, OriginConfig.OfferBy offerBy, RoomName room, StreamName stream) {}
