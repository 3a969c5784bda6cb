package io.github.jvbwhip.core.rtp.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.rtp.PacketBuffer;
import io.github.jvbwhip.core.rtp.payload.VideoLayersAllocation.AllocatedLayer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VideoLayersAllocationTest {
  private static VideoLayersAllocation parse(String hex) {
    PacketBuffer p = PacketBuffer.of(7, hex);
    return VideoLayersAllocation.parse(p.bytes, 7, p.len);
  }

  @Test
  void simulcast_is_read_with_sizes() {
    // Stream 1 of 3, one spatial layer each, with 1, 2 and 3 temporal layers.
    VideoLayersAllocation read =
        parse("61 18 64 c801 ac02 6e f807 b009 013f 00b3 0f 027f 0167 1e 04ff 02cf 1e");
    assertThat(read)
        .isEqualTo(
            new VideoLayersAllocation(
                1,
                List.of(
                    new AllocatedLayer(0, 0, List.of(100L), new VideoSize(320, 180), 15),
                    new AllocatedLayer(1, 0, List.of(200L, 300L), new VideoSize(640, 360), 30),
                    new AllocatedLayer(
                        2, 0, List.of(110L, 1016L, 1200L), new VideoSize(1280, 720), 30))));
  }

  @Test
  void spatial_layers_that_differ_per_stream_are_read() {
    // Three streams with the layers {0, 1}, none and {2}; no sizes.
    VideoLayersAllocation read = parse("20 3040 00 05 06 07");
    assertThat(read)
        .isEqualTo(
            new VideoLayersAllocation(
                0,
                List.of(
                    new AllocatedLayer(0, 0, List.of(5L), null, 0),
                    new AllocatedLayer(0, 1, List.of(6L), null, 0),
                    new AllocatedLayer(2, 2, List.of(7L), null, 0))));
  }

  @Test
  void a_single_zero_says_that_nothing_is_active() {
    assertThat(parse("00")).isEqualTo(new VideoLayersAllocation(0, List.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "01", "0100", "20 30", "21 18 64", "2f 0000 01"})
  void garbage_is_none(String hex) {
    assertThat(parse(hex)).isNull();
  }
}
