package io.github.jvbwhip.load.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostCandidatesTest {
  @Test
  void what_it_writes_it_reads() {
    assertThat(HostCandidates.read(List.of(HostCandidates.of(5004))))
        .hasSize(1)
        .allMatch(address -> address.getPort() == 5004);
  }

  @Test
  void takes_udp_and_ipv4_of_the_first_component_the_best_first() {
    List<String> candidates =
        List.of(
            "1 1 udp 100 192.0.2.1 1000 typ srflx raddr 10.0.0.1 rport 1000",
            "2 1 UDP 2130706431 192.0.2.2 2000 typ host generation 0",
            "3 1 tcp 2130706431 192.0.2.3 9 typ host tcptype active",
            "4 2 udp 2130706430 192.0.2.4 2001 typ host",
            "5 1 udp 2130706431 2001:db8::1 2000 typ host",
            "6 1 udp 2130706431 abcd-1234.local 2000 typ host",
            "7 1 udp 2130706431 192.0.2.5 70000 typ host",
            "8 1 udp 2130706431 192.0.2.6",
            "9 1 udp x 192.0.2.7 2000 typ host",
            "");
    assertThat(HostCandidates.read(candidates))
        .containsExactly(
            new InetSocketAddress("192.0.2.2", 2000), new InetSocketAddress("192.0.2.1", 1000));
  }
}
