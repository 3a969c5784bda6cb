package io.github.jvbwhip.embedded.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.ice4j.TransportAddress;
import org.ice4j.attribute.Attribute;
import org.ice4j.attribute.XorMappedAddressAttribute;
import org.ice4j.message.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StunMessageTest {
  private static final String PASSWORD = "VOkJxbRl1RmTxUk/WvJxBt";

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

  @ParameterizedTest
  @ValueSource(ints = {0, 7})
  void theRequestOfRfc5769IsUnderstood(int offset) {
    byte[] shifted = new byte[offset + RFC_5769_REQUEST.length + 3];
    System.arraycopy(RFC_5769_REQUEST, 0, shifted, offset, RFC_5769_REQUEST.length);

    StunMessage message = StunMessage.parse(shifted, offset, RFC_5769_REQUEST.length);

    assertThat(message.type()).isEqualTo(StunMessage.BINDING_REQUEST);
    assertThat(message.localUfrag()).isEqualTo("evtj");
    assertThat(message.transactionId())
        .isEqualTo(new StunMessage.TransactionId(0xb7e7a701bc34d686L, 0xfa87dfae));
    assertThat(message.isAuthentic(PASSWORD.getBytes(US_ASCII))).isTrue();
    assertThat(message.isAuthentic("VOkJxbRl1RmTxUk/WvJxBu".getBytes(US_ASCII))).isFalse();
    assertThat(message.withPriority(PASSWORD.getBytes(US_ASCII))).isSameAs(message);
  }

  @Test
  void aCheckWithoutPriorityGetsOneAndStaysAuthentic() throws Exception {
    byte[] password = PASSWORD.getBytes(US_ASCII);
    byte[] bytes = StunMessages.request("ours:theirs", PASSWORD, false);
    StunMessage original = StunMessage.parse(bytes, 0, bytes.length);

    StunMessage mended = original.withPriority(password);

    assertThat(mended.isAuthentic(password)).isTrue();
    assertThat(mended.localUfrag()).isEqualTo("ours");
    assertThat(mended.transactionId()).isEqualTo(original.transactionId());
    assertThat(StunMessages.decode(mended.bytes()).getAttribute(Attribute.PRIORITY)).isNotNull();
    assertThat(StunMessage.parse(mended.bytes(), 0, mended.bytes().length).isAuthentic(password))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.7", "2001:db8:0:0:0:0:0:7"})
  void aResponseWithoutMappedAddressGetsOneAndStaysAuthentic(String address) throws Exception {
    byte[] password = PASSWORD.getBytes(US_ASCII);
    byte[] bytes = StunMessages.request("ours:theirs", PASSWORD, false);
    bytes[0] = 1; // a success response
    StunMessage original = StunMessage.parse(bytes, 0, bytes.length);

    StunMessage mended =
        original.withMappedAddress(new InetSocketAddress(address, 10_000), password);

    assertThat(mended.isAuthentic(password)).isTrue();
    assertThat(mended.transactionId()).isEqualTo(original.transactionId());
    assertThat(mended.withMappedAddress(new InetSocketAddress(0), password)).isSameAs(mended);
    Message decoded = StunMessages.decode(mended.bytes());
    TransportAddress mapped =
        ((XorMappedAddressAttribute) decoded.getAttribute(Attribute.XOR_MAPPED_ADDRESS))
            .getAddress(decoded.getTransactionID());
    assertThat(mapped.getHostAddress()).isEqualTo(address);
    assertThat(mapped.getPort()).isEqualTo(10_000);
  }

  @Test
  void everyTruncationAndManyCorruptionsAreRefusedOrNotAuthentic() {
    byte[] password = PASSWORD.getBytes(US_ASCII);
    for (int length = 0; length < RFC_5769_REQUEST.length; length++) {
      assertThat(StunMessage.parse(RFC_5769_REQUEST, 0, length)).isNull();
    }
    int integrityEnd = RFC_5769_REQUEST.length - 8;
    for (int i = 0; i < integrityEnd; i++) {
      byte[] corrupt = RFC_5769_REQUEST.clone();
      corrupt[i] ^= 0x10;
      StunMessage message = StunMessage.parse(corrupt, 0, corrupt.length);
      assertThat(message == null || !message.isAuthentic(password)).as("byte %d", i).isTrue();
    }
  }

  @Test
  void randomBytesNeverEscape() {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = Arrays.copyOf(RFC_5769_REQUEST, RFC_5769_REQUEST.length);
      for (int flips = random.nextInt(6); flips >= 0; flips--) {
        bytes[2 + random.nextInt(bytes.length - 2)] = (byte) random.nextInt();
      }
      StunMessage message = StunMessage.parse(bytes, 0, bytes.length);
      if (message != null) {
        message.localUfrag();
        message.isAuthentic(PASSWORD.getBytes(US_ASCII));
        assertThat(message.withPriority(PASSWORD.getBytes(US_ASCII)).bytes()).isNotEmpty();
      }
    }
  }

  @Test
  void aUserNameWithoutColonIsNobodys() {
    byte[] bytes = StunMessages.request("alone", PASSWORD, true);

    assertThat(StunMessage.parse(bytes, 0, bytes.length).localUfrag()).isNull();
  }
}
