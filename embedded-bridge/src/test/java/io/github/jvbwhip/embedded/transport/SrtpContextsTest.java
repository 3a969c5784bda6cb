package io.github.jvbwhip.embedded.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.dtls.SrtpContexts;
import io.github.jvbwhip.dtls.SrtpKeys;
import io.github.jvbwhip.dtls.SrtpProfile;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SrtpContextsTest {
  private static final int SSRC = 0x01020304;

  @BeforeAll
  static void settings() {
    Ice4jSettings.apply();
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void what_one_side_encrypts_the_other_decrypts_at_any_offset(SrtpProfile profile) {
    SrtpContexts sending = SrtpContexts.sending(keys(profile, true));
    SrtpContexts receiving = SrtpContexts.receiving(keys(profile, false));
    for (int offset : new int[] {0, 7}) {
      byte[] rtp = Packets.rtp(SSRC, 10 + offset, 700);
      byte[] buffer = at(offset, rtp);
      int length = sending.transformRtp(buffer, offset, rtp.length);
      assertThat(length).isBetween(rtp.length + 10, rtp.length + MediaTransport.TAILROOM);
      assertThat(Arrays.copyOfRange(buffer, offset + 12, offset + rtp.length))
          .isNotEqualTo(Arrays.copyOfRange(rtp, 12, rtp.length));
      assertThat(receiving.transformRtp(buffer, offset, length)).isEqualTo(rtp.length);
      assertThat(Arrays.copyOfRange(buffer, offset, offset + rtp.length)).isEqualTo(rtp);

      byte[] rtcp = Packets.rtcp(SSRC);
      byte[] control = at(offset, rtcp);
      int controlLength = sending.transformRtcp(control, offset, rtcp.length);
      assertThat(controlLength).isBetween(rtcp.length + 14, rtcp.length + MediaTransport.TAILROOM);
      assertThat(receiving.transformRtcp(control, offset, controlLength)).isEqualTo(rtcp.length);
      assertThat(Arrays.copyOfRange(control, offset, offset + rtcp.length)).isEqualTo(rtcp);
    }
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void forgeries_replays_and_truncations_are_refused(SrtpProfile profile) {
    SrtpContexts sending = SrtpContexts.sending(keys(profile, true));
    SrtpContexts receiving = SrtpContexts.receiving(keys(profile, false));
    byte[] rtp = Packets.rtp(SSRC, 1, 100);
    byte[] sent = at(0, rtp);
    int length = sending.transformRtp(sent, 0, rtp.length);
    for (int i = 0; i < length; i++) {
      byte[] forged = sent.clone();
      forged[i] ^= 1;
      assertThat(receiving.transformRtp(forged, 0, length)).as("byte %d", i).isEqualTo(-1);
      assertThat(receiving.transformRtp(sent.clone(), 0, i)).as("length %d", i).isEqualTo(-1);
    }
    assertThat(receiving.transformRtp(sent.clone(), 0, length)).isEqualTo(rtp.length);
    assertThat(receiving.transformRtp(sent.clone(), 0, length)).isEqualTo(-1);
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void forged_ssrcs_do_not_fill_the_table(SrtpProfile profile) {
    SrtpContexts sending = SrtpContexts.sending(keys(profile, true));
    SrtpContexts receiving = SrtpContexts.receiving(keys(profile, false));
    Random random = new Random(7);
    for (int i = 0; i < 300; i++) {
      byte[] forged = at(0, Packets.rtp(random.nextInt(), 1, 100));
      assertThat(receiving.transformRtp(forged, 0, 112)).isEqualTo(-1);
      assertThat(receiving.transformRtcp(forged, 0, 112)).isEqualTo(-1);
    }
    byte[] rtp = Packets.rtp(SSRC, 1, 100);
    byte[] sent = at(0, rtp);
    int length = sending.transformRtp(sent, 0, rtp.length);
    assertThat(receiving.transformRtp(sent, 0, length)).isEqualTo(rtp.length);
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void an_earlier_packet_may_be_sent_again(SrtpProfile profile) {
    SrtpContexts sending = SrtpContexts.sending(keys(profile, true));
    SrtpContexts receiving = SrtpContexts.receiving(keys(profile, false));
    byte[] lost = Packets.rtp(SSRC, 1, 50);
    byte[] next = Packets.rtp(SSRC, 2, 50);
    assertThat(sending.transformRtp(at(0, lost), 0, lost.length)).isPositive();
    byte[] arrived = at(0, next);
    int length = sending.transformRtp(arrived, 0, next.length);
    assertThat(receiving.transformRtp(arrived, 0, length)).isEqualTo(next.length);

    byte[] again = at(0, lost);
    int againLength = sending.transformRtp(again, 0, lost.length);

    assertThat(receiving.transformRtp(again, 0, againLength)).isEqualTo(lost.length);
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void the_packet_that_was_sent_last_is_never_sent_in_plain(SrtpProfile profile) {
    SrtpContexts sending = SrtpContexts.sending(keys(profile, true));
    byte[] rtp = Packets.rtp(SSRC, 1, 50);
    byte[] first = at(0, rtp);
    int length = sending.transformRtp(first, 0, rtp.length);
    byte[] second = at(0, rtp);

    int secondLength = sending.transformRtp(second, 0, rtp.length);

    if (secondLength != -1) {
      assertThat(secondLength).isEqualTo(length);
      assertThat(second).isEqualTo(first);
    }
  }

  private static SrtpKeys keys(SrtpProfile profile, boolean client) {
    byte[] material = new byte[profile.keyMaterialLength()];
    new Random(99).nextBytes(material);
    return new SrtpKeys(profile, material, client);
  }

  private static byte[] at(int offset, byte[] packet) {
    byte[] buffer = new byte[offset + packet.length + MediaTransport.TAILROOM];
    System.arraycopy(packet, 0, buffer, offset, packet.length);
    return buffer;
  }
}
