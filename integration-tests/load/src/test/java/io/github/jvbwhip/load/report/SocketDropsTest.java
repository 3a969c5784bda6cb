package io.github.jvbwhip.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SocketDropsTest {
  private static final List<String> TABLE =
      List.of(
          "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid"
              + "  timeout inode ref pointer drops",
          "  310: 00000000:14E9 00000000:0000 07 00000000:00000000 00:00000000 00000000     0"
              + "        0 23456 2 0000000000000000 17",
          "  311: 0100007F:1388 00000000:0000 07 00000000:00000000 00:00000000 00000000     0"
              + "        0 23457 2 0000000000000000 4");

  @Test
  void sums_what_was_dropped_on_these_ports() {
    assertThat(SocketDrops.sum(TABLE, Set.of(0x14e9))).isEqualTo(17);
    assertThat(SocketDrops.sum(TABLE, Set.of(0x14e9, 5000))).isEqualTo(21);
    assertThat(SocketDrops.sum(TABLE, Set.of(1))).isZero();
    assertThat(SocketDrops.sum(List.of(), Set.of(1))).isZero();
  }
}
