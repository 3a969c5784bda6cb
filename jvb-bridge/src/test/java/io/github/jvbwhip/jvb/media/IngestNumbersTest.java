package io.github.jvbwhip.jvb.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.rtp.PayloadTypeMap;
import io.github.jvbwhip.core.rtp.extension.HeaderExtensions;
import java.util.List;
import org.junit.jupiter.api.Test;

class IngestNumbersTest {
  private final IngestNumbers numbers =
      IngestNumbers.of(
          List.of(Plans.audio(1), Plans.video(Plans.VP8, Plans.unknown())), Plans.CONFERENCE);

  @Test
  void payload_types_become_those_of_the_conference() {
    assertThat(numbers.payloadTypes().map(109)).isEqualTo(111);
    assertThat(numbers.payloadTypes().map(96)).isEqualTo(100);
    assertThat(numbers.payloadTypes().map(97)).isEqualTo(PayloadTypeMap.DROP);
    assertThat(numbers.payloadTypes().map(50)).isEqualTo(PayloadTypeMap.DROP);
  }

  @Test
  void extensions_that_end_at_the_bridge_are_dropped() {
    Packets packet =
        Packets.with(
            96,
            1,
            0,
            1,
            new int[] {Plans.MID, Plans.RID, Plans.DESCRIPTOR},
            new String[] {"v", "h", "DDD"},
            1);
    numbers.extensions().rewrite(packet.bytes, packet.offset);

    long element = HeaderExtensions.first(packet.bytes, packet.offset);
    assertThat(HeaderExtensions.id(element)).isEqualTo(Plans.CONFERENCE.descriptorId());
    assertThat(HeaderExtensions.next(packet.bytes, packet.offset, element))
        .isEqualTo(HeaderExtensions.NONE);
    assertThat(numbers.descriptorId()).isEqualTo(Plans.DESCRIPTOR);
  }

  @Test
  void keyframes_are_found_by_the_publishers_number() {
    var detectors = IngestNumbers.detectors(List.of(Plans.video(Plans.VP8, Plans.unknown())));
    assertThat(detectors[96]).isNotNull();
    assertThat(detectors[100]).isNull();
  }
}
