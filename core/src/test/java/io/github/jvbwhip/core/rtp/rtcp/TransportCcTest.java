package io.github.jvbwhip.core.rtp.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.rtp.PacketBuffer;
import java.util.StringJoiner;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** draft-holmer-rmcat-transport-wide-cc-extensions-01 §3.1. */
class TransportCcTest {
  /** A packet with this content after the media SSRC, padded to words. */
  private static PacketBuffer feedback(int off, String content) {
    String bare = content.replace(" ", "");
    String padded = bare + "0".repeat((8 - bare.length() % 8) % 8);
    String header = String.format("8fcd%04x", 2 + padded.length() / 8);
    return PacketBuffer.of(off, header + "0000000100000002" + padded);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "run of small deltas, fffe 0003 000001 07 2003 04 00 ff, 65534=65000 65535=65000 0=128750",
    "run of lost, 0001 0002 000000 07 0002, 1=- 2=-",
    "one-bit vector, 0005 0004 000000 07 9600 04 08, 5=- 6=1000 7=- 8=3000",
    "two-bit vector, 0005 0003 000000 07 e400 8000 04, 5=-8192000 6=-8191000 7=-",
    "negative reference time, 0001 0001 ffffff 07 2001 00, 1=-64000",
    "vector cut by the count, 0005 0001 000000 07 bfff 04, 5=1000",
    "two chunks, 0005 0003 000000 07 0001 2002 04 04, 5=- 6=1000 7=2000",
    "nothing, 0005 0000 000000 07, ''",
  })
  void statuses_and_arrival_times_are_read(String name, String content, String packets) {
    for (int off : new int[] {0, 7}) {
      PacketBuffer p = feedback(off, content);
      assertThat(Rtcp.isValid(p.bytes, off, p.len)).isTrue();
      assertThat(TransportCc.is(p.bytes, off)).isTrue();
      assertThat(TransportCc.feedbackCount(p.bytes, off)).isEqualTo(7);
      StringJoiner read = new StringJoiner(" ");
      boolean whole =
          TransportCc.forEach(
              p.bytes,
              off,
              (number, received, nanos) ->
                  read.add(number + "=" + (received ? nanos / 1000 : "-")));
      assertThat(read).hasToString(packets);
      assertThat(whole).isTrue();
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "no chunk, 0005 0001 000000 07",
    "too few chunks, 0005 ffff 000000 07 2001 04",
    "empty run, 0005 0001 000000 07 2000 0400",
    "too few deltas, 0005 0004 000000 07 2004 0404",
    "large delta cut off, 0005 0003 000000 07 4003 0004",
    "reserved status, 0005 0001 000000 07 6001 0404 00000000",
  })
  void cut_feedback_is_refused(String name, String content) {
    PacketBuffer p = feedback(7, content);
    assertThat(TransportCc.is(p.bytes, 7)).isTrue();
    assertThat(TransportCc.forEach(p.bytes, 7, (number, received, nanos) -> {})).isFalse();
  }
}
