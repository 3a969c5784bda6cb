package io.github.jvbwhip.load.client;

import io.github.jvbwhip.testpeer.media.Codec;
import java.util.List;

/**
 * What all players do alike.
 *
 * @param codecs of video, in the order in which they are offered
 * @param audio whether audio is wanted too
 * @param decrypt whether RTP is decrypted; else it is only counted
 * @param nack whether lost video is asked for
 * @param feedback which estimate of the bandwidth is made possible
 * @param remb what REMB tells, in bits per second
 * @param nackIntervalNanos how long an answer to a NACK may take before the next one
 */
public record PlayerSettings(
    List<Codec> codecs,
    boolean audio,
    boolean decrypt,
    boolean nack,
    BandwidthFeedback feedback,
    long remb,
    long nackIntervalNanos) {
  public PlayerSettings {
    codecs = List.copyOf(codecs);
  }
}
