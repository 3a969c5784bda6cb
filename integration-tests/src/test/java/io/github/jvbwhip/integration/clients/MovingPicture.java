package io.github.jvbwhip.integration.clients;

import dev.onvoid.webrtc.media.video.CustomVideoSource;
import dev.onvoid.webrtc.media.video.NativeI420Buffer;
import dev.onvoid.webrtc.media.video.VideoFrame;
import java.nio.ByteBuffer;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Draws a bright bar that wanders over a gradient, frame after frame, into a video source. */
final class MovingPicture implements AutoCloseable {
  private final CustomVideoSource source = new CustomVideoSource();
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "test-moving-picture");
            thread.setDaemon(true);
            return thread;
          });
  private final int width;
  private final int height;
  private int drawn;

  MovingPicture(int width, int height) {
    this.width = width;
    this.height = height;
  }

  CustomVideoSource source() {
    return source;
  }

  void start(int framesPerSecond) {
    executor.scheduleAtFixedRate(
        this::push, 0, TimeUnit.SECONDS.toNanos(1) / framesPerSecond, TimeUnit.NANOSECONDS);
  }

  private void push() {
    NativeI420Buffer buffer = NativeI420Buffer.allocate(width, height);
    fill(buffer.getDataY(), buffer.getStrideY(), width, height, drawn * 8 % width);
    fill(buffer.getDataU(), buffer.getStrideU(), width / 2, height / 2, -1);
    fill(buffer.getDataV(), buffer.getStrideV(), width / 2, height / 2, -1);
    VideoFrame frame = new VideoFrame(buffer, System.nanoTime());
    source.pushFrame(frame);
    frame.release();
    drawn++;
  }

  private void fill(ByteBuffer plane, int stride, int columns, int rows, int bar) {
    byte[] row = new byte[columns];
    for (int x = 0; x < columns; x++) {
      boolean inBar = bar >= 0 && x >= bar && x < bar + columns / 8;
      row[x] = (byte) (bar < 0 ? 128 : inBar ? 235 : 32 + x * 100 / columns);
    }
    for (int y = 0; y < rows; y++) {
      plane.position(y * stride);
      plane.put(row);
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
    try {
      if (!executor.awaitTermination(5, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the picture does not stop");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
