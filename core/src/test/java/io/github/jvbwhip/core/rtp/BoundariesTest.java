package io.github.jvbwhip.core.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.rtp.extension.HeaderExtensionInserter;
import io.github.jvbwhip.core.rtp.extension.HeaderExtensions;
import io.github.jvbwhip.core.rtp.rtcp.Fir;
import io.github.jvbwhip.core.rtp.rtcp.Rtcp;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What just fits is taken, one more is not; in arrays that end with the packet. */
class BoundariesTest {
  private static final String HEADER = "8060123456789abcdef01234";

  @ParameterizedTest
  @CsvSource({
    "80cb0000, true",
    "80cb00, false",
    "80cb000080cb0000, true",
    "80cb000080cb00, false",
    "80cb0001, false",
    "a0cb000100000004, true",
    "a0cb000100000008, false",
    "a0cb000100000000, false",
    "a0cb000100000003, false",
    "a0cb00010000000480cb0000, false",
  })
  void a_compound_is_filled_by_packets_and_padded_at_its_end_alone(String hex, boolean valid) {
    byte[] shifted = parse("ffffff" + hex);
    assertThat(Rtcp.isValid(shifted, 3, shifted.length - 3)).isEqualTo(valid);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 255})
  void a_full_intra_request_has_its_number_in_its_first_byte(int number) {
    byte[] b = new byte[3 + Fir.LENGTH];
    Fir.write(b, 3, 1, 2, number);
    assertThat(b[3 + 16]).isEqualTo((byte) number);
    assertThat(b[3 + 17]).isZero();
  }

  @ParameterizedTest
  @CsvSource({"'', -1", "12, -1", "1234, 4660", "123456, 4660"})
  void a_retransmission_has_two_bytes_at_least(String payload, int original) {
    byte[] b = parse(HEADER + payload);
    assertThat(Rtx.originalSequenceNumber(b, 0, b.length)).isEqualTo(original);
  }

  @ParameterizedTest
  @CsvSource({"14, 16, bede", "15, 16, 1000", "14, 17, 1000"})
  void ids_up_to_14_and_16_bytes_fit_one_byte_headers(int id, int length, String profile) {
    byte[] b = parse(HEADER);
    byte[] out = new byte[b.length + HeaderExtensionInserter.growth(b, 0, id, length)];
    assertThat(HeaderExtensionInserter.insert(b, 0, b.length, out, 0, id, length))
        .isEqualTo(out.length);
    assertThat(HexFormat.of().formatHex(out, 12, 14)).isEqualTo(profile);
    assertThat(HeaderExtensions.length(HeaderExtensions.find(out, 0, id))).isEqualTo(length);
  }

  @ParameterizedTest
  @CsvSource({"00000500, true", "00000501, false", "00000005, false", "05020000, true"})
  void a_two_byte_element_ends_within_its_block(String block, boolean found) {
    byte[] b = parse("90" + HEADER.substring(2) + "10000001" + block);
    assertThat(HeaderExtensions.find(b, 0, 5) != HeaderExtensions.NONE).isEqualTo(found);
  }

  private static byte[] parse(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
