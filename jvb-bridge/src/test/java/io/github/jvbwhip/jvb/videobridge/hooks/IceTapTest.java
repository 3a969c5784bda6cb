package io.github.jvbwhip.jvb.videobridge.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.bridge.PlannedEncoding;
import io.github.jvbwhip.core.rtp.RtpHeader;
import io.github.jvbwhip.core.rtp.RtpWriter;
import io.github.jvbwhip.core.threads.Await;
import io.github.jvbwhip.jvb.media.SsrcLearner;
import io.github.jvbwhip.jvb.media.SsrcTranslation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.ice4j.util.Buffer;
import org.junit.jupiter.api.Test;

class IceTapTest {
  private static final long OWN = 4711;

  /** The content of a ChangeCipherSpec. */
  private static final int CHANGE = 99;

  private final SsrcTranslation ssrcs = SsrcTranslation.random(new Random(1));
  private final SsrcLearner learner = new SsrcLearner(List.of(oneVideoOfAnySsrc()), ssrcs);
  private final List<Integer> passed = new CopyOnWriteArrayList<>();
  private final List<Long> passedSsrcs = new CopyOnWriteArrayList<>();
  private final List<Integer> lengths = new CopyOnWriteArrayList<>();
  private final AtomicInteger news = new AtomicInteger();
  private final AtomicInteger alerts = new AtomicInteger();
  private boolean open = true;
  private final IceTap tap =
      new IceTap(
          buffer -> {
            lengths.add(buffer.getLength());
            passed.add(RtpHeader.sequenceNumber(buffer.getBuffer(), buffer.getOffset()));
            passedSsrcs.add(RtpHeader.ssrc(buffer.getBuffer(), buffer.getOffset()));
          },
          learner,
          ssrcs,
          () -> open,
          news::incrementAndGet,
          alerts::incrementAndGet);

  private static IngestMedia oneVideoOfAnySsrc() {
    Codec vp8 = new Codec(MediaKind.VIDEO, "VP8", 90000, 1, Map.of());
    return new IngestMedia(
        "v",
        MediaKind.VIDEO,
        List.of(new NegotiatedCodec(96, vp8, OptionalInt.empty(), Set.of())),
        List.of(),
        List.of(new PlannedEncoding(Optional.empty(), OptionalLong.empty(), OptionalLong.empty())));
  }

  private void receive(int sequenceNumber) {
    byte[] bytes = new byte[100];
    RtpWriter.write(bytes, 7, 96, sequenceNumber, 0, OWN);
    tap.dataReceived(new Buffer(bytes, 7, 50));
  }

  private void accept() {
    var unused = learner.accept(learner.encodings());
  }

  @Test
  void packets_wait_until_their_ssrc_is_known() {
    receive(1);
    receive(2);
    assertThat(passed).isEmpty();
    assertThat(news).hasValue(1);

    tap.release(this::accept);
    receive(3);
    assertThat(passed).containsExactly(1, 2, 3);
  }

  @Test
  void those_that_come_meanwhile_do_not_overtake_those_that_waited() throws Exception {
    receive(1);
    receive(2);
    Thread network = new Thread(() -> receive(3), "test-network");
    tap.release(
        () -> {
          accept();
          network.start();
          awaitBlockedOrEnded(network);
        });
    network.join(TimeUnit.SECONDS.toMillis(20));

    assertThat(passed).containsExactly(1, 2, 3);
  }

  @Test
  void what_passes_has_the_ssrc_of_the_conference() {
    receive(1);
    tap.release(this::accept);
    receive(2);

    long told = learner.encodings().get(0).ssrc();
    assertThat(told).isNotEqualTo(OWN);
    assertThat(passedSsrcs).containsExactly(told, told);
  }

  @Test
  void packets_wait_until_they_can_be_decrypted() {
    open = false;
    receive(1);
    tap.release(this::accept);
    receive(2);
    assertThat(passed).isEmpty();

    open = true;
    receive(3);
    assertThat(passed).containsExactly(1, 2, 3);
  }

  @Test
  void an_alert_after_the_handshake_is_told_of() {
    dtls(21, 0);
    dtls(22, 1);
    assertThat(alerts).hasValue(0);

    dtls(21, 1);
    assertThat(alerts).hasValue(1);
    assertThat(tap.isEnded(System.nanoTime() + 1_000_000_000, 2)).isTrue();
  }

  /** Bouncy Castle would not read it any more. */
  @Test
  void a_change_of_ciphers_is_cut_out_that_comes_before_the_verification() {
    List<Integer> types = handshake(1, 16, CHANGE);
    assertThat(types).containsExactly(22, 22);

    assertThat(handshake(15, CHANGE)).containsExactly(22, 20);
  }

  /** The types of the records that the bridge gets of a datagram with these messages. */
  private List<Integer> handshake(int... messages) {
    byte[] datagram = new byte[25 * messages.length];
    for (int i = 0; i < messages.length; i++) {
      datagram[25 * i] = (byte) (messages[i] == CHANGE ? 20 : 22);
      datagram[25 * i + 12] = 12;
      datagram[25 * i + 13] = (byte) messages[i];
    }
    tap.dataReceived(new Buffer(datagram, 0, datagram.length));
    return IntStream.range(0, lengths.get(lengths.size() - 1) / 25)
        .mapToObj(i -> (int) datagram[25 * i])
        .toList();
  }

  private void dtls(int type, int epoch) {
    byte[] record = new byte[40];
    record[0] = (byte) type;
    record[1] = (byte) 0xFE;
    record[2] = (byte) 0xFD;
    record[4] = (byte) epoch;
    tap.dataReceived(new Buffer(record, 0, record.length));
  }

  private static void awaitBlockedOrEnded(Thread thread) {
    Await.until(
        "it is blocked or has ended",
        thread::getState,
        state -> state == Thread.State.BLOCKED || state == Thread.State.TERMINATED);
  }
}
