package io.github.jvbwhip.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.testpeer.MediaSender;
import io.github.jvbwhip.testpeer.PeerOptions;
import io.github.jvbwhip.testpeer.StreamReport;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.rtp.RtcpPacket;
import io.github.jvbwhip.testpeer.sdp.CodecSpec;
import io.github.jvbwhip.testpeer.sdp.Extensions;
import io.github.jvbwhip.testpeer.sdp.MediaSpec;
import io.github.jvbwhip.testpeer.sdp.MediaSpec.Direction;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.sdp.RemoteMedia;
import io.github.jvbwhip.testpeer.signalling.Reply;
import io.github.jvbwhip.testpeer.transport.DatagramFilter;
import io.github.jvbwhip.testpeer.transport.DatagramFilter.RtpSelection;
import io.github.jvbwhip.testpeer.transport.SrtpProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Publishing and watching with test peers: what holds on every bridge and every machine. */
abstract class PublishAndWatchContract {
  private static final Duration SOON = Duration.ofSeconds(15);

  private final List<TestPeer> peers = new ArrayList<>();
  private String room = "";

  /** The server that the class runs. */
  abstract ServerUnderTest server();

  @BeforeEach
  void chooseRoom(TestInfo info) {
    room =
        info.getTestMethod().orElseThrow().getName()
            + "-"
            + Math.abs(info.getDisplayName().hashCode());
  }

  @AfterEach
  void closePeers() {
    for (TestPeer peer : peers) {
      peer.session().ifPresent(session -> peer.hangUp());
      peer.close();
    }
  }

  private TestPeer peer(PeerOptions options) {
    TestPeer peer = TestPeer.open(options);
    peers.add(peer);
    return peer;
  }

  private TestPeer publish(OfferSpec offer) {
    return publish(PeerOptions.defaults(), offer);
  }

  private TestPeer publish(PeerOptions options, OfferSpec offer) {
    TestPeer publisher = peer(options);
    Reply reply = publisher.connect(server().whip(room, "main"), offer);
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    publisher.awaitConnected(SOON);
    return publisher;
  }

  private TestPeer play(OfferSpec offer) {
    return play(PeerOptions.defaults(), offer);
  }

  private TestPeer play(PeerOptions options, OfferSpec offer) {
    TestPeer player = peer(options);
    Reply reply = player.connect(server().whep(room, "main"), offer);
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    player.awaitConnected(SOON);
    return player;
  }

  private static MediaSender startMedia(TestPeer publisher) {
    publisher.audio().start();
    MediaSender video = publisher.video(VideoSettings.defaults());
    video.start();
    return video;
  }

  private static StreamReport onlyVideo(TestPeer player) {
    assertThat(player.received().video()).hasSize(1);
    return player.received().video().get(0);
  }

  @ParameterizedTest
  @EnumSource(
      value = Codec.class,
      names = {"VP8", "VP9", "H264", "AV1"})
  void aPlayerGetsSoundAndPictureWithoutAGap(Codec codec) {
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

  @Test
  void aPlayerGetsItsOwnNumbersAndTheSourcesThatTheAnswerDeclares() {
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

  @Test
  void aPlayerThatComesLateGetsAKeyframe() {
    TestPeer publisher = publish(OfferSpec.publisher(Codec.VP8));
    startMedia(publisher);
    TestPeer first = play(OfferSpec.player(Codec.VP8));
    first.awaitVideoPackets(60, SOON);
    TestPeer late = play(OfferSpec.player(Codec.VP8));
    late.awaitKeyframes(1, SOON);
    late.awaitVideoPackets(30, SOON);

    assertThat(publisher.rtcp().keyframeRequests()).isPositive();
    assertThat(onlyVideo(late).isContinuous()).isTrue();
    assertThat(onlyVideo(first).isContinuous()).isTrue();
  }

  @Test
  void aPlayerMayComeBeforeThePublisher() {
    TestPeer player = play(OfferSpec.player(Codec.VP8));
    startMedia(publish(OfferSpec.publisher(Codec.VP8)));
    player.awaitKeyframes(1, SOON);
    player.awaitAudioPackets(10, SOON);
  }

  @Test
  void aPlayerStaysWhenItsPublisherComesBack() {
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

  @Test
  void lossOnTheWayToTheBridgeIsRepaired() {
    TestPeer publisher = publish(OfferSpec.publisher(Codec.VP8));
    publisher
        .transport()
        .setOutgoingFilter(
            DatagramFilter.losing(RtpSelection.ofPayloadType(96, RtpSelection.everyNth(20))));
    startMedia(publisher);
    TestPeer player = play(OfferSpec.player(Codec.VP8));
    player.awaitVideoPackets(300, SOON);

    assertThat(publisher.rtcp().count(RtcpPacket.Nack.class)).isPositive();
    player.await(
        "no more than what was lost just now is missing",
        SOON,
        () -> onlyVideo(player).missing() <= 2);
  }

  @Test
  void lossOnTheWayToThePlayerIsRepairedByRtx() {
    startMedia(publish(OfferSpec.publisher(Codec.VP8)));
    TestPeer player = play(OfferSpec.player(Codec.VP8));
    player
        .transport()
        .setIncomingFilter(
            DatagramFilter.losing(RtpSelection.ofPayloadType(96, RtpSelection.everyNth(20))));
    player.await(
        "ten repaired packets",
        SOON,
        () -> player.received().video().stream().anyMatch(s -> s.recovered() >= 10));
    assertThat(player.received().rtxPackets()).isGreaterThanOrEqualTo(10);
  }

  @Test
  void lossOnTheWayToAPlayerWithoutRtxIsRepaired() {
    startMedia(publish(OfferSpec.publisher(Codec.VP8)));
    OfferSpec offer =
        OfferSpec.of(
            MediaSpec.video(Direction.RECVONLY, Codec.VP8)
                .withCodecs(CodecSpec.video(Codec.VP8, 96).withoutRtx()));
    TestPeer player = play(offer);
    player.transport().setIncomingFilter(DatagramFilter.losing(RtpSelection.everyNth(20)));
    player.await(
        "ten repaired packets",
        SOON,
        () -> player.received().video().stream().anyMatch(s -> s.recovered() >= 10));
    assertThat(player.received().rtxPackets()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"l;m;h", "0;1;2"})
  void onePictureOfASimulcastArrives(String rids) {
    TestPeer publisher = publish(OfferSpec.simulcastPublisher(Codec.VP8, rids.split(";", -1)));
    publisher.audio().start();
    publisher.video(new VideoSettings(1280, 720, 25, 900_000, 0)).start();
    TestPeer player = play(OfferSpec.player(Codec.VP8));
    player.awaitKeyframes(1, SOON);
    player.awaitVideoPackets(150, SOON);

    StreamReport video = onlyVideo(player);
    assertThat(video.isContinuous()).as("%s", video).isTrue();
    assertThat(video.sizes()).isSubsetOf("320x180", "640x360", "1280x720");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0;1;2"})
  void whatObsOffersArrives(String rids) {
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
  void everyDtlsRoleOfAPublisherWorks(String setup) {
    startMedia(publish(OfferSpec.publisher(Codec.VP8).withSetup(setup)));
    play(OfferSpec.player(Codec.VP8)).awaitVideoPackets(10, SOON);
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void everySrtpProfileWorks(SrtpProfile profile) {
    PeerOptions options = PeerOptions.defaults().withSrtpProfiles(profile);
    startMedia(publish(options, OfferSpec.publisher(Codec.VP8)));
    TestPeer player = play(options, OfferSpec.player(Codec.VP8));
    player.awaitVideoPackets(10, SOON);
    assertThat(player.transport().srtpProfile()).isEqualTo(profile);
  }

  @Test
  void senderReportsTellSoundAndPictureApartAndTogether() {
    startMedia(publish(OfferSpec.publisher(Codec.VP8)));
    TestPeer player = play(OfferSpec.player(Codec.VP8));
    player.awaitVideoPackets(10, SOON);
    player.awaitAudioPackets(10, SOON);
    long video = onlyVideo(player).ssrc();
    long audio = player.received().audio().get(0).ssrc();
    player.await(
        "sender reports of both",
        SOON,
        () ->
            player.rtcp().all(RtcpPacket.SenderReport.class).stream()
                .map(RtcpPacket.SenderReport::senderSsrc)
                .toList()
                .containsAll(List.of(video, audio)));

    RtcpPacket.SenderReport report =
        player.rtcp().all(RtcpPacket.SenderReport.class).stream()
            .filter(r -> r.senderSsrc() == video)
            .reduce((first, second) -> second)
            .orElseThrow();
    // The report's time is about that of the newest picture: within some seconds, in its own units.
    int distance = (int) (report.rtpTimestamp() - onlyVideo(player).lastTimestamp());
    assertThat(Math.abs(distance)).isLessThan(90_000 * 5);
  }

  @Test
  void aPublisherIsToldHowMuchToSend() {
    TestPeer publisher = publish(OfferSpec.publisher(Codec.VP8));
    startMedia(publisher);
    publisher.await(
        "bandwidth feedback",
        SOON,
        () ->
            publisher.rtcp().count(RtcpPacket.TransportFeedback.class) > 0
                || publisher.rtcp().count(RtcpPacket.Remb.class) > 0);
    publisher.await(
        "receiver reports",
        SOON,
        () ->
            publisher.rtcp().all(RtcpPacket.ReceiverReport.class).stream()
                .anyMatch(report -> !report.blocks().isEmpty()));
  }

  @Test
  void hostileBytesDisturbNobody() {
    TestPeer publisher = publish(OfferSpec.publisher(Codec.VP8));
    startMedia(publisher);
    TestPeer player = play(OfferSpec.player(Codec.VP8));
    player.awaitVideoPackets(10, SOON);
    java.util.Random random = new java.util.Random(42);
    for (int first = 0; first < 256; first++) {
      byte[] datagram = new byte[1 + random.nextInt(200)];
      random.nextBytes(datagram);
      datagram[0] = (byte) first;
      publisher.transport().sendHostile(datagram);
      player.feedback().raw(new byte[] {(byte) 0x8f, (byte) 206, 0, 1, 0, 0, 0, (byte) first});
    }
    int before = player.received().videoPackets();
    player.awaitVideoPackets(before + 60, SOON);
    assertThat(onlyVideo(player).isContinuous()).isTrue();
  }

  @Test
  void endedSessionsAreGone() {
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
