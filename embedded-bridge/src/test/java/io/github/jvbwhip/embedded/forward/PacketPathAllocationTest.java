package io.github.jvbwhip.embedded.forward;

import static io.github.jvbwhip.embedded.forward.Media.codec;
import static io.github.jvbwhip.embedded.forward.Media.playedVideo;
import static io.github.jvbwhip.embedded.forward.Media.publishedVideo;
import static io.github.jvbwhip.embedded.forward.Media.simulcast;
import static io.github.jvbwhip.embedded.forward.Media.video;
import static io.github.jvbwhip.embedded.forward.TestPublisher.rtp;
import static io.github.jvbwhip.embedded.forward.TestPublisher.rtx;
import static io.github.jvbwhip.embedded.forward.TestPublisher.vp8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.jvbwhip.core.bridge.EgressMedia;
import io.github.jvbwhip.core.bridge.Feedback;
import io.github.jvbwhip.core.bridge.HeaderExtensionType;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.LayerSelection;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.bridge.NegotiatedExtension;
import io.github.jvbwhip.core.bridge.ObservedRoom;
import io.github.jvbwhip.core.bridge.ObservedRooms;
import io.github.jvbwhip.core.bridge.PlannedEncoding;
import io.github.jvbwhip.core.bridge.PublisherLimits;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.picture.ChunkPool;
import io.github.jvbwhip.core.picture.FirstPicture;
import io.github.jvbwhip.core.rtp.Bytes;
import io.github.jvbwhip.core.rtp.RtpHeader;
import io.github.jvbwhip.core.rtp.rtcp.Nack;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/** Forwarding allocates nothing, whatever was negotiated, and whatever the number of players. */
class PacketPathAllocationTest {
  private static final int PACKETS = 20_000;
  private static final int PLAYERS = 5;

  /** Less than comes before anything is measured. */
  private static final int KEPT_BYTES = 400_000;

  private static final int PACKETS_PER_TICK = 20;
  private static final long SSRC = 1;
  private static final OptionalInt NONE = OptionalInt.empty();

  private final PacketSink nowhere =
      new PacketSink() {
        @Override
        public boolean sendRtp(byte[] buffer, int offset, int length) {
          sent++;
          lastSent = RtpHeader.sequenceNumber(buffer, offset);
          return true;
        }

        @Override
        public boolean sendRtcp(byte[] buffer, int offset, int length) {
          return true;
        }

        @Override
        public void failed(Throwable fault) {
          throw new AssertionError(fault);
        }
      };

  private final Room room =
      new Room(
          ForwardingConfig.DEFAULT.with(
              new FirstPicture(true, KEPT_BYTES, Duration.ofSeconds(10), 10 * KEPT_BYTES)),
          new NtpClock(0),
          new Random(1),
          new ObservedRoom(new RoomName("r"), Runnable::run, new ObservedRooms()),
          new ChunkPool(10 * KEPT_BYTES),
          begun -> {});

  private final List<Player> players = new ArrayList<>();
  private int sent;
  private int lastSent;

  private Publisher publish(IngestMedia media) {
    Publisher publisher =
        room.addPublisher(new StreamName("s"), List.of(media), PublisherLimits.NONE, nowhere, 0)
            .orElseThrow();
    publisher.connected(0);
    room.show(publisher, 0);
    return publisher;
  }

  private void play(EgressMedia media) {
    for (int i = 0; i < PLAYERS; i++) {
      Player player = room.addPlayer(Optional.empty(), List.of(media), nowhere, 0);
      player.connected(0);
      players.add(player);
    }
  }

  /**
   * Does it for each number up to twice the count, with a tick after every 20; measures the second
   * half, ticks apart.
   */
  private void assertAllocatesNothing(Publisher publisher, IntConsumer packet) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long id = Thread.currentThread().getId();
    long allocated = 0;
    for (int i = 1; i <= 2 * PACKETS; ) {
      long before = threads.getThreadAllocatedBytes(id);
      for (int k = 0; k < PACKETS_PER_TICK; k++) {
        packet.accept(i++);
      }
      allocated += i > PACKETS ? threads.getThreadAllocatedBytes(id) - before : 0;
      publisher.tick(i * 1000L);
      for (Player player : players) {
        player.tick(i * 1000L);
      }
    }
    assertThat((double) allocated / PACKETS).as("bytes per packet").isLessThan(1);
  }

  private static void send(Publisher publisher, byte[] packet, int number) {
    Bytes.put16(packet, 2, number);
    Bytes.put32(packet, 4, number * 3000L);
    publisher.onRtp(packet, 0, packet.length, number * 1000L);
  }

  /** The picture id in the 100 bytes of VP8 at the end of a packet. */
  private static void picture(byte[] packet, int number) {
    Bytes.put16(packet, packet.length - 98, 0x8000 | number);
  }

  @Test
  void nothing_is_allocated_per_packet() {
    Publisher publisher = publish(publishedVideo(SSRC, codec(96, video("VP8"))));
    play(playedVideo("v", codec(120, video("VP8"), 121)));
    send(publisher, rtp(96, 0, 0, SSRC, vp8(true, 0)), 0);
    byte[] packet = rtp(96, 0, 0, SSRC, vp8(false, 0), Media.MID, "v");

    assertAllocatesNothing(
        publisher,
        number -> {
          picture(packet, number);
          send(publisher, packet, number);
        });

    assertThat(sent).isEqualTo(PLAYERS * (1 + 2 * PACKETS));
  }

  @Test
  void nothing_is_allocated_for_what_is_kept_for_those_who_join() {
    Publisher publisher = publish(publishedVideo(SSRC, codec(96, video("VP8"))));
    play(playedVideo("v", codec(120, video("VP8"), 121)));
    byte[] keyframe = rtp(96, 0, 0, SSRC, vp8(true, 0), Media.MID, "v");
    byte[] packet = rtp(96, 0, 0, SSRC, vp8(false, 0), Media.MID, "v");

    assertAllocatesNothing(
        publisher,
        number -> {
          byte[] next = number % 3000 == 1 ? keyframe : packet; // Kept for the most part.
          picture(next, number);
          send(publisher, next, number);
        });

    assertThat(sent).isEqualTo(PLAYERS * 2 * PACKETS);
  }

  @Test
  void nothing_is_allocated_for_retransmissions_on_either_side() {
    Publisher publisher = publish(simulcast(List.of("q", "f"), codec(96, video("VP8"), 97)));
    play(playedVideo("v", codec(120, video("VP8"), 121)));
    send(publisher, rtp(96, 0, 0, SSRC, vp8(true, 0), Media.MID, "v", Media.RID, "q"), 0);
    byte[] packet = rtp(96, 0, 0, SSRC, vp8(false, 0), Media.MID, "v", Media.RID, "q");
    byte[] repair =
        rtx(
            rtp(96, 0, 0, SSRC, vp8(false, 0), Media.MID, "v", Media.REPAIRED_RID, "q"),
            97,
            SSRC + 1,
            0);
    byte[] received = new byte[repair.length];
    byte[] nack = new byte[16];
    Player asking = players.get(PLAYERS - 1); // The packet that was sent last is its.
    long asked = asking.sources().get(0).ssrc();
    int[] lost = new int[1];

    assertAllocatesNothing(
        publisher,
        number -> {
          if (number % 2 == 0) { // The one before was lost.
            picture(packet, number);
            send(publisher, packet, number);
            System.arraycopy(repair, 0, received, 0, repair.length);
            Bytes.put16(received, received.length - 102, number - 1);
            picture(received, number - 1);
            send(publisher, received, number / 2);
            lost[0] = lastSent;
            int length = Nack.write(nack, 0, 1, asked, lost, 1);
            asking.onRtcp(nack, 0, length, number * 1000L);
          }
        });

    assertThat(publisher.losses().resent()).isEqualTo(PACKETS);
    assertThat(asking.losses().resent()).isEqualTo(PACKETS);
  }

  @Test
  void nothing_is_allocated_for_av1_with_a_descriptor_and_layers_left_out() {
    Publisher publisher = publish(publishedVideo(SSRC, codec(96, video("AV1"))));
    play(playedVideo("v", codec(120, video("AV1"))));
    byte[] structure = {(byte) 0xC0, 0, 1, (byte) 0x80, 0x01, 0x7A, 0x14, 0};
    byte[] keyframe = {0x18, 0x0A, 0x01, 0x02};
    send(publisher, rtp(96, 0, 0, SSRC, keyframe, Media.DESCRIPTOR, structure), 0);
    byte[][] frames = new byte[2][];
    for (int layer = 0; layer < 2; layer++) {
      byte[] descriptor = {(byte) (0xC0 | layer), 0, 0};
      frames[layer] = rtp(96, 0, 0, SSRC, new byte[] {0x10, 0x32}, Media.DESCRIPTOR, descriptor);
    }
    send(publisher, frames[1], 1);
    LayerSelection base =
        new LayerSelection(Optional.empty(), NONE, NONE, NONE, OptionalInt.of(0), NONE, NONE);
    assertThat(players.get(0).selectLayer("v", base, 0)).isTrue();
    sent = 0;

    assertAllocatesNothing(publisher, number -> send(publisher, frames[number % 2], number + 1));

    assertThat(sent).isEqualTo((PLAYERS - 1) * 2 * PACKETS + PACKETS);
  }

  @Test
  void nothing_is_allocated_for_transport_wide_feedback() {
    IngestMedia media =
        new IngestMedia(
            "v",
            MediaKind.VIDEO,
            List.of(new NegotiatedCodec(96, video("VP8"), NONE, Set.of(Feedback.TRANSPORT_CC))),
            List.of(new NegotiatedExtension(Media.TRANSPORT_CC, HeaderExtensionType.TRANSPORT_CC)),
            List.of(
                new PlannedEncoding(
                    Optional.empty(), OptionalLong.of(SSRC), OptionalLong.empty())));
    Publisher publisher = publish(media);
    play(playedVideo("v", codec(120, video("VP8"))));
    send(publisher, rtp(96, 0, 0, SSRC, vp8(true, 0)), 0);
    byte[] packet = rtp(96, 0, 0, SSRC, vp8(false, 0), Media.TRANSPORT_CC, new byte[2]);

    assertAllocatesNothing(
        publisher,
        number -> {
          picture(packet, number);
          Bytes.put16(packet, packet.length - 103, number); // Behind it: one byte of padding.
          send(publisher, packet, number);
        });

    assertThat(sent).isEqualTo(PLAYERS * (1 + 2 * PACKETS));
  }

  @Test
  void nothing_is_allocated_for_simulcast() {
    List<String> rids = List.of("q", "h", "f");
    Publisher publisher = publish(simulcast(rids, codec(96, video("VP8"))));
    play(playedVideo("v", codec(120, video("VP8"))));
    byte[][] packets = new byte[rids.size()][];
    for (int i = 0; i < rids.size(); i++) {
      byte[] keyframe = vp8(true, 0, 0, 0, 320 << i);
      Object[] ids = {Media.MID, "v", Media.RID, rids.get(i)};
      send(publisher, rtp(96, 0, 0, SSRC + i, keyframe, ids), 0);
      packets[i] = rtp(96, 0, 0, SSRC + i, vp8(false, 0), ids);
    }
    sent = 0;

    assertAllocatesNothing(
        publisher,
        number -> {
          for (byte[] packet : packets) {
            picture(packet, number);
            send(publisher, packet, number);
          }
        });

    assertThat(sent).as("one encoding to each").isEqualTo(PLAYERS * 2 * PACKETS);
  }

  @Test
  void nothing_is_allocated_for_keyframes_that_are_completed() {
    Publisher publisher = publish(publishedVideo(SSRC, codec(96, video("H264"))));
    play(playedVideo("v", codec(120, video("H264"))));
    send(publisher, rtp(96, 0, 0, SSRC, new byte[] {0x67, 0x42, 0, 0x1F, (byte) 0x8D}), 0);
    send(publisher, rtp(96, 0, 0, SSRC, new byte[] {0x68, (byte) 0xCE, 0x3C}), 1);
    byte[] keyframe = rtp(96, 0, 0, SSRC, new byte[] {0x65, (byte) 0x88, 1}, Media.MID, "v");
    byte[] slice = rtp(96, 0, 0, SSRC, new byte[] {0x41, (byte) 0x9A, 1}, Media.MID, "v");
    sent = 0;

    assertAllocatesNothing(
        publisher, number -> send(publisher, number % 100 == 0 ? keyframe : slice, number + 1));

    assertThat(sent).isEqualTo(PLAYERS * 2 * (PACKETS + PACKETS / 100));
  }
}
