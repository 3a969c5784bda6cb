package io.github.jvbwhip.integration.clients;

import java.net.URI;
import java.time.Duration;
import java.util.function.Predicate;

/** webrtcbin as a WHEP player that decodes and looks at every frame. Thread-safe. */
public final class GStreamerPlayer implements AutoCloseable {
  private final ClientProcess process;

  private GStreamerPlayer(ClientProcess process) {
    this.process = process;
  }

  /** Plays; {@code codec} is {@code vp8} or {@code h264}. */
  public static GStreamerPlayer play(URI endpoint, String codec) {
    return new GStreamerPlayer(GStreamer.start("gst_play.py", endpoint.toString(), codec));
  }

  /** Waits until what has been decoded is enough. */
  public void awaitVideo(Duration timeout, Predicate<VideoSeen> enough) {
    process.await("frames", timeout, frames -> enough.test(seen()));
  }

  /** Waits until this many decoded pieces of sound have come. */
  public void awaitSound(int count, Duration timeout) {
    process.await("sounds", timeout, value -> Integer.parseInt(value) >= count);
  }

  /** What has been decoded so far. */
  public VideoSeen seen() {
    String[] size = process.value("size").orElse("0x0").split("x", 2);
    return new VideoSeen(
        process.number("frames"),
        process.number("changes"),
        Integer.parseInt(size[0]),
        Integer.parseInt(size[1]));
  }

  /** DELETEs the session and ends. */
  @Override
  public void close() {
    process.close();
  }
}
