package io.github.jvbwhip.embedded.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.stun.StunMessage;
import java.net.InetAddress;
import org.ice4j.TransportAddress;
import org.ice4j.attribute.Attribute;
import org.ice4j.attribute.XorMappedAddressAttribute;
import org.ice4j.message.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is repaired is understood by ice4j. */
class StunRepairTest {
  private static final String PASSWORD = "VOkJxbRl1RmTxUk/WvJxBt";

  @Test
  void a_check_without_priority_gets_one_and_stays_authentic() throws Exception {
    byte[] password = PASSWORD.getBytes(US_ASCII);
    byte[] bytes = StunMessages.request("ours:theirs", PASSWORD, false);
    StunMessage original = StunMessage.parse(bytes, 0, bytes.length);

    StunMessage mended = original.repaired(new byte[4], 1, password);

    assertThat(mended.isAuthentic(password)).isTrue();
    assertThat(mended.localUfrag()).isEqualTo("ours");
    assertThat(mended.transactionId()).isEqualTo(original.transactionId());
    assertThat(StunMessages.decode(mended.bytes()).getAttribute(Attribute.PRIORITY)).isNotNull();
    assertThat(StunMessage.parse(mended.bytes(), 0, mended.bytes().length).isAuthentic(password))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.7", "2001:db8:0:0:0:0:0:7"})
  void a_response_without_mapped_address_gets_one_and_stays_authentic(String address)
      throws Exception {
    byte[] password = PASSWORD.getBytes(US_ASCII);
    byte[] bytes = StunMessages.request("ours:theirs", PASSWORD, false);
    bytes[0] = 1; // a success response
    StunMessage original = StunMessage.parse(bytes, 0, bytes.length);

    StunMessage mended =
        original.repaired(InetAddress.getByName(address).getAddress(), 10_000, password);

    assertThat(mended.isAuthentic(password)).isTrue();
    assertThat(mended.transactionId()).isEqualTo(original.transactionId());
    Message decoded = StunMessages.decode(mended.bytes());
    TransportAddress mapped =
        ((XorMappedAddressAttribute) decoded.getAttribute(Attribute.XOR_MAPPED_ADDRESS))
            .getAddress(decoded.getTransactionID());
    assertThat(mapped.getHostAddress()).isEqualTo(address);
    assertThat(mapped.getPort()).isEqualTo(10_000);
  }
}
