package io.github.jvbwhip.jvb.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.MediaNotice;
import io.github.jvbwhip.core.rtp.SsrcTable;
import io.github.jvbwhip.core.rtp.payload.KeyframeDetector;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a meter tells of an encoder of H264; the rest is seen in rooms. */
class EncodingMeterTest {
  private static final Codec H264 = new Codec(MediaKind.VIDEO, "H264", 90_000, 1, Map.of());
  private static final int FRAME = 3000;
  private static final long FRAME_NANOS = 33_333_333L;
  private static final long SSRC = 7;

  private final EncodingMeter meter = new EncodingMeter(0, true, 0);
  private final IncomingStreams streams = new IncomingStreams();
  private long now;
  private int number;

  private void frame(long timestamp, int... payload) {
    Packets p = Packets.of(96, number++, timestamp, SSRC, payload);
    var unused =
        streams
            .of(SSRC, SsrcTable.of(Map.of(SSRC, meter)))
            .received(p.bytes, p.offset, p.length, H264);
    meter.sends(H264);
    meter.packet(p.bytes, p.offset, p.offset + 12, p.length - 12, KeyframeDetector.H264, now);
    now += FRAME_NANOS;
  }

  private Set<MediaNotice> notices() {
    Set<MediaNotice> notices = EnumSet.noneOf(MediaNotice.class);
    meter.notice(true, notices, now);
    return notices;
  }

  @Test
  void b_frames_are_noticed() {
    for (int group = 0; group < 5; group++) {
      assertThat(notices()).as("after so many groups: " + group).hasSize(group < 3 ? 0 : 1);
      for (int ahead : new int[] {3, 1, 2}) {
        frame((long) (3 * group + ahead) * FRAME, 0x41, 0x9A, 0);
      }
    }
    assertThat(notices()).containsExactly(MediaNotice.B_FRAMES);
  }

  @Test
  void keyframes_without_parameter_sets_are_noticed_until_there_are_some() {
    frame(FRAME, 0x65, 0x88, 0x84);
    assertThat(notices()).containsExactly(MediaNotice.NO_PARAMETER_SETS);
    frame(2 * FRAME, 0x67, 0x42, 0xC0, 0x1F, 0x8D, 0x68);
    frame(2 * FRAME, 0x68, 0xCE, 0x3C, 0x80);
    frame(2 * FRAME, 0x65, 0x88, 0x84);
    assertThat(notices()).isEmpty();
  }

  @Test
  void nothing_is_amiss_with_what_does_not_come() {
    frame(FRAME, 0x65, 0x88, 0x84);
    now += 3_000_000_000L;
    assertThat(notices()).isEmpty();
  }
}
