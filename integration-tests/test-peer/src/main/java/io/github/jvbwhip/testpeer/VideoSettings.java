package io.github.jvbwhip.testpeer;

/**
 * How synthetic video is sent.
 *
 * @param width of the (only or largest) encoding in pixels
 * @param height of the (only or largest) encoding in pixels
 * @param framesPerSecond of every encoding
 * @param bitrate of the (only or largest) encoding in bits per second
 * @param keyframeInterval frames from keyframe to keyframe; 0 for keyframes on request only
 */
public record VideoSettings(
    int width, int height, int framesPerSecond, int bitrate, int keyframeInterval) {
  /** 640 x 360, 30 frames and 600 kb per second, keyframes on request. */
  public static VideoSettings defaults() {
    return new VideoSettings(640, 360, 30, 600_000, 0);
  }

  /** The same with a keyframe each {@code frames} frames. */
  public VideoSettings withKeyframeInterval(int frames) {
    return new VideoSettings(width, height, framesPerSecond, bitrate, frames);
  }

  /** The same with another bitrate in bits per second. */
  public VideoSettings withBitrate(int other) {
    return new VideoSettings(width, height, framesPerSecond, other, keyframeInterval);
  }

  /** The same at half the size and a quarter of the bitrate, {@code times} over. */
  public VideoSettings scaledDown(int times) {
    return new VideoSettings(
        width >> times, height >> times, framesPerSecond, bitrate >> 2 * times, keyframeInterval);
  }
}
