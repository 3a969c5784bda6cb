package io.github.jvbwhip.core.stun;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Arbitrary bytes as a STUN message that ends with its array, as anybody may send it: nothing
 * escapes the parser, and what is repaired is well-formed, authentic and complete.
 */
class StunFuzzTest {
  private static final int OFFSET = 7;
  private static final byte[] KEY = "VOkJxbRl1RmTxUk/WvJxBt".getBytes(US_ASCII);
  private static final byte[] ADDRESS = {127, 0, 0, 1};

  @FuzzTest(maxDuration = "30s")
  void messages_keep_their_properties(byte[] message) {
    check(message);
  }

  /** The same over mutations of messages of each kind, in every build. */
  @Test
  void mutated_messages_keep_their_properties() {
    Random random = new Random(1);
    byte[] username = HexFormat.of().parseHex("000600096576746a3a68367659202020");
    byte[] error = HexFormat.of().parseHex("00090004000004570020000800010000e112a643");
    byte[][] seeds = {
      StunMessages.signed(StunMessage.BINDING_REQUEST, username).bytes(),
      StunMessages.signed(StunMessage.BINDING_SUCCESS, new byte[0]).bytes(),
      StunMessages.signed(StunMessage.BINDING_ERROR, error).bytes(),
    };
    for (int i = 0; i < 30_000; i++) {
      byte[] seed = seeds[i % seeds.length];
      byte[] message = Arrays.copyOf(seed, seed.length - random.nextInt(8) / 7 * 4);
      message[3] = (byte) (message.length - 20);
      for (int flips = random.nextInt(5); flips > 0; flips--) {
        message[random.nextInt(message.length)] = (byte) random.nextInt();
      }
      check(message);
    }
  }

  private static void check(byte[] bytes) {
    byte[] shifted = new byte[OFFSET + bytes.length];
    System.arraycopy(bytes, 0, shifted, OFFSET, bytes.length);
    StunMessage message = StunMessage.parse(shifted, OFFSET, bytes.length);
    if (message == null) {
      return;
    }
    assertThat(message.bytes()).isEqualTo(bytes);
    assertThat(message.errorCode()).isBetween(0, 7 * 100 + 255);
    message.localUfrag();
    boolean authentic = message.isAuthentic(KEY);
    StunMessage repaired = message.repaired(ADDRESS, 4000, KEY);
    if (repaired != message || authentic) {
      assertThat(repaired.isAuthentic(KEY)).isTrue();
    }
    byte[] again = repaired.bytes();
    assertThat(StunMessage.parse(again, 0, again.length)).isNotNull();
    assertThat(repaired.repaired(ADDRESS, 4000, KEY)).isSameAs(repaired);
    StunMessage success = message.asSuccess(ADDRESS, 4000, KEY);
    assertThat(success.isAuthentic(KEY)).isTrue();
    assertThat(success.transactionId()).isEqualTo(message.transactionId());
  }
}
