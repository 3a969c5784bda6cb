package io.github.jvbwhip.core.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 7983 §7 and RFC 5761 §4. */
class PacketKindTest {
  @ParameterizedTest
  @CsvSource({
    "0, 1, STUN",
    "3, 1, STUN",
    "4, 1, UNKNOWN",
    "16, 1, UNKNOWN",
    "19, 1, UNKNOWN",
    "20, 254, DTLS",
    "63, 254, DTLS",
    "64, 0, UNKNOWN",
    "79, 0, UNKNOWN",
    "127, 0, UNKNOWN",
    "128, 0, RTP",
    "191, 127, RTP",
    "192, 200, UNKNOWN",
    "255, 200, UNKNOWN",
    "128, 191, RTP",
    "128, 192, RTCP",
    "129, 200, RTCP",
    "128, 223, RTCP",
    "128, 224, RTP",
    "128, 255, RTP",
  })
  void first_bytes_tell_the_protocol(int first, int second, PacketKind kind) {
    assertThat(PacketKind.of(new byte[] {(byte) first, (byte) second}, 0, 2)).isEqualTo(kind);
    byte[] shifted = new byte[9];
    shifted[7] = (byte) first;
    shifted[8] = (byte) second;
    assertThat(PacketKind.of(shifted, 7, 2)).isEqualTo(kind);
  }

  @Test
  void shorter_datagrams_are_unknown() {
    assertThat(PacketKind.of(new byte[] {(byte) 0x80}, 0, 1)).isEqualTo(PacketKind.UNKNOWN);
    assertThat(PacketKind.of(new byte[0], 0, 0)).isEqualTo(PacketKind.UNKNOWN);
  }
}
