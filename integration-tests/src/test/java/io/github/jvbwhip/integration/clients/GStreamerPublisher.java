package io.github.jvbwhip.integration.clients;

import java.net.URI;
import java.time.Duration;

/** webrtcbin as a WHIP publisher of a bouncing ball, 640 x 360 at 25 frames, and a tone. */
public final class GStreamerPublisher implements AutoCloseable {
  private final ClientProcess process;

  private GStreamerPublisher(ClientProcess process) {
    this.process = process;
  }

  /**
   * Publishes; {@code codec} is {@code vp8}, {@code h264}, {@code h264-b} for H264 with B-frames,
   * or {@code h264-told} for H264 that tells its parameter sets in the offer alone.
   */
  public static GStreamerPublisher publish(URI endpoint, String codec) {
    return new GStreamerPublisher(GStreamer.start("gst_publish.py", endpoint.toString(), codec));
  }

  /**
   * Waits until this many frames have been made. (There is no waiting for its connection state:
   * webrtcbin 1.22 now and then forgets to tell that it is connected, and works.)
   */
  public void awaitFrames(int count, Duration timeout) {
    process.await("frames", timeout, value -> Integer.parseInt(value) >= count);
  }

  /** The status of the DELETE that {@link #close} led to; 0 when there was none. */
  public int deleteStatus() {
    return process.number("deleted");
  }

  /** DELETEs the session and ends. */
  @Override
  public void close() {
    process.close();
  }
}
