package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.core.bridge.IngestEndpoint;

/** A publisher's endpoint as its room knows it. */
interface RoomPublisher extends IngestEndpoint {

  /** Ends it from the bridge's side; its listener hears of it. */
  void end(EndReason reason, String detail);
}
