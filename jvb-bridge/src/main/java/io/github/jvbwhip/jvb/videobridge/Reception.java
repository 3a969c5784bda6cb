package io.github.jvbwhip.jvb.videobridge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvbwhip.jvb.host.EgressLink.Video;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jitsi.videobridge.Conference;
import org.jitsi.videobridge.Endpoint;
import org.jitsi.videobridge.cc.allocation.VideoConstraints;
import org.jitsi.videobridge.message.BridgeChannelMessage;
import org.jitsi.videobridge.message.ReceiverAudioSubscriptionMessage;
import org.jitsi.videobridge.message.ReceiverVideoConstraintsMessage;

/** What an endpoint receives, as its client would ask for it over the bridge's channel. */
final class Reception {
  private static final double ANY_FRAME_RATE = -1.0;
  private static final int OFF = 0;

  private Reception() {}

  /** These sources, the most important first, and no others. */
  static void show(Endpoint endpoint, List<Video> wanted, int lastN) {
    Map<String, VideoConstraints> constraints = new HashMap<>();
    wanted.forEach(
        v -> constraints.put(v.source(), new VideoConstraints(v.maxHeight(), ANY_FRAME_RATE)));
    endpoint.setBandwidthAllocationSettings(
        new ReceiverVideoConstraintsMessage(
            lastN,
            wanted.stream().map(Video::source).distinct().toList(),
            List.of(),
            new VideoConstraints(OFF, ANY_FRAME_RATE),
            constraints,
            null));
  }

  /** These audio sources and no others. */
  static void hear(Conference conference, Endpoint endpoint, Set<String> sources) {
    conference.setEndpointAudioSubscription(endpoint.getId(), audioMessage(sources));
  }

  /** From JSON, which all versions of the bridge read alike; their constructors differ. */
  private static ReceiverAudioSubscriptionMessage audioMessage(Set<String> wanted) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("colibriClass", "ReceiverAudioSubscription").put("mode", "Include");
    wanted.forEach(json.putArray("list")::add);
    try {
      return (ReceiverAudioSubscriptionMessage) BridgeChannelMessage.parse(json.toString());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The bridge does not read its own message", e);
    }
  }
}
