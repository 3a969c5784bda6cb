package io.github.jvbwhip.core.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.rtp.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CipherChangeGateTest {
  private static final int CLIENT_HELLO = 1;
  private static final int SERVER_HELLO = 2;
  private static final int CLIENT_KEY_EXCHANGE = 16;
  private static final int CERTIFICATE_VERIFY = 15;
  private static final byte[] CHANGE = record(20, 0, new byte[] {1});
  private static final byte[] FINISHED = record(22, 1, new byte[40]);

  private final CipherChangeGate gate = new CipherChangeGate();

  private byte[] pass(byte[]... records) {
    byte[] datagram = join(records);
    byte[] b = new byte[7 + datagram.length];
    System.arraycopy(datagram, 0, b, 7, datagram.length);
    int length = gate.pass(b, 7, datagram.length);
    return Arrays.copyOfRange(b, 7, 7 + length);
  }

  @Test
  void a_change_after_the_verification_passes() {
    pass(message(CLIENT_HELLO, 60));
    pass(message(CLIENT_KEY_EXCHANGE, 66), message(CERTIFICATE_VERIFY, 80));

    assertThat(pass(CHANGE)).isEqualTo(CHANGE);
    assertThat(pass(FINISHED)).isEqualTo(FINISHED);
  }

  @Test
  void a_change_in_the_same_datagram_passes() {
    pass(message(CLIENT_HELLO, 60));
    byte[][] flight = {message(CERTIFICATE_VERIFY, 80), CHANGE, FINISHED};

    assertThat(pass(flight)).isEqualTo(join(flight));
  }

  @Test
  void a_change_without_the_verification_is_cut_out() {
    pass(message(CLIENT_HELLO, 60));

    assertThat(pass(message(CLIENT_KEY_EXCHANGE, 66), CHANGE, FINISHED))
        .isEqualTo(join(message(CLIENT_KEY_EXCHANGE, 66), FINISHED));
    assertThat(pass(CHANGE)).isEmpty();
  }

  @Test
  void a_verification_in_fragments_counts_when_all_have_come() {
    pass(message(CLIENT_HELLO, 60));
    pass(fragment(CERTIFICATE_VERIFY, 80, 0, 50));
    assertThat(pass(CHANGE)).isEmpty();

    pass(fragment(CERTIFICATE_VERIFY, 80, 50, 30));
    assertThat(pass(CHANGE)).isEqualTo(CHANGE);
  }

  @Test
  void a_server_changes_without() {
    pass(message(SERVER_HELLO, 60));

    assertThat(pass(CHANGE, FINISHED)).isEqualTo(join(CHANGE, FINISHED));
  }

  @Test
  void what_is_no_dtls_passes() {
    Random random = new Random(3);
    pass(message(CLIENT_HELLO, 60));
    for (int i = 0; i < 10_000; i++) {
      byte[] noise = new byte[random.nextInt(60)];
      random.nextBytes(noise);
      if (noise.length > 0 && random.nextBoolean()) {
        noise[0] = (byte) (20 + random.nextInt(4));
      }
      assertThat(pass(noise).length).isLessThanOrEqualTo(noise.length);
    }
  }

  private static byte[] message(int type, int length) {
    return fragment(type, length, 0, length);
  }

  private static byte[] fragment(int type, int length, int begin, int count) {
    byte[] b = new byte[12 + count];
    b[0] = (byte) type;
    Bytes.put16(b, 2, length);
    Bytes.put16(b, 7, begin);
    Bytes.put16(b, 10, count);
    return record(22, 0, b);
  }

  private static byte[] record(int type, int epoch, byte[] content) {
    byte[] b = new byte[13 + content.length];
    b[0] = (byte) type;
    b[1] = (byte) 0xFE;
    b[2] = (byte) 0xFD;
    Bytes.put16(b, 3, epoch);
    Bytes.put16(b, 11, content.length);
    System.arraycopy(content, 0, b, 13, content.length);
    return b;
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
