package io.github.jvbwhip.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.dtls.SrtpProfile;
import io.github.jvbwhip.testpeer.MediaSender;
import io.github.jvbwhip.testpeer.PeerOptions;
import io.github.jvbwhip.testpeer.StreamReport;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.CodecSpec;
import io.github.jvbwhip.testpeer.sdp.Extensions;
import io.github.jvbwhip.testpeer.sdp.MediaSpec;
import io.github.jvbwhip.testpeer.sdp.MediaSpec.Direction;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.sdp.RemoteMedia;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Publishing and watching with test peers: what holds on every bridge and every machine. */
abstract class PublishAndWatchContract extends PeerContract {
  @ParameterizedTest
  @EnumSource(
      value = Codec.class,
      names = {"VP8", "VP9", "H264", "H265", "AV1"})
  void a_player_gets_sound_and_picture_without_a_gap(Codec codec) {
    TestPeer publisher = publish(OfferSpec.publisher(codec));
    startMedia(publisher);
    TestPeer player = play(OfferSpec.player(codec));
    player.awaitKeyframes(1, SOON);
    player.awaitVideoPackets(100, SOON);
    player.awaitAudioPackets(50, SOON);

    StreamReport video = onlyVideo(player);
    assertThat(video.codec()).isEqualTo(codec);
    assertThat(video.isContinuous()).as("%s", video).isTrue();
    assertThat(player.received().audio()).hasSize(1);
    assertThat(player.received().audio().get(0).missing()).isZero();
  }

  /** What comes without them is never sent to one who cannot decode it. */
  @ParameterizedTest
  @EnumSource(
      value = Codec.class,
      names = {"H264", "H265", "AV1"})
  void who_joins_late_gets_parameter_sets_that_came_once(Codec codec) {
    TestPeer publisher = publish(OfferSpec.publisher(codec));
    publisher.audio().start();
    MediaSender camera = publisher.video(VideoSettings.defaults());
    camera.encodings().get(0).sendParameterSetsOnce();
    camera.start();
    TestPeer early = play(OfferSpec.player(codec));
    early.awaitVideoPackets(30, SOON);

    TestPeer late = play(OfferSpec.player(codec));
    late.awaitKeyframes(1, SOON);
    late.awaitVideoPackets(100, SOON);
    camera.wantKeyframe(); // None may have been asked for: of one that is slow to answer, what is
    // kept does.
    early.awaitKeyframes(2, SOON);
    assertThat(onlyVideo(late).isContinuous()).as("%s", onlyVideo(late)).isTrue();
    assertThat(onlyVideo(early).isContinuous()).as("%s", onlyVideo(early)).isTrue();
  }

  @Test
  void a_player_gets_its_own_numbers_and_the_sources_that_the_answer_declares() {
    startMedia(publish(OfferSpec.publisher(Codec.VP8)));
    OfferSpec offer =
        OfferSpec.of(
            MediaSpec.video(Direction.RECVONLY, Codec.VP8)
                .withMid("picture")
                .withCodecs(CodecSpec.video(Codec.VP8, 120))
                .withExtensions(
                    Map.of(
                        7,
                        Extensions.MID,
                        8,
                        Extensions.ABS_SEND_TIME,
                        9,
                        Extensions.TRANSPORT_CC)),
            MediaSpec.audio(Direction.RECVONLY)
                .withMid("sound")
                .withCodecs(CodecSpec.opus(109))
                .withExtensions(Map.of(7, Extensions.MID)));
    TestPeer player = play(offer);
    player.awaitVideoPackets(30, SOON);
    player.awaitAudioPackets(10, SOON);

    StreamReport video = onlyVideo(player);
    assertThat(video.payloadTypes()).containsExactly(120);
    assertThat(List.of(7, 8, 9)).containsAll(video.extensionIds());
    RemoteMedia answered = player.remoteDescription().media().get(0);
    assertThat(answered.ssrcs()).contains(video.ssrc());
    assertThat(answered.mid()).isEqualTo("picture");
    StreamReport audio = player.received().audio().get(0);
    assertThat(audio.payloadTypes()).containsExactly(109);
    assertThat(player.remoteDescription().media().get(1).ssrcs()).containsExactly(audio.ssrc());
  }

  /** Cameras; static payload types may lack their rtpmap (RFC 8866 section 6.6). */
  @ParameterizedTest
  @CsvSource({"PCMU, 0, true", "PCMA, 8, true", "PCMU, 0, false", "PCMA, 8, false"})
  void g711_passes_through(Codec codec, int payloadType, boolean rtpmap) {
    MediaSpec sent = MediaSpec.audio(Direction.SENDONLY).withCodecs(CodecSpec.pcm(codec));
    MediaSpec received =
        MediaSpec.audio(Direction.RECVONLY).withCodecs(CodecSpec.opus(111), CodecSpec.pcm(codec));
    publish(
            OfferSpec.of(sent)
                .edited(text -> rtpmap ? text : text.replaceAll("a=rtpmap:[08] .*\r\n", "")))
        .audio()
        .start();
    TestPeer player = play(OfferSpec.of(received));
    player.awaitAudioPackets(50, SOON);

    StreamReport audio = player.received().audio().get(0);
    assertThat(audio.payloadTypes()).containsExactly(payloadType);
    assertThat(audio.missing()).isZero();
    assertThat(audio.timestampRegressions()).isZero();
  }

  /** Opus has one name for one channel and for two (RFC 7587 section 6.1). */
  @Test
  void stereo_is_told_to_both_sides() {
    OfferSpec stereo =
        OfferSpec.of(
            MediaSpec.audio(Direction.SENDONLY)
                .withCodecs(CodecSpec.opus(111).withFmtp("stereo=1;sprop-stereo=1")));
    Reply published = peer(PeerOptions.defaults()).connect(server().whip(room(), "main"), stereo);
    assertThat(published.body()).contains("a=fmtp:111 stereo=1;sprop-stereo=1\r\n");
    Reply played =
        peer(PeerOptions.defaults())
            .connect(
                server().whep(room(), "main"),
                OfferSpec.of(
                    MediaSpec.audio(Direction.RECVONLY)
                        .withCodecs(CodecSpec.opus(109).withFmtp("useinbandfec=1"))));
    assertThat(played.body()).contains("a=fmtp:109 useinbandfec=1;stereo=1;sprop-stereo=1\r\n");
  }

  @Test
  void publishers_with_the_same_ssrcs_do_not_disturb_each_other() {
    TestPeer first = publishTwin("first", OfferSpec.publisher(Codec.VP8));
    TestPeer second = publishTwin("second", OfferSpec.publisher(Codec.VP8));
    TestPeer ofFirst = play("first", OfferSpec.player(Codec.VP8));
    TestPeer ofSecond = play("second", OfferSpec.player(Codec.VP8));
    first.video(new VideoSettings(320, 180, 30, 300_000, 0)).start();
    second.video(new VideoSettings(1280, 720, 30, 900_000, 0)).start();
    first.audio().start();
    second.audio().start();
    for (TestPeer player : List.of(ofFirst, ofSecond)) {
      player.awaitVideoPackets(90, SOON);
      player.awaitAudioPackets(30, SOON);
    }

    assertThat(onlyVideo(ofFirst).sizes()).containsExactly("320x180");
    assertThat(onlyVideo(ofSecond).sizes()).containsExactly("1280x720");
    assertThat(onlyVideo(ofFirst).isContinuous()).isTrue();
    assertThat(onlyVideo(ofSecond).isContinuous()).isTrue();
  }

  /** GStreamer's ends when it does, and nobody is to hear a room by publishing into it. */
  @Test
  void publishers_receive_no_media() {
    TestPeer first = publish("first", PeerOptions.defaults(), OfferSpec.publisher(Codec.VP8));
    TestPeer second = publish("second", PeerOptions.defaults(), OfferSpec.publisher(Codec.VP8));
    startMedia(first);
    startMedia(second);
    for (String stream : List.of("first", "second")) {
      TestPeer player = play(stream, OfferSpec.player(Codec.VP8));
      player.awaitVideoPackets(60, SOON);
      player.awaitAudioPackets(60, SOON);
    }

    assertThat(first.received().streams()).as("%s", first.received()).isEmpty();
    assertThat(second.received().streams()).as("%s", second.received()).isEmpty();
  }

  /** As with browsers, whose SSRCs show in their packets only. */
  @Test
  void simulcasts_with_the_same_ssrcs_do_not_disturb_each_other() {
    OfferSpec offer =
        OfferSpec.simulcastPublisher(Codec.VP8, "l", "m", "h")
            .edited(text -> text.replaceAll("a=ssrc.*\r\n", ""));
    TestPeer first = publishTwin("first", offer);
    TestPeer second = publishTwin("second", offer);
    TestPeer ofFirst = play("first", OfferSpec.player(Codec.VP8));
    TestPeer ofSecond = play("second", OfferSpec.player(Codec.VP8));
    first.video(new VideoSettings(640, 360, 30, 600_000, 0)).start();
    second.video(new VideoSettings(1280, 720, 30, 900_000, 0)).start();

    ofFirst.await("the best picture of the first", SOON, () -> sizes(ofFirst).contains("640x360"));
    ofSecond.await(
        "the best picture of the second", SOON, () -> sizes(ofSecond).contains("1280x720"));
    assertThat(sizes(ofFirst)).doesNotContain("1280x720");
    assertThat(onlyVideo(ofSecond).isContinuous()).isTrue();
  }

  private static List<String> sizes(TestPeer player) {
    return player.received().video().stream().flatMap(video -> video.sizes().stream()).toList();
  }

  @ParameterizedTest
  @EnumSource(
      value = Codec.class,
      names = {"VP8", "H264"})
  void an_encoder_that_begins_anew_with_another_ssrc_goes_on_within_a_second(Codec codec) {
    TestPeer publisher = publish(OfferSpec.publisher(codec));
    TestPeer player = play(OfferSpec.player(codec));
    MediaSender encoder = publisher.video(VideoSettings.defaults());
    encoder.mark(0x80);
    encoder.start();
    player.awaitVideoPackets(60, SOON);
    int fewest = Integer.MAX_VALUE; // The machine may be busy with other things.
    for (int run = 1; run <= 3; run++) {
      int mark = 0x80 + run;
      encoder.stop();
      encoder = publisher.videoAnew(VideoSettings.defaults());
      encoder.mark(mark);
      encoder.start();
      player.await("run " + run, SOON, () -> onlyVideo(player).marks().contains(mark));
      fewest = Math.min(fewest, encoder.frames());
      player.awaitVideoPackets(player.received().videoPackets() + 90, SOON);
    }

    assertThat(fewest).as("frames before a run is seen").isLessThanOrEqualTo(30);
    StreamReport video = onlyVideo(player);
    assertThat(video.marks()).containsExactly(0x80, 0x81, 0x82, 0x83);
    assertThat(video.runs()).allMatch(StreamReport.Run::keyframe);
    assertThat(video.missing()).as("%s", video).isZero();
  }

  @ParameterizedTest
  @EnumSource(
      value = Codec.class,
      names = {"H264", "H265", "AV1"})
  void an_encoder_that_begins_anew_with_another_ssrc_need_not_send_parameter_sets_again(
      Codec codec) {
    TestPeer publisher = publish(OfferSpec.publisher(codec));
    TestPeer player = play(OfferSpec.player(codec));
    MediaSender encoder = publisher.video(VideoSettings.defaults());
    encoder.start();
    player.awaitVideoPackets(60, SOON);
    encoder.stop();
    MediaSender next = publisher.videoAnew(VideoSettings.defaults());
    next.encodings().get(0).sendNoParameterSets();
    next.mark(0x81);
    next.start();

    player.await("the next picture", SOON, () -> onlyVideo(player).marks().contains(0x81));
    TestPeer late = play(OfferSpec.player(codec));
    late.awaitKeyframes(1, SOON);
    late.awaitVideoPackets(60, SOON);
    assertThat(onlyVideo(late).isContinuous()).as("%s", onlyVideo(late)).isTrue();
  }

  /** What passes until the other codec comes counts in the clock before (RFC 7160 section 4.2). */
  @Test
  void sound_goes_on_in_the_clock_of_another_codec() {
    MediaSpec sound = MediaSpec.audio(Direction.SENDONLY);
    CodecSpec pcmu = CodecSpec.pcm(Codec.PCMU);
    TestPeer camera = publish(OfferSpec.of(sound.withCodecs(pcmu)));
    camera.audio().start();
    MediaSpec both = MediaSpec.audio(Direction.RECVONLY).withCodecs(CodecSpec.opus(111), pcmu);
    TestPeer player = play(OfferSpec.of(both));
    player.awaitAudioPackets(50, SOON);
    long left = System.nanoTime();
    camera.hangUp();
    camera.close();
    publish(OfferSpec.of(sound)).audio().start();
    player.await("Opus", SOON, () -> player.received().audio().get(0).payloadTypes().contains(111));
    double seconds = (System.nanoTime() - left) / 1e9;

    assertThat(player.received().audio()).hasSize(1);
    StreamReport audio = player.received().audio().get(0);
    assertThat(audio.payloadTypes()).containsExactlyInAnyOrder(0, 111);
    assertThat(audio.missing()).isZero();
    assertThat(audio.timestampRegressions()).isZero();
    assertThat(audio.longestStep()).isBetween(160L, (long) (seconds * 8000) + 960);
  }

  @Test
  void a_player_may_come_before_the_publisher() {
    TestPeer player = play(OfferSpec.player(Codec.VP8));
    startMedia(publish(OfferSpec.publisher(Codec.VP8)));
    player.awaitKeyframes(1, SOON);
    player.awaitAudioPackets(10, SOON);
  }

  @Test
  void a_player_stays_when_its_publisher_comes_back() {
    TestPeer publisher = publish(OfferSpec.publisher(Codec.VP8));
    startMedia(publisher);
    TestPeer player = play(OfferSpec.player(Codec.VP8));
    player.awaitVideoPackets(60, SOON);
    publisher.hangUp();
    publisher.close();

    startMedia(publish(OfferSpec.publisher(Codec.VP8)));
    int before = player.received().videoPackets();
    player.awaitVideoPackets(before + 60, SOON);
    StreamReport video = onlyVideo(player);
    assertThat(video.timestampRegressions()).isZero();
    assertThat(video.missing()).isZero();
    assertThat(video.keyframes()).isGreaterThanOrEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"l;m;h", "0;1;2"})
  void the_best_picture_of_a_simulcast_arrives_without_a_gap(String rids) {
    TestPeer publisher = publish(OfferSpec.simulcastPublisher(Codec.VP8, rids.split(";", -1)));
    publisher.audio().start();
    publisher.video(new VideoSettings(1280, 720, 25, 900_000, 0)).start();
    TestPeer player = play(OfferSpec.player(Codec.VP8));
    player.awaitKeyframes(1, SOON);
    player.await("the full size", SOON, () -> onlyVideo(player).sizes().contains("1280x720"));
    int before = player.received().videoPackets();
    player.awaitVideoPackets(before + 50, SOON);

    StreamReport video = onlyVideo(player);
    assertThat(video.isContinuous()).as("%s", video).isTrue();
    assertThat(video.sizes()).isSubsetOf("320x180", "640x360", "1280x720");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0;1;2"})
  void what_obs_offers_arrives(String rids) {
    PeerOptions deaf = PeerOptions.defaults().deafToFeedback();
    OfferSpec offer = rids.isEmpty() ? OfferSpec.obs() : OfferSpec.obs(rids.split(";", -1));
    TestPeer publisher = publish(deaf, offer);
    publisher.audio().start();
    publisher.video(new VideoSettings(1280, 720, 25, 900_000, 0).withKeyframeInterval(25)).start();
    TestPeer player = play(OfferSpec.player(Codec.H264));
    player.awaitKeyframes(2, SOON);
    player.awaitAudioPackets(20, SOON);
    assertThat(onlyVideo(player).timestampRegressions()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"active", "passive", "actpass"})
  void every_dtls_role_of_a_publisher_works(String setup) {
    startMedia(publish(OfferSpec.publisher(Codec.VP8).withSetup(setup)));
    play(OfferSpec.player(Codec.VP8)).awaitVideoPackets(10, SOON);
  }

  @ParameterizedTest
  @EnumSource(
      value = SrtpProfile.class,
      names = {"AES128_CM_HMAC_SHA1_80", "AEAD_AES_128_GCM"})
  void every_srtp_profile_works(SrtpProfile profile) {
    watchOver(profile);
  }

  /** Publishes and watches with this SRTP profile alone. */
  void watchOver(SrtpProfile profile) {
    PeerOptions options = PeerOptions.defaults().withSrtpProfiles(profile);
    startMedia(publish(options, OfferSpec.publisher(Codec.VP8)));
    TestPeer player = play(options, OfferSpec.player(Codec.VP8));
    player.awaitVideoPackets(10, SOON);
    assertThat(player.transport().srtpProfile()).isEqualTo(profile);
  }

  @Test
  void ended_sessions_are_gone() {
    TestPeer publisher = publish(OfferSpec.publisher(Codec.VP8));
    startMedia(publisher);
    TestPeer player = play(OfferSpec.player(Codec.VP8));
    player.awaitVideoPackets(10, SOON);
    assertThat(player.hangUp().status()).isEqualTo(200);
    assertThat(publisher.hangUp().status()).isEqualTo(200);
    TestPeer next = publish(OfferSpec.publisher(Codec.VP8));
    assertThat(next.isConnected()).isTrue();
  }
}
