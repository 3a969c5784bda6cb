package io.github.jvbwhip.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.testpeer.MediaSender;
import io.github.jvbwhip.testpeer.PeerOptions;
import io.github.jvbwhip.testpeer.StreamReport;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.CodecSpec;
import io.github.jvbwhip.testpeer.sdp.MediaSpec;
import io.github.jvbwhip.testpeer.sdp.MediaSpec.Direction;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.signalling.Reply;
import io.github.jvbwhip.testpeer.transport.DatagramFilter;
import io.github.jvbwhip.testpeer.transport.DatagramFilter.RtpSelection;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Publishers with a keyframe each ten seconds, and none on request: who joins need not wait. */
abstract class FirstPictureContract extends PeerContract {
  private static final VideoSettings RARE_KEYFRAMES =
      VideoSettings.defaults().withBitrate(1_500_000).withKeyframeInterval(300);

  /** Three seconds after the keyframe, and seven before the next one. */
  private static final int FRAMES_BEFORE = 90;

  /** Where there is less to catch up with: a second keyframe comes after ten seconds. */
  private static final int FEW_FRAMES = 30;

  private static final long AT_ONCE_MILLIS = 1500;
  private static final int TICKS_PER_MILLI = 90;
  private static final int VIDEO = 120;

  /** What a bridge loads with its first sessions takes longer than what is measured here. */
  @BeforeEach
  void warmUp() {
    startMedia(publish("warm-up", PeerOptions.defaults(), OfferSpec.publisher(Codec.VP8)));
    play("warm-up", OfferSpec.player(Codec.VP8)).awaitKeyframes(1, SOON);
    closePeers();
  }

  private MediaSender publishRarely(String stream, Codec codec) {
    return publishRarely(stream, codec, FRAMES_BEFORE);
  }

  private MediaSender publishRarely(String stream, Codec codec, int framesBefore) {
    TestPeer publisher =
        publish(
            stream, PeerOptions.defaults().ignoringKeyframeRequests(), OfferSpec.publisher(codec));
    publisher.audio().start();
    MediaSender camera = publisher.video(RARE_KEYFRAMES);
    camera.start();
    publisher.await("some frames", SOON, () -> camera.frames() >= framesBefore);
    return camera;
  }

  private static long millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1_000_000;
  }

  @ParameterizedTest
  @EnumSource(
      value = Codec.class,
      names = {"VP8", "VP9", "H264", "H265", "AV1"})
  void a_player_gets_all_since_the_keyframe_at_once(Codec codec) {
    MediaSender camera = publishRarely("main", codec);
    Caught caught = catchUp(camera, codec);
    // The machine may be busy with other things: the better of two counts.
    if (caught.millis() >= AT_ONCE_MILLIS) {
      caught = catchUp(camera, codec);
    }
    assertThat(caught.millis()).as("milliseconds from the POST").isLessThan(AT_ONCE_MILLIS);

    TestPeer player = caught.player();
    int sent = caught.frames();
    player.await("more frames", SOON, () -> player.received().frames() >= sent + 30);
    StreamReport video = onlyVideo(player);
    long passed = millisSince(caught.postedNanos());
    assertThat(video.isContinuous()).as("%s", video).isTrue();
    assertThat(video.keyframes()).isEqualTo(1);
    assertThat(video.lastTimestamp() - video.firstTimestamp() & 0xFFFFFFFFL)
        .as("no more than has passed")
        .isLessThanOrEqualTo(passed * TICKS_PER_MILLI);
  }

  /** A player that has all frames that were sent, and how long that has taken. */
  private record Caught(TestPeer player, long postedNanos, int frames, long millis) {}

  private Caught catchUp(MediaSender camera, Codec codec) {
    long posted = System.nanoTime();
    TestPeer player = play(OfferSpec.player(codec));
    player.awaitKeyframes(1, SOON);
    int sent = camera.frames();
    player.await("all frames", SOON, () -> player.received().frames() >= sent);
    return new Caught(player, posted, sent, millisSince(posted));
  }

  @Test
  void what_is_lost_of_it_is_sent_again() {
    MediaSender camera = publishRarely("main", Codec.VP8, FEW_FRAMES);
    TestPeer player = peer(PeerOptions.defaults());
    player.transport().setIncomingFilter(DatagramFilter.losing(new ATenthOfVideo()));
    OfferSpec offer =
        OfferSpec.of(
            MediaSpec.video(Direction.RECVONLY, Codec.VP8)
                .withCodecs(CodecSpec.video(Codec.VP8, VIDEO)));
    Reply reply = player.connect(server().whep(room(), "main"), offer);
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    player.await(
        "all frames, whole",
        SOON,
        () ->
            player.received().video().stream()
                .anyMatch(v -> v.frames() >= camera.frames() - 5 && v.missing() == 0));
    StreamReport video = onlyPicture(player);
    assertThat(video.recovered()).isPositive();
    assertThat(video.keyframes()).isEqualTo(1);
    assertThat(camera.encoding().keyframes()).isEqualTo(1);
    assertThat(video.timestampRegressions()).isZero();
  }

  @Test
  void many_join_at_once_and_nobody_who_watches_misses_anything() {
    MediaSender camera = publishRarely("main", Codec.VP8);
    TestPeer early = play(OfferSpec.player(Codec.VP8));
    early.await("all frames", SOON, () -> early.received().frames() >= camera.frames() - 2);
    Set<TestPeer> late =
        IntStream.range(0, 10)
            .mapToObj(i -> play(OfferSpec.player(Codec.VP8)))
            .collect(Collectors.toSet());
    int sent = camera.frames();
    for (TestPeer player : late) {
      player.await("all frames", SOON, () -> player.received().frames() >= sent);
      assertThat(onlyVideo(player).isContinuous()).as("%s", onlyVideo(player)).isTrue();
    }
    assertThat(onlyVideo(early).isContinuous()).as("%s", onlyVideo(early)).isTrue();
  }

  /** The one video stream. */
  StreamReport onlyPicture(TestPeer player) {
    return onlyVideo(player);
  }

  /** Of the first packets of the video, which are the kept ones, and not of their repetitions. */
  private static final class ATenthOfVideo implements RtpSelection {
    private static final int PACKETS = 150;

    private final RtpSelection lost = RtpSelection.fraction(0.1, 7);
    private int packets;

    @Override
    public boolean selects(int payloadType, int sequenceNumber, long ssrc) {
      if (payloadType != VIDEO || ++packets > PACKETS) {
        return false;
      }
      // The first one tells the player where the stream begins.
      return packets > 1 && lost.selects(payloadType, sequenceNumber, ssrc);
    }
  }
}
