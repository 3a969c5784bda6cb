package io.github.jvbwhip.embedded.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.EndReason;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps what a transport tells, for a test to wait for. */
final class RecordingListener implements TransportListener {
  private static final long PATIENCE_SECONDS = 20;

  record End(EndReason reason, String detail) {}

  final BlockingQueue<byte[]> rtp = new LinkedBlockingQueue<>();
  final BlockingQueue<byte[]> rtcp = new LinkedBlockingQueue<>();
  final BlockingQueue<Object> life = new LinkedBlockingQueue<>();

  @Override
  public void onRtp(byte[] buffer, int offset, int length, long nanoTime) {
    rtp.add(Arrays.copyOfRange(buffer, offset, offset + length));
  }

  @Override
  public void onRtcp(byte[] buffer, int offset, int length, long nanoTime) {
    rtcp.add(Arrays.copyOfRange(buffer, offset, offset + length));
  }

  @Override
  public void onConnected() {
    life.add("connected");
  }

  @Override
  public void onEnded(EndReason reason, String detail) {
    life.add(new End(reason, detail));
  }

  void awaitConnected() throws InterruptedException {
    assertThat(await(life)).isEqualTo("connected");
  }

  End awaitEnd() throws InterruptedException {
    Object event = await(life);
    assertThat(event).isInstanceOf(End.class);
    return (End) event;
  }

  /** The next element; fails when none comes. */
  static <T> T await(BlockingQueue<T> queue) throws InterruptedException {
    T element = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(element).as("something within %d s", PATIENCE_SECONDS).isNotNull();
    return element;
  }
}
