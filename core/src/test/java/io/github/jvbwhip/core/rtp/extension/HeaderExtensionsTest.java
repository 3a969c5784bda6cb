package io.github.jvbwhip.core.rtp.extension;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.rtp.PacketBuffer;
import java.util.StringJoiner;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 8285 §4.2 and §4.3. */
class HeaderExtensionsTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "one byte form, bede, 10ff 2177 8800 0000, 1=ff 2=7788",
    "padding between, bede, 0010 ff00 0020 7700, 1=ff 2=77",
    "longest, bede, ef00 0102 0304 0506 0708 090a 0b0c 0d0e 0f00 0000, "
        + "14=000102030405060708090a0b0c0d0e0f",
    "reaching over the end, bede, 10ff 22 77, 1=ff",
    "ending at the end, bede, 10ff 21 77, 1=ff",
    "stop id, bede, 10ff f000 20aa 0000, 1=ff",
    "id 0 with a length, bede, 10ff 0120 aa00 0000, 1=ff",
    "empty, bede, '', ''",
    "padding only, bede, 00000000, ''",
    "two byte form, 1000, 0101 ff10 0277 88 ff 00 00 0000, 1=ff 16=7788 255=",
    "two byte form with application bits, 100f, 0101 ff00, 1=ff",
    "two byte form reaching over the end, 1000, 0100 0203 aabb 0000, 1= 2=aabb00",
    "two byte form with cut header, 1000, 0101 ff02, 1=ff",
    "two byte form with cut data, 1000, 0102 ff02 0305 0000, 1=ff02",
    "two byte id 15 is an id, 1000, 0f01 ff00, 15=ff",
    "another form, abac, 10ff 0000, ''",
  })
  void elements_are_found_in_order(String name, String profile, String content, String elements) {
    for (int off : new int[] {0, 7}) {
      PacketBuffer p = PacketBuffer.rtp(off, profile, content);
      StringJoiner found = new StringJoiner(" ");
      long element = HeaderExtensions.first(p.bytes, off);
      while (element != HeaderExtensions.NONE) {
        String data = p.hex(HeaderExtensions.offset(element), HeaderExtensions.length(element));
        found.add(HeaderExtensions.id(element) + "=" + data);
        assertThat(HeaderExtensions.find(p.bytes, off, HeaderExtensions.id(element)))
            .isEqualTo(element);
        element = HeaderExtensions.next(p.bytes, off, element);
      }
      assertThat(found).hasToString(elements);
      assertThat(HeaderExtensions.find(p.bytes, off, 13)).isEqualTo(HeaderExtensions.NONE);
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "7"})
  void a_packet_without_extension_has_none(int off) {
    PacketBuffer p = PacketBuffer.rtp(off);
    assertThat(HeaderExtensions.first(p.bytes, off)).isEqualTo(HeaderExtensions.NONE);
    assertThat(HeaderExtensions.find(p.bytes, off, 1)).isEqualTo(HeaderExtensions.NONE);
  }
}
