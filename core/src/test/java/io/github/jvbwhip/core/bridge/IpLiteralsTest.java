package io.github.jvbwhip.core.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IpLiteralsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "255.255.255.255",
        "192.0.2.249",
        "::",
        "2001:db8::1",
        "::ffff:1.2.3.4"
      })
  void addresses_are_no_names(String text) {
    assertThat(IpLiterals.isNoName(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1.2.3",
        "1.2.3.4.5",
        "256.1.1.1",
        "999.1.1.1",
        "1.2.3.300",
        "1.2.3.4294967297",
        "1.2.3.",
        "cafe",
        "x.local",
        "fe80::1%eth0",
        " 1.2.3.4"
      })
  void what_would_be_looked_up_is_a_name(String text) {
    assertThat(IpLiterals.isNoName(text)).isFalse();
  }
}
