package io.github.jvbwhip.http.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.jvbwhip.http.config.Network;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Addresses of clients and of networks, as anybody may write them. */
class AddressFuzzTest {
  private static final String PROXY = "10.0.0.1";

  private final Proxies proxies =
      new Proxies(
          List.of(
              Network.of("10.0.0.0/8").orElseThrow(), Network.of("2001:db8::/32").orElseThrow()));

  /** The client is an address that stands there, or the proxy itself. */
  @FuzzTest(maxDuration = "30s")
  void every_forwarded_value_gives_an_address(byte[] bytes) {
    String value = new String(bytes, StandardCharsets.ISO_8859_1);
    String client = proxies.clientAddress(PROXY, value);
    assertThat(Network.address(client)).isPresent();
    assertThat(client.equals(PROXY) || value.contains(client)).isTrue();
  }

  /** What is read is no name, has itself in it, and is read again from what it is written as. */
  @FuzzTest(maxDuration = "30s")
  void every_network_is_read_or_refused(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    Network network = Network.of(text).orElse(null);
    if (network == null) {
      return;
    }
    InetAddress address = network.address();
    assertThat(text).matches("[0-9a-fA-F:./]+");
    assertThat(network.prefix()).isBetween(0, address.getAddress().length * 8);
    assertThat(network.contains(address)).isTrue();
    assertThat(Network.of(address.getHostAddress() + "/" + network.prefix())).contains(network);
  }
}
