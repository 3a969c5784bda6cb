package io.github.jvbwhip.jvb;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jitsi.videobridge.Conference;
import org.jitsi.videobridge.Endpoint;
import org.jitsi.videobridge.cc.allocation.VideoConstraints;
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

  /** A video source, up to a height in pixels, or -1 for any. */
  record Video(String source, int maxHeight) {}

  private final Conference conference;
  private final Endpoint endpoint;
  private @Nullable List<Video> video;
  private @Nullable Set<String> audio;

  Subscription(Conference conference, Endpoint endpoint) {
    this.conference = conference;
    this.endpoint = endpoint;
  }

  /** These video sources, the most important first, and no others. */
  void video(List<Video> wanted) {
    if (wanted.equals(video)) {
      return;
    }
    video = List.copyOf(wanted);
    Map<String, VideoConstraints> constraints = new HashMap<>();
    wanted.forEach(
        v -> constraints.put(v.source(), new VideoConstraints(v.maxHeight(), ANY_FRAME_RATE)));
    endpoint.setBandwidthAllocationSettings(
        new ReceiverVideoConstraintsMessage(
            -1,
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
    conference.setEndpointAudioSubscription(
        endpoint.getId(),
        new ReceiverAudioSubscriptionMessage(false, List.copyOf(wanted), List.of()));
  }
}
