package io.github.jvbwhip.jvb.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.rtp.SsrcTable;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IncomingStreamsTest {
  private static final long LIVE = 1;
  private static final int[] SETS = {0x78, 0, 3, 0x67, 0x42, 0xE0, 0, 2, 0x68, 0xCE};
  private static final int[] IDR = {0x65, 0x88};
  private static final Codec H264 = new Codec(MediaKind.VIDEO, "H264", 90_000, 1, Map.of());

  private final IncomingStreams streams = new IncomingStreams();

  private static SsrcTable<EncodingMeter> told(long other) {
    return SsrcTable.of(
        Map.of(LIVE, new EncodingMeter(0, true, 0), other, new EncodingMeter(1, true, 0)));
  }

  @Test
  void a_stream_goes_on_however_often_another_begins_anew() {
    IncomingStream live = streams.of(LIVE, told(2));

    for (long ssrc = 2; ssrc < 200; ssrc++) {
      IncomingStream other = streams.of(ssrc, told(ssrc));
      assertThat(streams.of(ssrc, told(ssrc))).isSameAs(other);
      assertThat(streams.of(LIVE, told(ssrc))).isSameAs(live);
    }
  }

  @Test
  void a_stream_that_has_gone_is_forgotten() {
    IncomingStream gone = streams.of(2, told(2));

    for (long ssrc = 3; ssrc < 40; ssrc++) {
      streams.of(ssrc, told(ssrc));
    }
    assertThat(streams.of(2, told(2))).isNotSameAs(gone);
  }

  private static boolean received(
      IncomingStream stream, int sequenceNumber, long timestamp, int... payload) {
    Packets packet = Packets.of(107, sequenceNumber, timestamp, 1, payload);
    return stream.received(packet.bytes, packet.offset, packet.length, H264);
  }

  @Test
  void an_encoder_that_begins_anew_with_another_ssrc_need_not_tell_its_sets_again() {
    received(streams.of(2, told(2)), 1, 0, SETS);

    IncomingStream next = streams.of(3, told(3));
    assertThat(received(next, 700, 50, IDR)).isTrue();
    assertThat(next.lengthBefore(new byte[12], 0)).isEqualTo(12 + SETS.length);
    assertThat(received(streams.of(LIVE, told(3)), 1, 0, IDR)).as("another encoding").isFalse();
  }

  @Test
  void the_sets_of_one_that_sends_its_own_take_the_place_of_those_before() {
    int[] otherPps = {0x78, 0, 3, 0x67, 0x42, 0xE1, 0, 2, 0x68, 0x50};
    received(streams.of(2, told(2)), 1, 0, SETS);

    IncomingStream next = streams.of(3, told(3));
    assertThat(received(next, 700, 50, otherPps)).isFalse();
    assertThat(received(next, 701, 50, IDR)).isFalse();
    assertThat(received(next, 702, 3050, IDR)).isTrue();
    assertThat(next.lengthBefore(new byte[12], 0)).isEqualTo(12 + otherPps.length);
  }

  @Test
  void a_set_of_the_new_encoder_is_not_put_together_with_one_of_the_old() {
    received(streams.of(2, told(2)), 1, 0, SETS);

    IncomingStream next = streams.of(3, told(3));
    assertThat(received(next, 700, 50, 0x67, 0x42, 0xE1)).isFalse();
    assertThat(received(next, 702, 50, IDR)).as("its PPS is on its way yet").isFalse();
  }
}
