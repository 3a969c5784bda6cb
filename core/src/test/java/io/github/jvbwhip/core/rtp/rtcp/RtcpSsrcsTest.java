package io.github.jvbwhip.core.rtp.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.rtp.PacketBuffer;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each packet at offset 0 and 7: what is renamed, and what is left. */
class RtcpSsrcsTest {
  /** 1 becomes a1, 2 becomes a2; others stay. */
  private static final LongUnaryOperator NAMES =
      ssrc -> ssrc == 1 || ssrc == 2 ? ssrc + 0xA0 : ssrc;

  private static final String BLOCK = "05000009 00000010 00000011 00000012 00000013";

  @ParameterizedTest
  @CsvSource({
    // Sender report with a block about somebody else's stream 2, then a source description.
    "81c8000c 00000001 0000000100000002 00000002 00000001 00000002 00000002 BLOCK"
        + " 81ca0003 00000001 0102 6162 00000000,"
        + "81c8000c 000000a1 0000000100000002 00000002 00000001 00000002 00000002 BLOCK"
        + " 81ca0003 000000a1 0102 6162 00000000",
    // Receiver report, feedback, application-defined, extended report.
    "80c90001 00000002, 80c90001 000000a2",
    "81ce0002 00000001 00000002, 81ce0002 000000a1 00000002",
    "80cc0002 00000001 6e616d65, 80cc0002 000000a1 6e616d65",
    "80cf0001 00000001, 80cf0001 000000a1",
    // A goodbye of three.
    "83cb0003 00000001 00000003 00000002, 83cb0003 000000a1 00000003 000000a2",
    // Two chunks: items of four bytes and their end, then none.
    "82ca0005 00000001 0102 6162 00000000 00000002 00000000,"
        + "82ca0005 000000a1 0102 6162 00000000 000000a2 00000000",
    // More chunks than there are.
    "9fca0002 00000001 00000000, 9fca0002 000000a1 00000000",
    // A goodbye without sources.
    "80cb0000, 80cb0000",
  })
  void who_sends_is_renamed(String before, String after) {
    assertRenamed(before, after, RtcpSsrcs::renameSenders);
  }

  @ParameterizedTest
  @CsvSource({
    "81c90007 00000001 00000002 BLOCK, 81c90007 00000001 000000a2 BLOCK",
    "82c9000d 00000001 00000001 BLOCK 00000003 BLOCK,"
        + "82c9000d 00000001 000000a1 BLOCK 00000003 BLOCK",
    "81c8000c 00000001 0000000100000002 00000002 00000001 00000002 00000002 BLOCK,"
        + "81c8000c 00000001 0000000100000002 00000002 00000001 00000002 000000a2 BLOCK",
    // NACK, PLI, transport-wide feedback.
    "81cd0003 00000001 00000002 00020001, 81cd0003 00000001 000000a2 00020001",
    "81ce0002 00000001 00000001, 81ce0002 00000001 000000a1",
    "8fcd0004 00000001 00000001 00000002 00000001, 8fcd0004 00000001 000000a1 00000002 00000001",
    // FIR and REMB name several.
    "84ce0006 00000001 00000000 00000002 05000000 00000003 06000000,"
        + "84ce0006 00000001 00000000 000000a2 05000000 00000003 06000000",
    "8fce0006 00000001 00000000 52454d42 02000001 00000001 00000002,"
        + "8fce0006 00000001 00000000 52454d42 02000001 000000a1 000000a2",
    // More blocks than there are.
    "9fc90001 00000001, 9fc90001 00000001",
    "81ca0003 00000001 0102 6162 00000000, 81ca0003 00000001 0102 6162 00000000",
  })
  void what_it_is_about_is_renamed(String before, String after) {
    assertRenamed(before, after, RtcpSsrcs::renameSubjects);
  }

  private interface Renaming {
    void rename(byte[] b, int off, int len, LongUnaryOperator names);
  }

  private static void assertRenamed(String before, String after, Renaming renaming) {
    for (int off : new int[] {0, 7}) {
      PacketBuffer p = PacketBuffer.of(off, before.replace("BLOCK", BLOCK));
      int length = p.hex().length() / 2;
      assertThat(Rtcp.isValid(p.bytes, off, length)).isTrue();
      renaming.rename(p.bytes, off, length, NAMES);
      assertThat(p.hex()).isEqualTo(after.replace("BLOCK", BLOCK).replace(" ", ""));
      p.assertGuardsUntouched();
    }
  }
}
