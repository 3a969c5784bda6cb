package io.github.jvbwhip.core.rtp.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.rtp.PacketBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 3550 §6.1, A.2; RFC 5506. */
class RtcpValidationTest {
  private static final String RR = "80c90001 00000001";
  private static final String PLI = "81ce0002 00000001 00000002";

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "one packet, 80c90001 00000001, true",
    "reduced size, 81ce0002 00000001 00000002, true",
    "header alone, 80cb0000, true",
    "empty, '', false",
    "three bytes, 80cb00, false",
    "wrong version, 40c90001 00000001, false",
    "a type of RTP, 80bf0000, false",
    "first type, 80c00000, true",
    "last type, 80df0000, true",
    "after the last type, 80e00000, false",
    "longer than the datagram, 80c90002 00000001, false",
    "bytes after the end, 80c90001 00000001 00, false",
    "second packet cut off, 80c90001 00000001 81ce0002 00000001, false",
    "second packet of wrong version, 80c90001 00000001 01ce0000, false",
    "padding at the end, a0c90002 00000001 00000004, true",
    "padding in the middle, a0c90002 00000001 00000004 80cb0000, false",
    "padding of 0, a0c90002 00000001 00000000, false",
    "padding not of words, a0c90002 00000001 00000003, false",
    "padding over the header, a0c90002 00000001 0000000c, false",
    "padding without room, a0c90000, false",
  })
  void compounds_are_filled_by_packets(String name, String hex, boolean valid) {
    for (int off : new int[] {0, 7}) {
      PacketBuffer p = PacketBuffer.of(off, hex);
      assertThat(Rtcp.isValid(p.bytes, off, p.len)).isEqualTo(valid);
    }
  }

  @Test
  void ranges_outside_the_array_are_invalid() {
    byte[] b = {(byte) 0x80, (byte) 0xCB, 0, 0};
    assertThat(Rtcp.isValid(b, 0, 4)).isTrue();
    assertThat(Rtcp.isValid(b, 1, 4)).isFalse();
    assertThat(Rtcp.isValid(b, -1, 4)).isFalse();
    assertThat(Rtcp.isValid(b, 0, Integer.MAX_VALUE)).isFalse();
  }

  @Test
  void packets_are_visited_in_order() {
    PacketBuffer p = PacketBuffer.of(7, RR + PLI + "80cb0000");
    assertThat(Rtcp.isValid(p.bytes, 7, p.len)).isTrue();
    List<Integer> types = new ArrayList<>();
    for (int at = 7; at < 7 + p.len; at = Rtcp.next(p.bytes, at)) {
      types.add(Rtcp.type(p.bytes, at));
    }
    assertThat(types).containsExactly(Rtcp.RECEIVER_REPORT, Rtcp.PAYLOAD_FEEDBACK, 203);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "SR without its fields, 80c80005 00000001 00000000 00000000 00000000 00000000",
    "SR whose block is padding, "
        + "a1c8000c 00000001 00000000 00000000 00000000 00000000 00000000 "
        + "00000000 00000000 00000000 00000000 00000000 00000018",
    "RR without its block, 81c90001 00000001",
    "NACK without entry, 81cd0002 00000001 00000002",
    "PLI without media, 81ce0001 00000001",
    "FIR without entry, 84ce0003 00000001 00000000 00000001",
    "REMB without its stream, 8fce0004 00000001 00000000 52454d42 01000000",
    "REMB by another name, 8fce0004 00000001 00000000 52454d43 00000000",
    "transport feedback without reference time, 8fcd0003 00000001 00000002 00010000",
  })
  void packets_that_are_too_short_for_their_content_are_none_of_the_views(String name, String hex) {
    PacketBuffer p = PacketBuffer.of(7, hex);
    assertThat(Rtcp.isValid(p.bytes, 7, p.len)).isTrue();
    assertThat(SenderReport.is(p.bytes, 7)).isFalse();
    assertThat(ReceiverReport.is(p.bytes, 7)).isFalse();
    assertThat(Nack.is(p.bytes, 7)).isFalse();
    assertThat(Pli.is(p.bytes, 7)).isFalse();
    assertThat(Fir.is(p.bytes, 7)).isFalse();
    assertThat(Remb.is(p.bytes, 7)).isFalse();
    assertThat(TransportCc.is(p.bytes, 7)).isFalse();
  }
}
