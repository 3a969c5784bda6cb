package io.github.jvbwhip.core.rtp.extension;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.rtp.Bytes;
import io.github.jvbwhip.core.rtp.PacketBuffer;
import io.github.jvbwhip.core.rtp.RtpHeader;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderExtensionInserterTest {
  private static final int OFF = 40;

  /**
   * Where the packet is written to: another array, the headroom before it, the tailroom after it.
   */
  private enum Place {
    COPY,
    HEADROOM,
    TAILROOM
  }

  private static PacketBuffer packet(String profile, String content) {
    return profile.isEmpty() ? PacketBuffer.rtp(OFF) : PacketBuffer.rtp(OFF, profile, content);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "no extension, '', '', 3, 2, 8, bede, 31 0000 00",
    "no extension and a large id, '', '', 15, 2, 8, 1000, 0f 02 0000",
    "no extension and long data, '', '', 1, 17, 24, 1000, "
        + "01 11 0000000000000000000000000000000000 00",
    "padding has room, bede, 10ff 0000 0000 0000, 3, 2, 0, bede, 10ff 31 0000 000000",
    "padding in front, bede, 0000 0000 0010 ff00, 3, 2, 0, bede, 10ff 31 0000 000000",
    "one more word, bede, 12ffffff, 3, 2, 4, bede, 12ffffff 31 0000 00",
    "an empty block, bede, '', 3, 2, 4, bede, 31 0000 00",
    "garbage at the end goes, bede, 10ff 2faa, 3, 1, 0, bede, 10ff 30 00",
    "an element over the end goes, bede, 12ffffff 10aa10bb 1fcc0000, 3, 5, 4, bede, "
        + "12ffffff 10aa10bb 34 0000000000 0000",
    "two byte form, 1000, 0101 ff00, 3, 2, 4, 1000, 0101 ff 0302 0000 00",
    "converted, bede, 10ff 20aa, 200, 1, 8, 1000, 0101 ff 0201 aa c801 00 000000",
    "converted inside its padding, bede, 10ff 20aa 0000 0000 0000 0000, 200, 1, 0, 1000, "
        + "0101 ff 0201 aa c801 00 000000",
    "many converted, bede, 10aa20bb 30cc40dd 50ee60ff, 7, 17, 28, 1000, "
        + "0101aa 0201bb 0301cc 0401dd 0501ee 0601ff 0711 0000000000000000000000000000000000 "
        + "000000",
  })
  void an_element_is_added(
      String name,
      String profile,
      String content,
      int id,
      int length,
      int growth,
      String toProfile,
      String to) {
    String expected = PacketBuffer.rtp(OFF, toProfile, to).hex();
    for (Place place : Place.values()) {
      PacketBuffer p = packet(profile, content);
      String before = p.hex();
      assertThat(HeaderExtensionInserter.growth(p.bytes, OFF, id, length)).isEqualTo(growth);
      byte[] dst = place == Place.COPY ? new byte[200] : p.bytes;
      int dstOff =
          switch (place) {
            case COPY -> 7;
            case HEADROOM -> OFF - growth;
            case TAILROOM -> OFF;
          };
      int newLength = HeaderExtensionInserter.insert(p.bytes, OFF, p.len, dst, dstOff, id, length);
      assertThat(newLength).isEqualTo(p.len + growth);
      assertThat(HexFormat.of().formatHex(dst, dstOff, dstOff + newLength))
          .as(place.name())
          .isEqualTo(expected);
      assertThat(RtpHeader.isValid(dst, dstOff, newLength)).isTrue();
      long element = HeaderExtensions.find(dst, dstOff, id);
      assertThat(HeaderExtensions.length(element)).isEqualTo(length);
      if (place == Place.COPY) {
        assertThat(p.hex()).isEqualTo(before);
      }
    }
  }

  @Test
  void a_transport_sequence_number_is_added() {
    PacketBuffer p = PacketBuffer.rtp(7);
    byte[] dst = new byte[64];
    int length = HeaderExtensionInserter.insert(p.bytes, 7, p.len, dst, 0, 3, 2);
    Bytes.put16(dst, HeaderExtensions.offset(HeaderExtensions.find(dst, 0, 3)), 0xBEEF);
    assertThat(TransportSequenceNumber.read(dst, HeaderExtensions.find(dst, 0, 3)))
        .isEqualTo(0xBEEF);
    assertThat(Bytes.u16(dst, length - 2)).isEqualTo(0xAABB);
  }

  @Test
  void an_unknown_form_is_left_alone() {
    PacketBuffer p = PacketBuffer.rtp(7, "abac", "10ff 0000");
    byte[] dst = new byte[64];
    assertThat(HeaderExtensionInserter.insert(p.bytes, 7, p.len, dst, 0, 3, 2))
        .isEqualTo(HeaderExtensionInserter.IMPOSSIBLE);
    assertThat(dst).containsOnly(0);
  }
}
