package io.github.jvbwhip.jvb.videobridge.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.jvbwhip.core.rtp.RtpHeader;
import io.github.jvbwhip.core.rtp.RtpWriter;
import io.github.jvbwhip.core.rtp.rtcp.Pli;
import io.github.jvbwhip.core.rtp.rtcp.Remb;
import io.github.jvbwhip.core.rtp.rtcp.Rtcp;
import io.github.jvbwhip.core.rtp.rtcp.RtcpFeedback;
import io.github.jvbwhip.jvb.media.SsrcTranslation;
import java.lang.management.ManagementFactory;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Random;
import org.jitsi.srtp.SrtcpCryptoContext;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;
import org.jitsi.srtp.SrtpPolicy;
import org.jitsi.utils.ByteArrayBuffer;
import org.jitsi.utils.logging2.LoggerImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With the keys of a real SRTP session. */
class TranslatingContextsTest {
  private static final int OFF = 12;
  private static final long OWN = 2;
  private static final long BRIDGE = 0xCAFE;
  private static final long LIMIT = 1 << 20;

  private final SsrcTranslation ssrcs = SsrcTranslation.random(new Random(1));
  private final long conference = ssrcs.add(OWN);

  @ParameterizedTest
  @ValueSource(ints = {SrtpPolicy.AESCM_ENCRYPTION, SrtpPolicy.AESGCM_ENCRYPTION})
  void media_is_decrypted_under_the_ssrc_of_the_conference(int cipher) throws Exception {
    SrtpCryptoContext client = keys(cipher, true).deriveContext((int) OWN, 0);
    SrtpContextFactory bridge = new TranslatingContexts(keys(cipher, false), ssrcs, LIMIT);
    SrtpCryptoContext context = bridge.deriveContext((int) conference, 0);
    for (int number = 65_530; number < 65_550; number++) {
      Bytes packet = rtp(number & 0xFFFF, OWN);
      Bytes sent = rtp(number & 0xFFFF, conference);
      assertThat(client.transformPacket(packet)).isEqualTo(SrtpErrorStatus.OK);

      RtpHeader.setSsrc(packet.buffer, packet.offset, conference);
      assertThat(context.reverseTransformPacket(packet, false))
          .as("number %d", number)
          .isEqualTo(SrtpErrorStatus.OK);
      assertThat(packet.content()).isEqualTo(sent.content());
    }
  }

  @Test
  void what_is_forged_is_not_decrypted() throws Exception {
    SrtpContextFactory bridge = new TranslatingContexts(keys(false), ssrcs, LIMIT);

    assertThat(
            bridge
                .deriveContext((int) conference, 0)
                .reverseTransformPacket(rtp(1, conference), false))
        .isEqualTo(SrtpErrorStatus.AUTH_FAIL);
  }

  @Test
  void reports_come_from_the_ssrc_of_the_conference_and_those_of_strangers_from_nobodys()
      throws Exception {
    for (long sender : new long[] {OWN, 99}) {
      Bytes packet = pli(sender, BRIDGE);
      assertThat(keys(true).deriveControlContext((int) sender).transformPacket(packet))
          .isEqualTo(SrtpErrorStatus.OK);

      SrtcpCryptoContext context =
          new TranslatingContexts(keys(false), ssrcs, LIMIT).deriveControlContext((int) sender);
      assertThat(context.reverseTransformPacket(packet)).isEqualTo(SrtpErrorStatus.OK);
      assertThat(Rtcp.senderSsrc(packet.buffer, packet.offset))
          .isEqualTo(sender == OWN ? conference : ssrcs.stranger());
      assertThat(RtcpFeedback.mediaSsrc(packet.buffer, packet.offset)).isEqualTo(BRIDGE);
    }
  }

  @Test
  void feedback_is_about_the_publishers_own_ssrc() throws Exception {
    assertThat(
            subject(
                new TranslatingContexts(keys(true), ssrcs, LIMIT)
                    .deriveControlContext((int) BRIDGE),
                conference))
        .isEqualTo(OWN);
  }

  @Test
  void a_context_that_is_there_already_goes_on_translated() throws Exception {
    SrtcpCryptoContext before = keys(true).deriveControlContext((int) BRIDGE);
    assertThat(subject(before, conference)).isEqualTo(conference);

    var after = (SrtcpCryptoContext) TranslatingContexts.translating(before, ssrcs, LIMIT);
    assertThat(subject(after, conference)).isEqualTo(OWN);
    assertThat(TranslatingContexts.translating(after, ssrcs, LIMIT)).isSameAs(after);
  }

  @Test
  void no_more_is_told_than_the_publisher_may_send() throws Exception {
    SrtcpCryptoContext context =
        new TranslatingContexts(keys(true), ssrcs, LIMIT).deriveControlContext((int) BRIDGE);
    for (long estimate : new long[] {LIMIT - 4, LIMIT, 20_000_000}) {
      Bytes packet = remb(estimate);
      assertThat(context.transformPacket(packet)).isEqualTo(SrtpErrorStatus.OK);
      assertThat(client.reverseTransformPacket(packet)).isEqualTo(SrtpErrorStatus.OK);
      assertThat(Remb.bitrate(packet.buffer, packet.offset)).isEqualTo(Math.min(estimate, LIMIT));
    }
  }

  private final SrtcpCryptoContext client = keys(false).deriveControlContext((int) BRIDGE);

  TranslatingContextsTest() throws Exception {}

  /** What a PLI about that SSRC is about when it comes to the publisher. */
  private long subject(SrtcpCryptoContext bridge, long ssrc) throws Exception {
    Bytes packet = pli(BRIDGE, ssrc);
    assertThat(bridge.transformPacket(packet)).isEqualTo(SrtpErrorStatus.OK);
    assertThat(client.reverseTransformPacket(packet)).isEqualTo(SrtpErrorStatus.OK);
    return RtcpFeedback.mediaSsrc(packet.buffer, packet.offset);
  }

  @Test
  void nothing_is_allocated_for_a_packet() throws Exception {
    SrtpCryptoContext context =
        new TranslatingContexts(new Willing(), ssrcs, LIMIT).deriveContext((int) conference, 0);
    int packets = 20_000;
    Bytes packet = rtp(0, conference);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long bytes = 0;
    int passed = 0;
    for (int number = 0; number < 2 * packets; number++) {
      if (number == packets) {
        bytes = threads.getThreadAllocatedBytes(thread);
      }
      passed += context.reverseTransformPacket(packet, false) == SrtpErrorStatus.OK ? 1 : 0;
    }
    bytes = threads.getThreadAllocatedBytes(thread) - bytes;

    assertThat(passed).isEqualTo(2 * packets);
    assertThat(bytes / packets).isZero();
  }

  /** Its contexts find everything in order: those of the bridge allocate something for a log. */
  private static final class Willing extends SrtpContextFactory {
    private static final SrtpPolicy NONE =
        new SrtpPolicy(SrtpPolicy.NULL_ENCRYPTION, 0, SrtpPolicy.NULL_AUTHENTICATION, 0, 0, 0);

    Willing() {
      super(false, null, null, NONE, NONE, new LoggerImpl("test"));
    }

    @Override
    public SrtpCryptoContext deriveContext(int ssrc, int roc) throws GeneralSecurityException {
      return new SrtpCryptoContext(false, ssrc, roc, null, null, NONE, logger) {
        @Override
        public synchronized SrtpErrorStatus reverseTransformPacket(
            ByteArrayBuffer packet, boolean skip) {
          return RtpHeader.ssrc(packet.getBuffer(), packet.getOffset()) == OWN
              ? SrtpErrorStatus.OK
              : SrtpErrorStatus.FAIL;
        }
      };
    }
  }

  private static SrtpContextFactory keys(boolean sender) {
    return keys(SrtpPolicy.AESCM_ENCRYPTION, sender);
  }

  private static SrtpContextFactory keys(int cipher, boolean sender) {
    SrtpPolicy policy =
        cipher == SrtpPolicy.AESCM_ENCRYPTION
            ? new SrtpPolicy(cipher, 16, SrtpPolicy.HMACSHA1_AUTHENTICATION, 20, 10, 14)
            : new SrtpPolicy(cipher, 16, SrtpPolicy.NULL_AUTHENTICATION, 0, 16, 12);
    return new SrtpContextFactory(
        sender,
        new byte[policy.getEncKeyLength()],
        new byte[policy.getSaltKeyLength()],
        policy,
        policy,
        new LoggerImpl("test"));
  }

  private static Bytes rtp(int number, long ssrc) {
    byte[] buffer = new byte[200];
    int header = RtpWriter.write(buffer, OFF, 96, number, 7, ssrc);
    Arrays.fill(buffer, OFF + header, OFF + 100, (byte) 5);
    return new Bytes(buffer, OFF, 100);
  }

  private static Bytes remb(long estimate) {
    byte[] buffer = new byte[200];
    return new Bytes(buffer, OFF, Remb.write(buffer, OFF, BRIDGE, estimate, 7));
  }

  private static Bytes pli(long sender, long media) {
    byte[] buffer = new byte[200];
    return new Bytes(buffer, OFF, Pli.write(buffer, OFF, sender, media));
  }

  /** A packet with room around it. */
  private static final class Bytes implements ByteArrayBuffer {
    byte[] buffer;
    int offset;
    int length;

    Bytes(byte[] buffer, int offset, int length) {
      this.buffer = buffer;
      this.offset = offset;
      this.length = length;
    }

    byte[] content() {
      return Arrays.copyOfRange(buffer, offset, offset + length);
    }

    @Override
    public byte[] getBuffer() {
      return buffer;
    }

    @Override
    public int getOffset() {
      return offset;
    }

    @Override
    public int getLength() {
      return length;
    }

    @Override
    public void setLength(int length) {
      this.length = length;
    }

    @Override
    public void setOffset(int offset) {
      this.offset = offset;
    }

    @Override
    public boolean isInvalid() {
      return false;
    }

    @Override
    public void readRegionToBuff(int off, int len, byte[] outBuff) {
      System.arraycopy(buffer, offset + off, outBuff, 0, len);
    }

    @Override
    public void grow(int howMuch) {
      // There is room.
    }

    @Override
    public void append(byte[] data, int len) {
      System.arraycopy(data, 0, buffer, offset + length, len);
      length += len;
    }

    @Override
    public void shrink(int len) {
      length -= len;
    }
  }
}
