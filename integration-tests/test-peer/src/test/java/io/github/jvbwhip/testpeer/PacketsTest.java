package io.github.jvbwhip.testpeer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.media.FrameSource;
import io.github.jvbwhip.testpeer.media.PayloadView;
import io.github.jvbwhip.testpeer.rtp.RtcpPacket;
import io.github.jvbwhip.testpeer.rtp.RtcpReader;
import io.github.jvbwhip.testpeer.rtp.RtcpWriter;
import io.github.jvbwhip.testpeer.rtp.RtpPacket;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The peer's own packets, against bytes that were worked out by hand. */
class PacketsTest {
  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  @Test
  void rtp_with_one_byte_extensions() {
    byte[] bytes = hex("90e0 1234 00000001 deadbeef bede 0002 10 61 31 0102 000000 aabb");
    RtpPacket packet = RtpPacket.parse(bytes);
    assertThat(packet.marker()).isTrue();
    assertThat(packet.payloadType()).isEqualTo(96);
    assertThat(packet.sequenceNumber()).isEqualTo(0x1234);
    assertThat(packet.ssrc()).isEqualTo(0xdeadbeefL);
    assertThat(packet.extensions().get(1)).containsExactly(0x61);
    assertThat(packet.extensions().get(3)).containsExactly(1, 2);
    assertThat(packet.payload()).containsExactly(0xaa, 0xbb);
    assertThat(packet.toBytes()).isEqualTo(bytes);
  }

  @Test
  void rtp_with_two_byte_extensions_and_padding() {
    byte[] bytes = hex("b060 0001 00000000 00000001 1000 0001 14 01 7f 00 cc 0002");
    RtpPacket packet = RtpPacket.parse(bytes);
    assertThat(packet.extensions().get(20)).containsExactly(0x7f);
    assertThat(packet.payload()).containsExactly(0xcc);
  }

  @Test
  void a_retransmission_carries_the_original_number() {
    RtpPacket packet = new RtpPacket(true, 96, 0xfffe, 1, 2, new TreeMap<>(), hex("0a0b"));
    RtpPacket rtx = packet.asRtx(97, 3, 7, new TreeMap<>());
    assertThat(rtx.payload()).isEqualTo(hex("fffe0a0b"));
    assertThat(rtx.sequenceNumber()).isEqualTo(7);
    RtpPacket restored = rtx.fromRtx(96, 2);
    assertThat(restored.toBytes()).isEqualTo(packet.toBytes());
  }

  @Test
  void a_nack_names_up_to_17_packets_in_one_entry() {
    byte[] nack = RtcpWriter.nack(1, 2, List.of(100, 101, 116, 117));
    assertThat(nack).isEqualTo(hex("81cd 0004 00000001 00000002 0064 8001 0075 0000"));
    RtcpPacket.Nack read = (RtcpPacket.Nack) RtcpReader.read(nack).get(0);
    assertThat(read.sequenceNumbers()).containsExactly(100, 101, 116, 117);
  }

  @Test
  void remb_has_a_mantissa_and_an_exponent() {
    byte[] remb = RtcpWriter.remb(1, 1_048_576, List.of(7L));
    assertThat(remb).isEqualTo(hex("8fce 0005 00000001 00000000 52454d42 01 0e 0000 00000007"));
    assertThat(RtcpReader.read(remb))
        .containsExactly(new RtcpPacket.Remb(1, 1_048_576, List.of(7L)));
  }

  @Test
  void transport_feedback_has_two_bit_symbols_and_quarter_millisecond_deltas() {
    // The first after 1 ms, one lost, the next 2 ms later, then one that took 100 ms.
    byte[] feedback =
        RtcpWriter.transportFeedback(1, 2, 10, new long[] {65_000, -1, 67_000, 167_000}, 3);
    assertThat(feedback)
        .isEqualTo(hex("8fcd 0006 00000001 00000002 000a 0004 000001 03 d180 04 08 0190 0000"));
    assertThat(RtcpReader.read(feedback))
        .containsExactly(new RtcpPacket.TransportFeedback(1, 10, 4));
  }

  @Test
  void a_compound_packet_is_read_piece_by_piece() {
    byte[] compound =
        RtcpWriter.compound(
            RtcpWriter.senderReport(5, 0x0102030405060708L, 9, 10, 11),
            RtcpWriter.sourceDescription(5, "name"),
            RtcpWriter.pictureLoss(5, 6),
            RtcpWriter.fullIntraRequest(5, 6, 1),
            RtcpWriter.bye(5));
    assertThat(RtcpReader.read(compound))
        .containsExactly(
            new RtcpPacket.SenderReport(5, 0x0102030405060708L, 9, 10, 11, List.of()),
            new RtcpPacket.SourceDescription(5, "name"),
            new RtcpPacket.PictureLoss(5, 6),
            new RtcpPacket.FullIntraRequest(5, List.of(6L)),
            new RtcpPacket.Bye(5));
  }

  @Test
  void what_is_not_rtcp_is_refused() {
    assertThatThrownBy(() -> RtcpReader.read(hex("81cd 0009 00000001")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = Codec.class,
      names = {"VP8", "VP9", "H264", "AV1"})
  void frames_are_cut_and_keyframes_are_known_as_such(Codec codec) {
    FrameSource frames = FrameSource.of(codec, 640, 360);
    List<byte[]> key = frames.next(true, 5_000);
    List<byte[]> delta = frames.next(false, 3_000);
    assertThat(key).hasSizeGreaterThanOrEqualTo(5);
    assertThat(key).allMatch(payload -> payload.length <= FrameSource.MAX_PAYLOAD);
    assertThat(PayloadView.of(codec, key.get(0)).keyframeStart()).isTrue();
    assertThat(PayloadView.of(codec, key.get(0)).frameStart()).isTrue();
    assertThat(delta).noneMatch(payload -> PayloadView.of(codec, payload).keyframeStart());
    assertThat(PayloadView.of(codec, delta.get(1)).frameStart()).isFalse();
  }

  @Test
  void vp8_tells_its_size_and_counts_its_pictures() {
    FrameSource frames = FrameSource.of(Codec.VP8, 1280, 720);
    PayloadView first = PayloadView.of(Codec.VP8, frames.next(true, 500).get(0));
    PayloadView second = PayloadView.of(Codec.VP8, frames.next(false, 500).get(0));
    assertThat(first.width()).isEqualTo(1280);
    assertThat(first.height()).isEqualTo(720);
    assertThat(second.pictureId()).isEqualTo(first.pictureId() + 1);
    assertThat(second.temporalId()).isEqualTo(1);
    assertThat(second.tl0PicIdx()).isEqualTo(first.tl0PicIdx());
  }
}
