package io.github.jvbwhip.jvb.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.rtp.RtpHeader;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IncomingStreamTest {
  private static final int[] SETS = {0x78, 0, 3, 0x67, 0x42, 0xE0, 0, 2, 0x68, 0xCE};
  private static final int[] IDR = {0x65, 0x88};
  private static final int[] SLICE = {0x41, 0x9A};
  private static final Codec H264 = new Codec(MediaKind.VIDEO, "H264", 90_000, 1, Map.of());

  private final IncomingStream stream = new IncomingStream();

  private boolean received(int sequenceNumber, long timestamp, int... payload) {
    Packets packet = Packets.of(107, sequenceNumber, timestamp, 1, payload);
    return stream.received(packet.bytes, packet.offset, packet.length, H264);
  }

  @Test
  void a_keyframe_without_parameter_sets_is_completed_and_what_follows_is_one_higher() {
    assertThat(received(1, 0, SETS)).isFalse();
    assertThat(received(2, 0, IDR)).isFalse();
    assertThat(stream.number()).isEqualTo(2);
    assertThat(received(3, 3000, SLICE)).isFalse();

    Packets keyframe = Packets.of(107, 4, 6000, 1, IDR);
    assertThat(stream.received(keyframe.bytes, keyframe.offset, keyframe.length, H264)).isTrue();
    assertThat(stream.number()).isEqualTo(5);
    byte[] before = new byte[100];
    stream.writeBefore(keyframe.bytes, keyframe.offset, before, 7);
    int length = stream.lengthBefore(keyframe.bytes, keyframe.offset);
    assertThat(RtpHeader.isValid(before, 7, length)).isTrue();
    assertThat(RtpHeader.sequenceNumber(before, 7)).isEqualTo(4);
    assertThat(RtpHeader.timestamp(before, 7)).isEqualTo(6000);
    assertThat(RtpHeader.ssrc(before, 7)).isEqualTo(1);
    int at = RtpHeader.payloadOffset(before, 7);
    assertThat(Arrays.copyOfRange(before, at, 7 + length))
        .isEqualTo(new byte[] {0x78, 0, 3, 0x67, 0x42, (byte) 0xE0, 0, 2, 0x68, (byte) 0xCE});
    assertThat(received(5, 9000, SLICE)).isFalse();
    assertThat(stream.number()).isEqualTo(6);
  }

  @Test
  void numbers_that_begin_anew_go_on_as_they_are() {
    received(1, 0, SETS);
    received(2, 3000, IDR);

    assertThat(received(20_000, 9000, SLICE)).isFalse();
    assertThat(stream.number()).isEqualTo(20_000);
    assertThat(received(20_001, 12_000, IDR)).as("the sets are still known").isTrue();
    assertThat(stream.number()).isEqualTo(20_002);
  }

  @Test
  void a_codec_without_parameter_sets_is_left_as_it_is() {
    Packets packet = Packets.of(100, 7, 0, 1, 0x10, 0);

    assertThat(stream.received(packet.bytes, packet.offset, packet.length, Plans.VP8)).isFalse();
    assertThat(stream.number()).isEqualTo(7);
  }
}
