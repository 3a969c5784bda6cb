package io.github.jvbwhip.core.rtp.payload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Vp8PictureIdMapTest {
  private static final int FIRST = 0x7FFE;

  private final Vp8PictureIdMap map = new Vp8PictureIdMap(FIRST);
  private final Vp8Descriptor descriptor = new Vp8Descriptor();

  /** A packet with 15-bit picture id, TL0PICIDX, TID 0 and KEYIDX. */
  private Vp8Descriptor packet(int pictureId, int tl0, int keyIdx) {
    byte[] b = {
      (byte) 0x90,
      (byte) 0xF0,
      (byte) (0x80 | pictureId >> 8),
      (byte) pictureId,
      (byte) tl0,
      (byte) keyIdx,
      0
    };
    assertThat(descriptor.parse(b, 0, b.length)).isTrue();
    return descriptor;
  }

  private void assertForwarded(int pictureId, int tl0, int keyIdx) {
    assertThat(map.forward(descriptor)).isTrue();
    assertThat(descriptor.pictureId()).isEqualTo(pictureId);
    assertThat(descriptor.tl0PicIdx()).isEqualTo(tl0);
    assertThat(descriptor.keyIdx()).isEqualTo(keyIdx);
  }

  @Test
  void the_first_source_starts_at_the_first_picture_id() {
    map.switchTo(packet(100, 7, 3));
    packet(100, 7, 3);
    assertForwarded(FIRST, 7, 3);
    packet(101, 8, 3);
    assertForwarded(0x7FFF, 8, 3);
    packet(102, 9, 3);
    assertForwarded(0, 9, 3);
  }

  @Test
  void all_packets_of_a_frame_get_one_picture_id() {
    map.switchTo(packet(100, 7, 3));
    packet(100, 7, 3);
    assertForwarded(FIRST, 7, 3);
    packet(100, 7, 3);
    assertForwarded(FIRST, 7, 3);
  }

  @Test
  void a_switch_goes_on_in_every_number() {
    map.switchTo(packet(100, 255, 31));
    packet(100, 255, 31);
    assertForwarded(FIRST, 255, 31);
    map.switchTo(packet(5, 40, 9));
    packet(5, 40, 9);
    assertForwarded(0x7FFF, 0, 0);
    packet(6, 41, 9);
    assertForwarded(0, 1, 0);
    packet(4, 39, 9);
    assertThat(map.forward(descriptor)).as("from before the switch").isFalse();
  }

  @Test
  void frames_left_out_leave_no_gap() {
    map.switchTo(packet(100, 7, 3));
    packet(100, 7, 3);
    assertForwarded(FIRST, 7, 3);
    map.drop(packet(101, 7, 3));
    map.drop(packet(101, 7, 3));
    packet(102, 8, 3);
    assertForwarded(0x7FFF, 8, 3);
    packet(101, 7, 3);
    assertThat(map.forward(descriptor)).isFalse();
  }

  @Test
  void late_frames_do_not_move_the_switch_back() {
    map.switchTo(packet(100, 7, 3));
    packet(102, 9, 3);
    assertForwarded(0, 9, 3);
    packet(101, 8, 3);
    assertForwarded(0x7FFF, 8, 3);
    map.switchTo(packet(9, 100, 0));
    packet(9, 100, 0);
    assertForwarded(1, 10, 4);
  }

  @Test
  void an_encoder_that_begins_anew_goes_on_at_its_keyframe() {
    map.switchTo(packet(10_000, 7, 3));
    packet(10_000, 7, 3);
    assertForwarded(FIRST, 7, 3);
    packet(20, 90, 0);
    assertForwarded(0x7FFF, 8, 4);
    packet(21, 91, 0);
    assertForwarded(0, 9, 4);
  }

  @Test
  void a_source_without_numbers_is_forwarded_as_it_is() {
    byte[] b = {0x10, 0};
    assertThat(descriptor.parse(b, 0, 2)).isTrue();
    map.switchTo(descriptor);
    assertThat(map.forward(descriptor)).isTrue();
    map.drop(descriptor);
    assertThat(b).containsExactly(0x10, 0);
  }

  @Test
  void a_source_with_short_picture_ids_goes_on_modulo128() {
    byte[] b = {(byte) 0x90, (byte) 0x80, 127, 0};
    assertThat(descriptor.parse(b, 0, 4)).isTrue();
    map.switchTo(descriptor);
    assertThat(map.forward(descriptor)).isTrue();
    assertThat(b[2]).isEqualTo((byte) (FIRST & 0x7F));
    b[2] = 0;
    assertThat(map.forward(descriptor)).isTrue();
    assertThat(b[2]).isEqualTo((byte) (FIRST + 1 & 0x7F));
  }
}
