package io.github.jvbwhip.core.rtp.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** AV1 §4.10.5. */
class Leb128Test {

  @ParameterizedTest
  @CsvSource({
    "00, 0, 1",
    "7f, 127, 1",
    "8001, 128, 2",
    "ff7f, 16383, 2",
    "e58e26, 624485, 3",
    "8000, 0, 2",
    "ffffffffffffff7f, 72057594037927935, 8",
  })
  void a_number_ends_with_its_first_byte_below_128(String hex, long value, int length) {
    byte[] b = HexFormat.of().parseHex("ff" + hex + "ff");
    int end = b.length - 1;
    assertThat(Leb128.value(b, 1, end)).isEqualTo(value);
    assertThat(Leb128.length(b, 1, end)).isEqualTo(length);
    assertThat(Leb128.value(b, 1, b.length)).isEqualTo(value);
    assertThat(Leb128.length(b, 1, b.length)).isEqualTo(length);
  }

  @ParameterizedTest
  @CsvSource({"80, 0, 1", "ff, 127, 1", "8181, 129, 2"})
  void what_is_cut_off_is_read_as_far_as_it_goes(String hex, long value, int length) {
    byte[] b = HexFormat.of().parseHex(hex + "ff");
    assertThat(Leb128.value(b, 0, b.length - 1)).isEqualTo(value);
    assertThat(Leb128.length(b, 0, b.length - 1)).isEqualTo(length);
  }

  @ParameterizedTest
  @CsvSource({"8080808080808080 80 01, 0", "ffffffffffffffff ff 01, 72057594037927935"})
  void a_number_has_eight_bytes_at_most(String hex, long value) {
    byte[] b = HexFormat.of().parseHex(hex.replace(" ", ""));
    assertThat(Leb128.length(b, 0, b.length)).isEqualTo(8);
    assertThat(Leb128.value(b, 0, b.length)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({"0, 00", "127, 7f", "128, 8001", "1400, f80a", "16383, ff7f", "16384, 808001"})
  void a_number_is_written_in_as_few_bytes_as_it_needs(int value, String hex) {
    byte[] b = new byte[Leb128.lengthOf(value)];
    Leb128.write(b, 0, value);
    assertThat(b).isEqualTo(HexFormat.of().parseHex(hex));
  }
}
