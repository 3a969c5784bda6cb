package io.github.jvbwhip.core.stun;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StunMessageTest {
  private static final String PASSWORD = "VOkJxbRl1RmTxUk/WvJxBt";

  private static final byte[] KEY = PASSWORD.getBytes(US_ASCII);

  /** RFC 5769 §2.2. */
  private static final byte[] ADDRESS = {(byte) 192, 0, 2, 1};

  private static final byte[] USERNAME =
      HexFormat.of().parseHex("00060009" + "6576746a3a68367659202020");

  /** RFC 5769 §2.1: a request with short-term credentials, PRIORITY and FINGERPRINT. */
  private static final byte[] RFC_5769_REQUEST =
      HexFormat.of()
          .parseHex(
              """
              000100582112a442b7e7a701bc34d686fa87dfae\
              802200105354554e207465737420636c69656e74\
              002400046e0001ff80290008932ff9b151263b36\
              00060009 6576746a3a6836765920202000080014\
              9aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2\
              80280004e57a3bcf"""
                  .replace(" ", ""));

  @Test
  void another_transaction_changes_nothing_else() {
    StunMessage message = StunMessage.parse(RFC_5769_REQUEST, 0, RFC_5769_REQUEST.length);

    byte[] written = message.anew(KEY).bytes();
    StunMessage anew = StunMessage.parse(written, 0, written.length);

    assertThat(anew.isAuthentic(KEY)).isTrue();
    assertThat(anew.transactionId()).isNotEqualTo(message.transactionId());
    assertThat(anew.localUfrag()).isEqualTo("evtj");
    assertThat(anew.type()).isEqualTo(StunMessage.BINDING_REQUEST);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7})
  void the_request_of_rfc_5769_is_understood(int offset) {
    byte[] shifted = new byte[offset + RFC_5769_REQUEST.length + 3];
    System.arraycopy(RFC_5769_REQUEST, 0, shifted, offset, RFC_5769_REQUEST.length);

    StunMessage message = StunMessage.parse(shifted, offset, RFC_5769_REQUEST.length);

    assertThat(message.type()).isEqualTo(StunMessage.BINDING_REQUEST);
    assertThat(message.localUfrag()).isEqualTo("evtj");
    assertThat(message.transactionId())
        .isEqualTo(new StunMessage.TransactionId(0xb7e7a701bc34d686L, 0xfa87dfae));
    assertThat(message.isAuthentic(KEY)).isTrue();
    assertThat(message.isAuthentic("VOkJxbRl1RmTxUk/WvJxBu".getBytes(US_ASCII))).isFalse();
    assertThat(message.repaired(ADDRESS, 4000, KEY)).isSameAs(message);
  }

  @Test
  void every_truncation_and_many_corruptions_are_refused_or_not_authentic() {
    for (int length = 0; length < RFC_5769_REQUEST.length; length++) {
      assertThat(StunMessage.parse(RFC_5769_REQUEST, 0, length)).isNull();
    }
    int integrityEnd = RFC_5769_REQUEST.length - 8;
    for (int i = 0; i < integrityEnd; i++) {
      byte[] corrupt = RFC_5769_REQUEST.clone();
      corrupt[i] ^= 0x10;
      StunMessage message = StunMessage.parse(corrupt, 0, corrupt.length);
      assertThat(message == null || !message.isAuthentic(KEY)).as("byte %d", i).isTrue();
    }
  }

  @Test
  void a_request_without_priority_gets_one_and_stays_authentic() {
    StunMessage original = StunMessages.signed(StunMessage.BINDING_REQUEST, USERNAME);

    StunMessage repaired = original.repaired(ADDRESS, 4000, KEY);

    assertThat(repaired.isAuthentic(KEY)).isTrue();
    assertThat(repaired.localUfrag()).isEqualTo("evtj");
    assertThat(repaired.transactionId()).isEqualTo(original.transactionId());
    assertThat(repaired.bytes()).hasSize(original.bytes().length + 8);
    assertThat(StunMessage.parse(repaired.bytes(), 0, repaired.bytes().length).isAuthentic(KEY))
        .isTrue();
    assertThat(repaired.repaired(ADDRESS, 4000, KEY)).isSameAs(repaired);
  }

  @Test
  void a_success_without_mapped_address_gets_the_one_of_rfc_5769() {
    StunMessage original = StunMessages.signed(StunMessage.BINDING_SUCCESS, new byte[0]);

    StunMessage repaired = original.repaired(ADDRESS, 32853, KEY);

    assertThat(repaired.isAuthentic(KEY)).isTrue();
    assertThat(Arrays.copyOfRange(repaired.bytes(), 20, 32))
        .isEqualTo(HexFormat.of().parseHex("002000080001a147e112a643"));
    assertThat(withoutFingerprint(original.asSuccess(ADDRESS, 32853, KEY)))
        .isEqualTo(repaired.bytes());
  }

  private static byte[] withoutFingerprint(StunMessage message) {
    byte[] bytes = Arrays.copyOf(message.bytes(), message.bytes().length - 8);
    bytes[3] -= 8;
    return bytes;
  }

  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, false"})
  void a_check_is_one_that_others_understand(boolean controlling, boolean nominating) {
    byte[] bytes =
        StunMessage.check("evtj:h6vY", controlling, nominating, 0x932ff9b151263b36L, KEY).bytes();
    StunMessage check = StunMessage.parse(bytes, 0, bytes.length);

    assertThat(check.type()).isEqualTo(StunMessage.BINDING_REQUEST);
    assertThat(check.localUfrag()).isEqualTo("evtj");
    assertThat(check.isAuthentic(KEY)).isTrue();
    assertThat(check.nominates()).isEqualTo(nominating);
    assertThat(check.repaired(ADDRESS, 4000, KEY)).as("complete").isSameAs(check);
    assertThat(HexFormat.of().formatHex(bytes))
        .contains((controlling ? "802a" : "8029") + "0008" + "932ff9b151263b36");
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, bytes.length - 8);
    assertThat(HexFormat.of().formatHex(bytes))
        .endsWith("80280004%08x".formatted((int) crc.getValue() ^ 0x5354554e));
  }

  @Test
  void errors_are_complete_as_they_are() {
    StunMessage error = StunMessages.signed(StunMessage.BINDING_ERROR, new byte[0]);

    assertThat(error.repaired(ADDRESS, 4000, KEY)).isSameAs(error);
  }

  @Test
  void a_user_name_without_colon_is_nobodys() {
    StunMessage message =
        StunMessages.signed(
            StunMessage.BINDING_REQUEST, HexFormat.of().parseHex("00060005616c6f6e65000000"));

    assertThat(message.localUfrag()).isNull();
  }
}
