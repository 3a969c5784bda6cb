package io.github.jvbwhip.jvb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jitsi.videobridge.Conference;
import org.jitsi.videobridge.Endpoint;
import org.jitsi.videobridge.cc.allocation.VideoConstraints;
import org.jitsi.videobridge.message.BridgeChannelMessage;
import org.jitsi.videobridge.message.ReceiverAudioSubscriptionMessage;
import org.jitsi.videobridge.message.ReceiverVideoConstraintsMessage;
import org.jspecify.annotations.Nullable;

/**
 * Tells the bridge what a player gets, so that nothing else is sent; only changes are told. Used on
 * the control thread.
 */
final class Subscription {
  private static final int OFF = 0;
  private static final double ANY_FRAME_RATE = -1;
  private static final long REMIND_NANOS = 1_000_000_000L;

  /** The bridge's number of sources, in two ways of no consequence: it looks at changes only. */
  private static final int ALL = -1;

  private static final int PLENTY = 1000;

  /** A video source, up to a height in pixels, or -1 for any. */
  record Video(String source, int maxHeight) {}

  private final Conference conference;
  private final Endpoint endpoint;
  private @Nullable List<Video> video;
  private @Nullable Set<String> audio;
  private int lastN = ALL;
  private long toldNanos;

  Subscription(Conference conference, Endpoint endpoint) {
    this.conference = conference;
    this.endpoint = endpoint;
  }

  /**
   * These video sources, the most important first, and no others.
   *
   * @return whether that is news for the bridge
   */
  boolean video(List<Video> wanted, long nowNanos) {
    if (wanted.equals(video)) {
      return false;
    }
    video = List.copyOf(wanted);
    tell(nowNanos);
    return true;
  }

  /** The names of the video sources that were asked for last. */
  Set<String> videoSources() {
    List<Video> wanted = video == null ? List.of() : video;
    return wanted.stream().map(Video::source).collect(Collectors.toSet());
  }

  /**
   * Has the bridge think again about what it forwards, once a second at most. It does so by itself
   * every five seconds, and by then may have left out for that long what it met with a burst: a
   * first keyframe measures as many megabits per second.
   */
  void remind(long nowNanos) {
    if (nowNanos - toldNanos > REMIND_NANOS) {
      lastN = lastN == ALL ? PLENTY : ALL;
      tell(nowNanos);
    }
  }

  private void tell(long nowNanos) {
    List<Video> wanted = video == null ? List.of() : video;
    toldNanos = nowNanos;
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
  void audio(Set<String> wanted) {
    if (wanted.equals(audio)) {
      return;
    }
    audio = Set.copyOf(wanted);
    conference.setEndpointAudioSubscription(endpoint.getId(), audioMessage(wanted));
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
