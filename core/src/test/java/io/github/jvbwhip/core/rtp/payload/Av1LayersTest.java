package io.github.jvbwhip.core.rtp.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.rtp.PacketBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Av1LayersTest {
  private final Av1Layers layers = new Av1Layers();

  private boolean parse(String hex) {
    return parse(1, 0, hex);
  }

  private boolean parse(int sequenceNumber, long timestamp, String hex) {
    boolean parsed = true;
    for (int off : new int[] {0, 7}) {
      PacketBuffer p = PacketBuffer.of(off, hex);
      parsed = layers.parse(p.bytes, off, p.len, sequenceNumber, timestamp);
    }
    return parsed;
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "a frame without layers, 10 30 aa, 0, 0, true",
    "a frame of the lowest layers, 10 34 00 aa, 0, 0, true",
    "a frame of an upper spatial layer, 10 34 08 aa, 1, 0, true",
    "a frame of the highest layers, 10 34 50 aa, 2, 2, true",
    "a keyframe after its sequence header, 28 02 0a00 34 00 aa, 0, 0, true",
    "a length in front of each unit, 08 02 0a00 03 3408aa, 1, 0, true",
    "a frame that goes on, 50 34 08 aa, 1, 0, false",
    "a frame header alone, 10 1c 08 aa, 1, 0, false",
    "tiles, 10 24 10 aa, 2, 0, true",
  })
  void layers_are_in_the_headers_of_units(
      String name, String hex, int spatial, int temporal, boolean end) {
    assertThat(parse(hex)).isTrue();
    assertThat(layers.spatialId()).isEqualTo(spatial);
    assertThat(layers.temporalId()).isEqualTo(temporal);
    assertThat(layers.isEndOfFrame()).isEqualTo(end);
  }

  @Test
  void a_unit_in_several_packets_is_of_one_layer() {
    parse(0xFFFF, 0, "50 34 08 aa");
    assertThat(parse(0, 0, "d0 ff")).isTrue();
    assertThat(layers.spatialId()).isEqualTo(1);
    assertThat(layers.isEndOfFrame()).isFalse();
    parse(1, 0, "90 ff");
    assertThat(layers.spatialId()).isEqualTo(1);
    assertThat(layers.isEndOfFrame()).isTrue();
    parse(2, 0, "10 34 00 aa");
    assertThat(layers.spatialId()).isZero();
  }

  /** A retransmission comes behind what was sent later. */
  @Test
  void a_late_packet_is_of_the_layer_of_the_one_before_it() {
    parse(10, 0, "50 34 00 aa");
    parse(12, 0, "50 34 08 aa");
    parse(13, 0, "90 ff");
    assertThat(layers.spatialId()).isEqualTo(1);
    parse(11, 0, "90 ff");
    assertThat(layers.spatialId()).isZero();
    assertThat(layers.isEndOfFrame()).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "the end of a layer's frame and the start of the next one, 10 34 00 aa, 0, 1",
    "the middle of a frame, 50 34 00 aa, 0, 0",
    "the middle of an upper layer's frame, 50 34 08 aa, 0, 1",
    "the start of a picture, 10 34 10 aa, 3000, 0",
  })
  void what_continues_a_lost_packet_is_of_the_likely_layer(
      String name, String before, long timestamp, int spatial) {
    parse(10, 0, before);
    parse(12, timestamp, "d0 ff");
    assertThat(layers.spatialId()).isEqualTo(spatial);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "00 7f 30", "20 05 30"})
  void what_is_cut_off_is_garbage(String hex) {
    assertThat(parse(hex)).isFalse();
  }
}
