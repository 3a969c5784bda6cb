package io.github.jvbwhip.embedded.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocketAddressesTest {
  private final SocketAddresses addresses = new SocketAddresses();

  private static ByteBuffer written(InetSocketAddress address, boolean ipv6) {
    return ByteBuffer.wrap(SocketAddresses.write(address, ipv6)).order(ByteOrder.nativeOrder());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void an_address_of_ipv4_is_read_as_it_was_written(boolean ipv6) {
    InetSocketAddress address = new InetSocketAddress("192.0.2.129", 54_321);

    assertThat(addresses.find(written(address, ipv6), 0)).isEqualTo(address);
  }

  @Test
  void an_address_of_an_interface_keeps_its_scope() throws Exception {
    byte[] bytes = InetAddress.getByName("fe80::1").getAddress();
    InetSocketAddress address =
        new InetSocketAddress(Inet6Address.getByAddress(null, bytes, 3), 443);

    InetSocketAddress found = addresses.find(written(address, true), 0);

    assertThat(found).isEqualTo(address);
    assertThat(((Inet6Address) found.getAddress()).getScopeId()).isEqualTo(3);
  }

  @Test
  void an_address_that_came_lately_is_the_same_object() {
    ByteBuffer one = written(new InetSocketAddress("2001:db8::1", 1), true);
    ByteBuffer other = written(new InetSocketAddress("2001:db8::1", 2), true);

    InetSocketAddress first = addresses.find(one, 0);

    assertThat(addresses.find(other, 0)).isNotEqualTo(first);
    assertThat(addresses.find(one, 0)).isSameAs(first);
  }

  @Test
  void more_addresses_than_are_kept_are_told_apart() {
    List<InetSocketAddress> all = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      all.add(new InetSocketAddress("10.0." + i % 7 + "." + i % 250, 1024 + i));
    }
    for (int round = 0; round < 2; round++) {
      for (InetSocketAddress address : all) {
        assertThat(addresses.find(written(address, true), 0)).isEqualTo(address);
      }
    }
  }
}
