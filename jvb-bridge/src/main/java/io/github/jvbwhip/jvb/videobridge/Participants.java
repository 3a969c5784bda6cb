package io.github.jvbwhip.jvb.videobridge;

import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.jvb.host.Participant;
import io.github.jvbwhip.jvb.videobridge.hooks.BridgeInternals;
import java.util.ArrayList;
import java.util.List;
import org.jitsi.nlj.MediaSourceDesc;
import org.jitsi.nlj.RtpLayerDesc;
import org.jitsi.videobridge.AbstractEndpoint;
import org.jitsi.videobridge.relay.AudioSourceDesc;

/** Reads from the bridge what a participant sends. */
final class Participants {
  /** Of its {@code VideoType}s, by name: not every version of the bridge has all of them. */
  private static final String SCREEN = "DESKTOP";

  private static final String DESCRIBED = "Av1DD";

  private static final List<String> OFF = List.of("NONE", "DISABLED");

  private Participants() {}

  static Participant of(AbstractEndpoint endpoint, BridgeInternals internals) {
    List<Participant.Source> sources = new ArrayList<>();
    boolean sendsAudio = endpoint.isSendingAudio();
    for (AudioSourceDesc audio : endpoint.getAudioSources()) {
      if (audio.getSourceName() != null) {
        sources.add(
            new Participant.Source(
                MediaKind.AUDIO,
                audio.getSourceName(),
                audio.getSsrc(),
                sendsAudio,
                false,
                List.of(),
                false));
      }
    }
    boolean sendsVideo = endpoint.isSendingVideo();
    MediaSourceDesc[] videos = endpoint.getMediaSources();
    for (MediaSourceDesc video : videos) {
      sources.add(video(video, sendsVideo, videos.length == 1, internals));
    }
    return new Participant(endpoint.getId(), sources);
  }

  /**
   * @param alone whether whatever video its endpoint sends is this
   */
  private static Participant.Source video(
      MediaSourceDesc video, boolean sends, boolean alone, BridgeInternals internals) {
    long now = System.currentTimeMillis(); // The clock that the bridge measures by.
    List<Participant.Layer> layers =
        video.getRtpLayers().stream()
            .map(
                layer ->
                    new Participant.Layer(
                        layer.getEid(),
                        layer.getSid(),
                        layer.getHeight(),
                        !layer.hasZeroBitrate(now),
                        internals.bitrate(layer, now)))
            .toList();
    String type = video.getVideoType().name();
    boolean comesIn = alone || layers.stream().anyMatch(Participant.Layer::active);
    return new Participant.Source(
        MediaKind.VIDEO,
        video.getSourceName(),
        video.getPrimarySSRC(),
        sends && comesIn && !OFF.contains(type),
        type.startsWith(SCREEN),
        layers,
        video.getRtpLayers().stream().anyMatch(Participants::isDescribed));
  }

  /** By the name of its class: that of other codecs is another, and a bridge may have none. */
  private static boolean isDescribed(RtpLayerDesc layer) {
    return layer.getClass().getSimpleName().startsWith(DESCRIBED);
  }
}
