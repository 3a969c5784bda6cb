package io.github.jvbwhip.load.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.jvbwhip.core.rtp.RtpHeader;
import io.github.jvbwhip.load.media.SendTime;
import io.github.jvbwhip.load.report.DelayFigures;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.media.FrameSource;
import io.github.jvbwhip.testpeer.sdp.RemoteDescription;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A player's part of a packet's way: hundreds of players leave no garbage. */
class PlayerAllocationTest {
  private static final String ANSWER =
      """
      v=0
      m=video 9 UDP/TLS/RTP/SAVPF 96 97
      a=mid:0
      a=sendonly
      a=rtpmap:96 VP8/90000
      a=rtcp-fb:96 nack
      a=rtpmap:97 rtx/90000
      a=fmtp:97 apt=96
      """;
  private static final int PACKETS = 20_000;
  private static final int HEADER = 12;

  private final Player player =
      new Player(
          new PlayerSettings(
              List.of(Codec.VP8), false, true, true, BandwidthFeedback.NONE, 0, 50_000_000),
          new DelayFigures(),
          1);
  private final byte[] packet = new byte[1500];
  private int length;

  @Test
  void a_packet_allocates_nothing() {
    RemoteDescription answer = RemoteDescription.parse(ANSWER);
    player.agreed(answer, answer);
    byte[] payload = FrameSource.of(Codec.VP8, 640, 360).next(true, 600).get(0);
    SendTime.write(payload, SendTime.micros(System.nanoTime()));
    length = HEADER + payload.length;
    packet[0] = (byte) 0x80;
    packet[1] = (byte) (0x80 | 96);
    System.arraycopy(payload, 0, packet, HEADER, payload.length);
    receive(0, PACKETS);

    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(thread);
    receive(PACKETS, 2 * PACKETS);
    long allocated = threads.getThreadAllocatedBytes(thread) - before;

    assertThat(player.frames().keyframes()).isEqualTo(2 * PACKETS);
    assertThat(player.video().missing()).isZero();
    assertThat(allocated / PACKETS).isZero();
  }

  private void receive(int from, int to) {
    for (int number = from; number < to; number++) {
      RtpHeader.setSequenceNumber(packet, 0, number);
      RtpHeader.setTimestamp(packet, 0, 3000L * number);
      player.rtp(packet, length, System.nanoTime());
    }
  }
}
