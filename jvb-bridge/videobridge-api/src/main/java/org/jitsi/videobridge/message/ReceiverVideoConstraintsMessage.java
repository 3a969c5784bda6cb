package org.jitsi.videobridge.message;

import java.util.List;
import java.util.Map;
import org.jitsi.videobridge.cc.allocation.VideoConstraints;

/** What video a receiver wants. */
public final class ReceiverVideoConstraintsMessage extends BridgeChannelMessage {

  @SuppressWarnings("unused") // declaration
  public ReceiverVideoConstraintsMessage(
      Integer lastN,
      List<String> selectedSources,
      List<String> onStageSources,
      VideoConstraints defaultConstraints,
      Map<String, VideoConstraints> constraints,
      Long assumedBandwidthBps) {}
}
