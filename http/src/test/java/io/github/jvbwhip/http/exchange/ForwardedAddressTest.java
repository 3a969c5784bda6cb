package io.github.jvbwhip.http.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.http.config.Network;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** {@code X-Forwarded-For}, as anybody may write it. */
class ForwardedAddressTest {
  private static final String PROXY = "10.0.0.1";
  private static final String[] PARTS = {
    ",", ", ", " ", "10.0.0.1", "10.0.0.2", "192.0.2.7", "2001:db8::7", "::ffff:10.0.0.1", "[::1]",
    "1.2", "999.1.1.1", "unknown", "_hidden", "192.0.2.7:80", "fe80::1%eth0", ":", ".", "\u00e9"
  };

  private final Proxies proxies = new Proxies(List.of(Network.of("10.0.0.0/8").orElseThrow()));

  @Test
  void the_last_one_that_no_trusted_proxy_has_is_the_client() {
    assertThat(proxies.clientAddress(PROXY, "198.51.100.1, 192.0.2.7, 10.0.0.2"))
        .isEqualTo("192.0.2.7");
    assertThat(proxies.clientAddress(PROXY, "")).isEqualTo(PROXY);
  }

  /** Whatever stands there, the client is an address that stands there, or the proxy itself. */
  @Test
  void random_values_give_an_address() {
    Random random = new Random(1);
    int others = 0;
    for (int i = 0; i < 50_000; i++) {
      StringBuilder value = new StringBuilder();
      for (int k = random.nextInt(8); k > 0; k--) {
        value.append(PARTS[random.nextInt(PARTS.length)]);
      }
      String client = proxies.clientAddress(PROXY, value.toString());
      assertThat(Network.address(client)).as(value.toString()).isPresent();
      if (!client.equals(PROXY)) {
        assertThat(value.toString()).contains(client);
        others++;
      }
    }
    assertThat(others).isBetween(1_000, 45_000);
  }
}
