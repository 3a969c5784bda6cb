package io.github.jvbwhip.embedded.forward;

import static io.github.jvbwhip.embedded.forward.Media.codec;
import static io.github.jvbwhip.embedded.forward.Media.publishedVideo;
import static io.github.jvbwhip.embedded.forward.Media.video;
import static io.github.jvbwhip.embedded.forward.TestPublisher.rtp;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.EgressMedia;
import io.github.jvbwhip.core.bridge.Feedback;
import io.github.jvbwhip.core.bridge.HeaderExtensionType;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.bridge.NegotiatedExtension;
import io.github.jvbwhip.core.bridge.PlannedEncoding;
import io.github.jvbwhip.core.rtp.Bytes;
import io.github.jvbwhip.core.rtp.RtpHeader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The longest packets that are taken from a publisher, to players for whom they become longer:
 * whatever goes out can be sent again. A {@link RecordingSink} takes the room behind each packet.
 */
class PacketSizesTest {
  private static final String LONGEST_MID = "m".repeat(255);
  private static final int HIGH_ID = 20;
  private static final int RED = 63;
  private static final byte[] KEYFRAME_OF_AV1 = HexFormat.of().parseHex("10301000");
  private static final byte[] SEQUENCE_HEADER = HexFormat.of().parseHex("1808000000");

  private final TestRoom room = new TestRoom();
  private final Random random = new Random(7);

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void the_longest_packet_is_sent_again(boolean rtx) {
    TestPublisher publisher = room.publisher("s", publishedVideo(1, codec(96, video("VP8"))));
    TestPlayer player = room.player("s", longest(video("VP8"), rtx));

    for (int length = IncomingPacket.MAX_LENGTH - 350;
        length <= IncomingPacket.MAX_LENGTH;
        length++) {
      byte[] payload =
          Arrays.copyOf(TestPublisher.vp8(true, length), length - RtpHeader.FIXED_LENGTH);
      publisher.send(rtp(96, length, length * 3000L, 1, payload));
      assertThatItIsResent(player, rtx);
    }
  }

  private void assertThatItIsResent(TestPlayer player, boolean rtx) {
    RecordingSink.Sent sent = player.last(0);
    room.pass(1000);
    player.sink().clear();
    player.nack(0, sent.sequenceNumber());
    if (rtx) {
      List<RecordingSink.Sent> again = player.sink().rtp(player.rtxSsrc(0));
      assertThat(again).as("a packet of %d bytes", sent.bytes().length).hasSize(1);
      byte[] payload = again.get(0).payload();
      assertThat(Bytes.u16(payload, 0)).isEqualTo(sent.sequenceNumber());
      assertThat(Arrays.copyOfRange(payload, 2, payload.length)).isEqualTo(sent.payload());
    } else {
      assertThat(player.received(0)).as("a packet of %d bytes", sent.bytes().length).hasSize(1);
      assertThat(player.last(0).bytes()).isEqualTo(sent.bytes());
    }
    player.sink().clear();
  }

  /** With a descriptor that becomes longer under the player's id, and all that is added. */
  private static EgressMedia longest(Codec codec, boolean rtx) {
    return longest(rtx ? codec(120, codec, 121) : codec(120, codec));
  }

  private static EgressMedia longest(NegotiatedCodec... codecs) {
    return new EgressMedia(
        LONGEST_MID,
        codecs[0].codec().kind(),
        List.of(codecs),
        List.of(
            new NegotiatedExtension(Media.PLAYER_MID, HeaderExtensionType.MID),
            new NegotiatedExtension(HIGH_ID, HeaderExtensionType.DEPENDENCY_DESCRIPTOR),
            new NegotiatedExtension(HIGH_ID + 1, HeaderExtensionType.AUDIO_LEVEL),
            new NegotiatedExtension(HIGH_ID + 2, HeaderExtensionType.ABS_SEND_TIME)));
  }

  @Test
  void sets_that_do_not_fit_beside_a_long_header_end_nobody() {
    TestPublisher publisher = room.publisher("s", publishedVideo(1, codec(96, video("H264"))));
    TestPlayer player = room.player("s", longest(video("H264"), true));
    publisher.send(rtp(96, 1, 3000, 1, set(0x67, 30)));
    publisher.send(rtp(96, 2, 3000, 1, set(0x68, 400)));

    publisher.send(rtp(96, 3, 6000, 1, aggregated(set(0x67, 600), set(0x65, 20)), elements(900)));

    assertThat(player.last(0).payload()).isEqualTo(aggregated(set(0x67, 600), set(0x65, 20)));
  }

  private static byte[] set(int header, int length) {
    byte[] unit = new byte[length];
    Arrays.fill(unit, (byte) length);
    unit[0] = (byte) header;
    unit[1] = (byte) 0x80; // Id 0 in Exp-Golomb code, where there is one.
    return unit;
  }

  private static byte[] aggregated(byte[]... units) {
    int length = 1 + Arrays.stream(units).mapToInt(unit -> 2 + unit.length).sum();
    byte[] payload = new byte[length];
    payload[0] = 0x78;
    int at = 1;
    for (byte[] unit : units) {
      Bytes.put16(payload, at, unit.length);
      System.arraycopy(unit, 0, payload, at + 2, unit.length);
      at += 2 + unit.length;
    }
    return payload;
  }

  /** As many header-extension elements of that id as have this length together. */
  private static Object[] elements(int length) {
    List<Object> elements = new ArrayList<>();
    for (int at = 0; at < length; at += 17) {
      elements.add(Media.LEVEL);
      elements.add(new byte[16]);
    }
    return elements.toArray();
  }

  @Test
  void packets_of_all_kinds_and_sizes_go_out_and_are_sent_again() {
    NegotiatedCodec opus = codec(111, Media.opus());
    NegotiatedCodec red =
        new NegotiatedCodec(
            RED,
            new Codec(MediaKind.AUDIO, "red", 48_000, 2, Map.of("", "111/111")),
            OptionalInt.empty(),
            Set.of(Feedback.NACK));
    TestPublisher publisher =
        room.publisher(
            "s",
            published("a", opus, red),
            published(
                "v",
                codec(96, video("VP8"), 97),
                codec(98, video("H264")),
                codec(99, video("H265")),
                codec(100, video("VP9")),
                codec(101, video("AV1"))));
    NegotiatedCodec[] videos = {
      codec(120, video("VP8"), 121),
      codec(122, video("H264"), 123),
      codec(124, video("H265")),
      codec(125, video("VP9"), 126),
      codec(127, video("AV1"))
    };
    List<TestPlayer> players =
        List.of(
            room.player("s", longest(opus), longest(videos)),
            room.player("s", longest(red, opus), longest(videos)));

    int again = 0;
    for (int i = 1; i < 20_000; i++) {
      publisher.send(anyPacket(i));
      if (i % 20 == 0) {
        room.pass(100);
        again += players.stream().mapToInt(this::resendAll).sum();
      }
    }
    assertThat(again).as("packets that were sent again").isGreaterThan(5000);
  }

  private static IngestMedia published(String mid, NegotiatedCodec... codecs) {
    return new IngestMedia(
        mid,
        codecs[0].codec().kind(),
        List.of(codecs),
        List.of(
            new NegotiatedExtension(Media.MID, HeaderExtensionType.MID),
            new NegotiatedExtension(Media.LEVEL, HeaderExtensionType.AUDIO_LEVEL),
            new NegotiatedExtension(Media.DESCRIPTOR, HeaderExtensionType.DEPENDENCY_DESCRIPTOR)),
        List.of(new PlannedEncoding(Optional.empty(), OptionalLong.empty(), OptionalLong.empty())));
  }

  private byte[] anyPacket(int number) {
    int[] payloadTypes = {96, 97, 98, 99, 100, 101, 111, RED};
    int payloadType = payloadTypes[random.nextInt(payloadTypes.length)];
    boolean audio = payloadType == 111 || payloadType == RED;
    byte[] payload = new byte[random.nextInt(4) == 0 ? random.nextInt(1588) : 1400];
    random.nextBytes(payload);
    byte[] start =
        switch (payloadType) {
          case 98 -> anyOf(set(0x67, 30), set(0x68, 12), set(0x65, 4));
          case 99 -> anyOf(set(0x40, 30), set(0x42, 40), set(0x44, 12), set(0x26, 4));
          case 101 -> anyOf(SEQUENCE_HEADER, KEYFRAME_OF_AV1);
          case RED -> new byte[] {(byte) (0x80 | 111), 0, 0, 30, 111};
          default -> TestPublisher.vp8(true, number & 0x7FFF);
        };
    System.arraycopy(start, 0, payload, 0, Math.min(start.length, payload.length));
    Object[] extensions =
        random.nextInt(8) == 0
            ? elements(random.nextInt(1200))
            : new Object[] {Media.MID, audio ? "a" : "v", Media.LEVEL, new byte[1]};
    byte[] packet =
        rtp(payloadType, number & 0xFFFF, number * 90L, audio ? 1 : 2, payload, extensions);
    return packet.length > IncomingPacket.MAX_LENGTH
        ? Arrays.copyOf(packet, IncomingPacket.MAX_LENGTH)
        : packet;
  }

  private byte[] anyOf(byte[]... some) {
    return some[random.nextInt(some.length)];
  }

  private int resendAll(TestPlayer player) {
    List<RecordingSink.Sent> sent = player.sink().rtp();
    player.sink().clear();
    for (int section = 0; section < 2; section++) {
      long ssrc = player.ssrc(section);
      int[] numbers =
          sent.stream()
              .filter(packet -> packet.ssrc() == ssrc)
              .mapToInt(RecordingSink.Sent::sequenceNumber)
              .toArray();
      if (numbers.length > 0) {
        player.nack(section, numbers);
      }
    }
    int again = player.sink().rtp().size();
    player.sink().clear();
    return again;
  }
}
