package io.github.jvbwhip.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.testpeer.StreamReport;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.CodecSpec;
import io.github.jvbwhip.testpeer.sdp.Extensions;
import io.github.jvbwhip.testpeer.sdp.MediaSpec;
import io.github.jvbwhip.testpeer.sdp.MediaSpec.Direction;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.assertj.core.api.Assertions;

/** Clients of a bridge in the tests. */
final class Peers {
  /** What a busy machine needs for anything; where all is well, nothing takes as long. */
  static final Duration SOON = Duration.ofSeconds(40);

  private Peers() {}

  /** What is lost on a busy machine is repaired a moment later. */
  static void awaitContinuous(TestPeer player) {
    player.await("all of the video", SOON, () -> video(player).isContinuous());
  }

  static String newRoom() {
    return "room-" + UUID.randomUUID();
  }

  /** A client whose session has been accepted, and whose media can flow. */
  static TestPeer connected(URI endpoint, OfferSpec offer) {
    return connected(endpoint, offer, Map.of());
  }

  /** The same with request headers. */
  static TestPeer connected(URI endpoint, OfferSpec offer, Map<String, String> headers) {
    TestPeer peer = TestPeer.open();
    Reply reply = peer.connect(endpoint, offer, headers);
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    peer.awaitConnected(SOON);
    return peer;
  }

  /** Numbers and extension ids that neither a publisher nor the bridge uses for these. */
  static OfferSpec otherNumbers(Codec codec) {
    return OfferSpec.of(
        MediaSpec.audio(Direction.RECVONLY)
            .withCodecs(CodecSpec.opus(109))
            .withExtensions(Map.of(7, Extensions.AUDIO_LEVEL, 6, Extensions.MID)),
        MediaSpec.video(Direction.RECVONLY, codec)
            .withCodecs(CodecSpec.video(codec, 120))
            .withExtensions(
                Map.of(
                    5, Extensions.TRANSPORT_CC, 6, Extensions.MID, 8, Extensions.ABS_SEND_TIME)));
  }

  /** The one video stream that the answer declared. */
  static StreamReport video(TestPeer player) {
    long declared = player.remoteDescription().media().get(1).ssrcs().get(0);
    return player.received().video().stream()
        .filter(stream -> stream.ssrc() == declared)
        .findFirst()
        .orElseThrow();
  }

  /** How many packets the declared video stream has had. */
  static int videoPackets(TestPeer player) {
    long declared = player.remoteDescription().media().get(1).ssrcs().get(0);
    return player.received().video().stream()
        .filter(stream -> stream.ssrc() == declared)
        .mapToInt(StreamReport::packets)
        .sum();
  }

  /** How many bytes came in streams that were not declared; the bridge's own probes have none. */
  static long undeclared(TestPeer player) {
    return player.received().video().stream()
        .filter(stream -> stream.ssrc() != video(player).ssrc())
        .mapToLong(StreamReport::payloadBytes)
        .sum();
  }

  /** Looks again and again, since nothing tells when a bridge in another process has done it. */
  static void eventually(String what, Callable<Boolean> condition) throws Exception {
    eventually(SOON, what, condition);
  }

  /** The same with a time of its own. */
  static void eventually(Duration limit, String what, Callable<Boolean> condition)
      throws Exception {
    eventually(limit, what, condition, seen -> seen);
  }

  /** The same with what is looked at, which is told when it does not become what it should. */
  static <T> void eventually(String what, Callable<T> look, Predicate<T> condition)
      throws Exception {
    eventually(SOON, what, look, condition);
  }

  /** The same with a time of its own. */
  static <T> void eventually(Duration limit, String what, Callable<T> look, Predicate<T> condition)
      throws Exception {
    long deadline = System.nanoTime() + limit.toNanos();
    T seen = look.call();
    while (!condition.test(seen)) {
      if (System.nanoTime() > deadline) {
        Assertions.fail("in vain: " + what + "; last seen: " + seen);
      }
      TimeUnit.MILLISECONDS.sleep(100);
      seen = look.call();
    }
  }
}
