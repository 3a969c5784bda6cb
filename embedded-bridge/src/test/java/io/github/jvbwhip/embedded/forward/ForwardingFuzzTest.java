package io.github.jvbwhip.embedded.forward;

import static io.github.jvbwhip.embedded.forward.Media.codec;
import static io.github.jvbwhip.embedded.forward.Media.playedAudio;
import static io.github.jvbwhip.embedded.forward.Media.playedVideo;
import static io.github.jvbwhip.embedded.forward.Media.simulcast;
import static io.github.jvbwhip.embedded.forward.Media.video;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whatever packets a publisher and its players send, in whatever order and time: nothing fails, and
 * what goes out is RTP and RTCP ({@link RecordingSink}).
 */
class ForwardingFuzzTest {
  private static final int SEQUENCES = 300;
  private static final int PACKETS = 40;

  @FuzzTest(maxDuration = "30s")
  void every_sequence_of_packets_is_forwarded_or_dropped(byte[] bytes) {
    new Exchange().play(bytes);
  }

  /** The same over sequences of spoilt packets, in every build. */
  @Test
  void every_random_sequence_of_packets_is_forwarded_or_dropped() {
    Random random = new Random(1);
    for (int i = 0; i < SEQUENCES; i++) {
      ByteBuffer bytes = ByteBuffer.allocate(PACKETS * 140);
      for (int k = 0; k < PACKETS; k++) {
        byte[] packet =
            TestPublisher.rtp(
                96 + random.nextInt(7),
                k,
                k * 3000L,
                1000,
                TestPublisher.vp8(k == 0, k),
                Media.MID,
                "v",
                Media.RID,
                "q");
        for (int flips = random.nextInt(3); flips > 0; flips--) {
          packet[random.nextInt(packet.length)] = (byte) random.nextInt();
        }
        bytes.put((byte) random.nextInt(6)).put((byte) packet.length).put(packet);
      }
      new Exchange().play(Arrays.copyOf(bytes.array(), bytes.position()));
    }
  }

  /** A room with a publisher of all codecs, and two players, of whom one has no retransmissions. */
  private static final class Exchange {
    private final TestRoom room = new TestRoom();
    private final TestPublisher publisher =
        room.publisher(
            "p",
            Media.publishedAudio(1),
            simulcast(
                List.of("q", "f"),
                codec(96, video("VP8"), 97),
                codec(98, video("H264"), 99),
                codec(100, video("VP9")),
                codec(101, video("AV1")),
                codec(102, video("H265"))));
    private final List<TestPlayer> players =
        List.of(
            room.player(
                "p",
                playedAudio("a"),
                playedVideo(
                    "v",
                    codec(120, video("VP8"), 121),
                    codec(122, video("H264")),
                    codec(123, video("VP9")),
                    codec(124, video("AV1")),
                    codec(125, video("H265")))),
            room.player(null, playedAudio("a"), playedVideo("v", codec(96, video("VP8")))));

    /** Each step is told by a byte, and has its packet behind that, after its length. */
    void play(byte[] bytes) {
      int at = 0;
      while (at + 2 <= bytes.length) {
        int step = bytes[at] & 0xFF;
        int length = bytes[at + 1] & 0xFF;
        int end = Math.min(bytes.length, at + 2 + length);
        play(step, Arrays.copyOfRange(bytes, at + 2, end));
        at = end;
      }
      room.pass(1000);
    }

    private void play(int step, byte[] packet) {
      switch (step % 6) {
        case 0, 1, 2 -> publisher.send(packet);
        case 3 -> publisher.publisher().onRtcp(packet, 0, packet.length, room.now());
        case 4 -> {
          TestPlayer player = players.get(step / 6 % players.size());
          player.player().onRtcp(packet, 0, packet.length, room.now());
        }
        default -> room.pass(step);
      }
    }
  }
}
