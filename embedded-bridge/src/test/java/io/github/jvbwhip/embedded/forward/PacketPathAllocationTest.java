package io.github.jvbwhip.embedded.forward;

import static io.github.jvbwhip.embedded.forward.Media.codec;
import static io.github.jvbwhip.embedded.forward.Media.playedVideo;
import static io.github.jvbwhip.embedded.forward.Media.publishedVideo;
import static io.github.jvbwhip.embedded.forward.Media.video;
import static io.github.jvbwhip.embedded.forward.TestPublisher.rtp;
import static io.github.jvbwhip.embedded.forward.TestPublisher.vp8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.rtp.Bytes;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Forwarding allocates nothing, whatever the number of players. */
class PacketPathAllocationTest {
  private static final int PACKETS = 20_000;
  private static final int PLAYERS = 5;

  private final PacketSink nowhere =
      new PacketSink() {
        @Override
        public boolean sendRtp(byte[] buffer, int offset, int length) {
          sent++;
          return true;
        }

        @Override
        public boolean sendRtcp(byte[] buffer, int offset, int length) {
          return true;
        }
      };

  private int number;
  private int sent;

  private void forward(Publisher publisher, byte[] packet, int payloadAt, int count) {
    for (int i = 0; i < count; i++) {
      number++;
      Bytes.put16(packet, 2, number);
      Bytes.put32(packet, 4, number * 3000L);
      Bytes.put16(packet, payloadAt + 2, 0x8000 | number);
      publisher.onRtp(packet, 0, packet.length, number * 1000L);
    }
  }

  @Test
  void nothing_is_allocated_per_packet() {
    Room room =
        new Room(
            new RoomName("r"),
            ForwardingConfig.DEFAULT,
            new NtpClock(0),
            new Random(1),
            Runnable::run);
    Publisher publisher =
        room.addPublisher(
                new StreamName("s"),
                List.of(publishedVideo(1, codec(96, video("VP8")))),
                nowhere,
                0)
            .orElseThrow();
    publisher.connected(0);
    for (int i = 0; i < PLAYERS; i++) {
      room.addPlayer(
              Optional.empty(),
              List.of(playedVideo("v", codec(120, video("VP8"), 121))),
              nowhere,
              0)
          .connected(0);
    }
    publisher.onRtp(rtp(96, 0, 0, 1, vp8(true, 0)), 0, 112, 0);
    byte[] packet = rtp(96, 0, 0, 1, vp8(false, 0), Media.MID, "v");
    int payloadAt = packet.length - 100;
    forward(publisher, packet, payloadAt, PACKETS);

    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long id = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(id);
    forward(publisher, packet, payloadAt, PACKETS);
    long allocated = threads.getThreadAllocatedBytes(id) - before;

    assertThat((double) allocated / PACKETS).as("bytes per packet").isLessThan(1);
    assertThat(sent).isEqualTo(PLAYERS * (1 + 2 * PACKETS));
  }
}
