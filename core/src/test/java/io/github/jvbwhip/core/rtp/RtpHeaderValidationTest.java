package io.github.jvbwhip.core.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RtpHeaderValidationTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "smallest, 8060 1234 00000000 00000000, true",
    "too short, 8060 1234 00000000 000000, false",
    "version 1, 4060 1234 00000000 00000000, false",
    "version 3, C060 1234 00000000 00000000, false",
    "one CSRC, 8160 1234 00000000 00000000 00000001, true",
    "CSRC cut off, 8160 1234 00000000 00000000 000000, false",
    "15 CSRCs cut off, 8F60 1234 00000000 00000000 00000001, false",
    "empty extension, 9060 1234 00000000 00000000 BEDE0000, true",
    "extension without header, 9060 1234 00000000 00000000 BEDE, false",
    "extension of one word, 9060 1234 00000000 00000000 BEDE0001 10FF0000, true",
    "extension cut off, 9060 1234 00000000 00000000 BEDE0002 10FF0000, false",
    "extension of 65535 words, 9060 1234 00000000 00000000 BEDEFFFF 10FF0000, false",
    "CSRC and extension cut off, 9160 1234 00000000 00000000 00000001 BEDE0001, false",
    "padding only, A060 1234 00000000 00000000 00000004, true",
    "padding of 0, A060 1234 00000000 00000000 00000000, false",
    "padding into the header, A060 1234 00000000 00000000 00000005, false",
    "padding without room, A060 1234 00000000 00000001, false",
    "padding into the extension, B060 1234 00000000 00000000 BEDE0001 10FF0001, false",
  })
  void valid_packets_lie_inside_their_bounds(String name, String hex, boolean valid) {
    for (int off : new int[] {0, 7}) {
      PacketBuffer packet = PacketBuffer.of(off, hex);
      assertThat(RtpHeader.isValid(packet.bytes, off, packet.len)).isEqualTo(valid);
    }
  }

  @ParameterizedTest
  @CsvSource({"-1, 12", "0, 13", "1, 12", "12, 12", "0, -1", "2147483647, 12", "0, 2147483647"})
  void ranges_outside_the_array_are_invalid(int off, int len) {
    byte[] b = new byte[12];
    b[0] = (byte) 0x80;
    assertThat(RtpHeader.isValid(b, off, len)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"A060 1234 00000000 00000000 00000005", "A060 1234 00000000 00000000"})
  void padding_of_protected_packets_is_not_looked_at(String hex) {
    PacketBuffer packet = PacketBuffer.of(7, hex);
    assertThat(RtpHeader.hasValidHeader(packet.bytes, 7, packet.len)).isTrue();
  }
}
