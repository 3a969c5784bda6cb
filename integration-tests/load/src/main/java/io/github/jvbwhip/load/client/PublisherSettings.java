package io.github.jvbwhip.load.client;

import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.media.Codec;
import java.util.List;

/**
 * What all publishers do alike.
 *
 * @param codec of video
 * @param video size, pace and bitrate of the (largest) encoding
 * @param rids of the encodings, smallest first; empty without simulcast
 * @param audio whether audio is sent too
 * @param answersKeyframeRequests whether a PLI or FIR makes the next frame a keyframe
 */
public record PublisherSettings(
    Codec codec,
    VideoSettings video,
    List<String> rids,
    boolean audio,
    boolean answersKeyframeRequests) {
  public PublisherSettings {
    rids = List.copyOf(rids);
  }
}
