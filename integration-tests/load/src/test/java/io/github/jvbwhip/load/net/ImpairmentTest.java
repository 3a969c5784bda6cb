package io.github.jvbwhip.load.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

class ImpairmentTest {
  private static final int PACKETS = 10_000;

  private static byte[] rtp(int payloadType) {
    byte[] packet = new byte[20];
    packet[0] = (byte) 0x80;
    packet[1] = (byte) (0x80 | payloadType);
    return packet;
  }

  private static BitSet lost(Impairment impairment, byte[] packet) {
    BitSet lost = new BitSet();
    for (int i = 0; i < PACKETS; i++) {
      lost.set(i, impairment.loses(packet, packet.length));
    }
    return lost;
  }

  @Test
  void one_seed_loses_the_same_packets() {
    Impairment impairment = new Impairment(0.05, 0, 3);
    BitSet lost = lost(impairment, rtp(96));
    assertThat(lost.cardinality()).isBetween(400, 600);
    assertThat(lost(new Impairment(0.05, 0, 3), rtp(96))).isEqualTo(lost);
    assertThat(lost(new Impairment(0.05, 0, 4), rtp(96))).isNotEqualTo(lost);
  }

  @Test
  void tells_what_it_lost_by_payload_type() {
    Impairment impairment = new Impairment(0.5, 0, 3);
    int lost = lost(impairment, rtp(96)).cardinality();
    lost(impairment, new byte[20]); // STUN
    assertThat(impairment.lost(96)).isEqualTo(lost);
    assertThat(impairment.lost(0)).isZero();
  }

  @Test
  void loses_nothing_where_nothing_is_to_be_lost() {
    assertThat(lost(new Impairment(0, 0, 3), rtp(96)).cardinality()).isZero();
  }
}
