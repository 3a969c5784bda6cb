package io.github.jvbwhip.testpeer;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Sends audio or video in one or more encodings, at a steady pace or frame by frame. Thread-safe.
 */
public final class MediaSender {
  private final Pacer pacer;
  private final List<EncodingSender> encodings;
  private final List<VideoSettings> settings;
  private final Runnable progress;
  private @Nullable ScheduledFuture<?> pace;

  MediaSender(
      Pacer pacer,
      List<EncodingSender> encodings,
      List<VideoSettings> settings,
      Runnable progress) {
    this.pacer = pacer;
    this.encodings = List.copyOf(encodings);
    this.settings = List.copyOf(settings);
    this.progress = progress;
  }

  /** The encodings in the order of their RIDs in the offer. */
  public List<EncodingSender> encodings() {
    return encodings;
  }

  /** The only, or the first, encoding. */
  public EncodingSender encoding() {
    return encodings.get(0);
  }

  /** The encoding with this RID. */
  public EncodingSender encoding(String rid) {
    return encodings.stream()
        .filter(sender -> sender.encoding().rid().equals(rid))
        .findFirst()
        .orElseThrow();
  }

  /** Frames of the encoding that has sent the fewest. */
  public int frames() {
    return encodings.stream().mapToInt(EncodingSender::frames).min().orElse(0);
  }

  /** Starts to send frames at the settings' pace; does nothing when it already does. */
  public synchronized void start() {
    if (pace == null) {
      Duration period = Duration.ofSeconds(1).dividedBy(settings.get(0).framesPerSecond());
      pace = pacer.every(period, this::sendFrame);
    }
  }

  /** Stops sending; {@link #start} may follow. */
  public synchronized void stop() {
    if (pace != null) {
      pace.cancel(false);
      pace = null;
    }
  }

  /** Sends the next frame of every encoding now. */
  public void sendFrame() {
    IntStream.range(0, encodings.size()).forEach(this::sendFrame);
    progress.run();
  }

  /** Sends the next frame of the encoding at this place of {@link #encodings} now. */
  public void sendFrame(int index) {
    VideoSettings own = settings.get(index);
    int size = own.bitrate() / 8 / own.framesPerSecond();
    encodings.get(index).sendFrame(size, own.keyframeInterval());
  }

  /** Makes the next frame of every encoding a keyframe. */
  public void wantKeyframe() {
    encodings.forEach(EncodingSender::wantKeyframe);
  }

  /**
   * Ends each payload with this byte, by which a receiving peer tells senders apart.
   *
   * @param mark 128 to 255
   */
  public void mark(int mark) {
    encodings.forEach(encoding -> encoding.mark(mark));
  }

  Optional<EncodingSender> ofSsrc(long ssrc) {
    return encodings.stream().filter(sender -> sender.encoding().ssrc() == ssrc).findFirst();
  }
}
