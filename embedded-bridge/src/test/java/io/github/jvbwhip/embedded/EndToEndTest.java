package io.github.jvbwhip.embedded;

import static io.github.jvbwhip.embedded.Clients.LIMIT;
import static io.github.jvbwhip.embedded.Clients.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.core.bridge.LayerSelection;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.StreamSnapshot;
import io.github.jvbwhip.core.metrics.SessionMetrics;
import io.github.jvbwhip.embedded.Clients.PlayingPeer;
import io.github.jvbwhip.embedded.Clients.PublishingPeer;
import io.github.jvbwhip.testpeer.MediaSender;
import io.github.jvbwhip.testpeer.PeerOptions;
import io.github.jvbwhip.testpeer.StreamReport;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.rtp.RtcpPacket;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.transport.DatagramFilter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Publishers and players over real ICE, DTLS and SRTP on this machine. */
class EndToEndTest {
  /** Where the last flight of a DTLS server begins (RFC 6347 §4.2.4). */
  private static final byte CHANGE_CIPHER_SPEC = 20;

  private static final VideoSettings VIDEO = VideoSettings.defaults();

  private EmbeddedBridge bridge;
  private Clients clients;

  @BeforeEach
  void start() throws Exception {
    bridge = EmbeddedBridge.start(EmbeddedBridgeConfig.onPort(0), SessionMetrics.NONE);
    clients = new Clients(bridge);
  }

  @AfterEach
  void stop() {
    clients.close();
    bridge.close();
  }

  private static LayerSelection rid(String rid) {
    return new LayerSelection(
        Optional.of(rid),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty());
  }

  private static StreamReport video(PlayingPeer player) {
    return player.peer().received().video().get(0);
  }

  private Optional<StreamSnapshot> stream(String name) {
    return bridge.room(ROOM).stream()
        .flatMap(room -> room.streams().stream())
        .filter(stream -> stream.name().value().equals(name))
        .findFirst();
  }

  @ParameterizedTest
  @EnumSource(
      value = Codec.class,
      names = {"VP8", "VP9", "H264", "AV1"})
  void forwards_each_codec_to_several_players(Codec codec) throws Exception {
    PublishingPeer publisher = clients.publish("s", OfferSpec.publisher(codec));
    publisher.peer().video(VIDEO).start();
    publisher.peer().audio().start();
    PlayingPeer pinned =
        clients.watch("s", OfferSpec.player(Codec.H264, Codec.VP9, Codec.AV1, Codec.VP8));
    PlayingPeer stage = clients.watch("", OfferSpec.player(codec));

    for (PlayingPeer player : List.of(pinned, stage)) {
      player.peer().awaitVideoPackets(60, LIMIT);
      player.peer().awaitAudioPackets(20, LIMIT);
      StreamReport got = video(player);
      assertThat(got.codec()).isEqualTo(codec);
      assertThat(got.ssrc()).isEqualTo(player.videoSsrc());
      assertThat(got.isContinuous()).as(got.toString()).isTrue();
      assertThat(got.keyframes()).isPositive();
      assertThat(player.endpoint().stats().packetsSent()).isGreaterThanOrEqualTo(80);
    }
    assertThat(stream("s").orElseThrow().active())
        .containsExactlyInAnyOrder(MediaKind.AUDIO, MediaKind.VIDEO);
  }

  @Test
  void switches_simulcast_encodings_without_a_seam() throws Exception {
    PublishingPeer publisher =
        clients.publish("s", OfferSpec.simulcastPublisher(Codec.VP8, "l", "m", "h"));
    publisher.peer().video(new VideoSettings(1280, 720, 30, 1_200_000, 0)).start();
    PlayingPeer player = clients.watch("s", OfferSpec.player(Codec.VP8));
    player.peer().awaitVideoPackets(30, LIMIT);
    player
        .peer()
        .await(
            "all three layers, with sizes",
            LIMIT,
            () ->
                stream("s").orElseThrow().layers().stream()
                        .filter(layer -> layer.width().isPresent() && layer.bitrate() > 0)
                        .count()
                    == 3);

    for (String step : List.of("l:320x180", "m:640x360", "h:1280x720", "l:320x180")) {
      String rid = step.substring(0, 1);
      String size = step.substring(2);
      player.endpoint().selectLayer("1", rid(rid));
      player.peer().await(step, LIMIT, () -> video(player).lastSize().equals(size));
    }
    int packets = player.peer().received().videoPackets();
    player.peer().awaitVideoPackets(packets + 30, LIMIT);

    assertThat(player.peer().received().video()).hasSize(1);
    assertThat(video(player).sizes()).contains("320x180", "640x360", "1280x720");
    assertThat(video(player).isContinuous()).as(video(player).toString()).isTrue();
  }

  @Test
  void recovers_what_is_lost_on_either_side() throws Exception {
    PublishingPeer publisher = clients.publish("s", OfferSpec.publisher(Codec.VP8));
    MediaSender sender = publisher.peer().video(VIDEO.withBitrate(1_500_000));
    PlayingPeer player = clients.watch("s", OfferSpec.player(Codec.VP8));
    sender.start();
    player.peer().awaitVideoPackets(30, LIMIT);

    publisher
        .peer()
        .transport()
        .setOutgoingFilter(DatagramFilter.losing(DatagramFilter.RtpSelection.fraction(0.05, 1)));
    player
        .peer()
        .transport()
        .setIncomingFilter(DatagramFilter.losing(DatagramFilter.RtpSelection.fraction(0.05, 2)));
    int before = player.peer().received().videoPackets();
    player.peer().awaitVideoPackets(before + 400, LIMIT);
    publisher.peer().transport().setOutgoingFilter(DatagramFilter.all());
    player.peer().transport().setIncomingFilter(DatagramFilter.all());
    int after = player.peer().received().videoPackets();
    player
        .peer()
        .await(
            "everything recovered",
            LIMIT,
            () -> video(player).packets() > after + 30 && video(player).missing() == 0);

    assertThat(video(player).recovered()).isGreaterThan(20);
    assertThat(player.peer().received().rtxPackets()).isPositive();
    assertThat(sender.encoding().retransmissions()).isPositive();
    assertThat(publisher.endpoint().stats().packetsRetransmitted()).isPositive();
    assertThat(player.endpoint().stats().packetsRetransmitted()).isPositive();
  }

  @Test
  void a_player_stays_through_its_publishers_reconnect() throws Exception {
    PublishingPeer first = clients.publish("s", OfferSpec.publisher(Codec.VP8));
    first.peer().video(VIDEO).start();
    PlayingPeer player = clients.watch("s", OfferSpec.player(Codec.VP8));
    player.peer().awaitVideoPackets(30, LIMIT);

    first.peer().close();
    assertThat(first.ending().reason.get(10, TimeUnit.SECONDS)).isEqualTo(EndReason.DTLS_CLOSED);
    PublishingPeer second = clients.publish("s", OfferSpec.publisher(Codec.VP8));
    second.peer().video(VIDEO).start();
    int before = player.peer().received().videoPackets();
    player.peer().awaitVideoPackets(before + 60, LIMIT);

    assertThat(player.peer().received().video()).as("one SSRC").hasSize(1);
    assertThat(video(player).keyframes()).isGreaterThanOrEqualTo(2);
    assertThat(video(player).isContinuous()).as(video(player).toString()).isTrue();
  }

  @Test
  void a_late_player_gets_a_keyframe_on_request() throws Exception {
    PublishingPeer publisher = clients.publish("s", OfferSpec.publisher(Codec.H264));
    MediaSender sender = publisher.peer().video(VIDEO);
    sender.start();
    publisher.peer().await("a second of video", LIMIT, () -> sender.frames() > 30);
    assertThat(sender.encoding().keyframes()).as("nobody watches").isEqualTo(1);

    PlayingPeer late = clients.watch("s", OfferSpec.player(Codec.H264));
    late.peer().awaitKeyframes(1, LIMIT);

    assertThat(publisher.peer().rtcp().count(RtcpPacket.PictureLoss.class)).isPositive();
  }

  @Test
  void a_late_player_of_a_deaf_encoder_gets_its_next_keyframe() throws Exception {
    PublishingPeer publisher =
        clients.publish("s", OfferSpec.obs("0", "1", "2"), PeerOptions.defaults().deafToFeedback());
    MediaSender sender = publisher.peer().video(VIDEO.withKeyframeInterval(30));
    sender.start();
    publisher.peer().await("the first frames", LIMIT, () -> sender.frames() > 10);

    PlayingPeer late = clients.watch("s", OfferSpec.player(Codec.H264));
    late.peer().awaitKeyframes(2, LIMIT);

    assertThat(video(late).isContinuous()).as(video(late).toString()).isTrue();
  }

  @Test
  void gives_both_sides_their_reports() throws Exception {
    PublishingPeer publisher = clients.publish("s", OfferSpec.publisher(Codec.VP8));
    publisher.peer().video(VIDEO).start();
    publisher.peer().audio().start();
    PlayingPeer player = clients.watch("s", OfferSpec.player(Codec.VP8));

    player
        .peer()
        .await(
            "sender reports on both streams",
            LIMIT,
            () ->
                player.peer().rtcp().all(RtcpPacket.SenderReport.class).stream()
                        .map(RtcpPacket::senderSsrc)
                        .distinct()
                        .count()
                    == 2);
    publisher
        .peer()
        .await(
            "reports to the publisher",
            LIMIT,
            () ->
                publisher.peer().rtcp().count(RtcpPacket.TransportFeedback.class) > 0
                    && publisher.peer().rtcp().all(RtcpPacket.ReceiverReport.class).stream()
                        .anyMatch(report -> report.blocks().size() == 2));
    player
        .peer()
        .await(
            "a round-trip time",
            LIMIT,
            () -> player.endpoint().stats().roundTripMicros().isPresent());

    Set<String> cnames =
        Set.copyOf(
            player.peer().rtcp().all(RtcpPacket.SourceDescription.class).stream()
                .map(RtcpPacket.SourceDescription::cname)
                .toList());
    assertThat(cnames).containsExactly(player.endpoint().sources().get(0).cname());
  }

  @Test
  void tells_a_client_of_the_end_before_its_handshake_is_over_here() throws Exception {
    TestPeer peer = clients.open(PeerOptions.defaults());
    AtomicBoolean lost = new AtomicBoolean();
    peer.transport()
        .setOutgoingFilter(
            data -> data[0] != CHANGE_CIPHER_SPEC || !lost.compareAndSet(false, true));
    PublishingPeer publisher =
        clients.publish("s", OfferSpec.publisher(Codec.VP8).withSetup("passive"), peer);
    assertThat(lost).isTrue();

    publisher.endpoint().close();

    peer.awaitClosedByRemote(LIMIT);
  }

  @Test
  void lets_nobody_else_feel_hostile_packets() throws Exception {
    PublishingPeer publisher = clients.publish("s", OfferSpec.publisher(Codec.VP8));
    publisher.peer().video(VIDEO).start();
    PlayingPeer player = clients.watch("s", OfferSpec.player(Codec.VP8));
    player.peer().awaitVideoPackets(30, LIMIT);
    PublishingPeer hostilePublisher = clients.publish("t", OfferSpec.publisher(Codec.VP8));
    PlayingPeer hostilePlayer = clients.watch("s", OfferSpec.player(Codec.VP8));

    Random random = new Random(7);
    for (int i = 0; i < 2000; i++) {
      byte[] bytes = new byte[12 + random.nextInt(200)];
      random.nextBytes(bytes);
      // Headers that overrun the packet cannot be encrypted here; HostilePacketsTest has them.
      bytes[0] = (byte) (0x80 | bytes[0] & 0x20);
      bytes[1] = (byte) (bytes[1] & 0x80 | (random.nextBoolean() ? 96 : 97));
      hostilePublisher.peer().transport().sendRtp(bytes);
      bytes[1] = (byte) (200 + random.nextInt(8));
      if (i % 4 == 0) {
        hostilePublisher.peer().transport().sendRtcp(bytes);
        hostilePlayer.peer().feedback().raw(bytes);
      }
      hostilePlayer.peer().transport().sendHostile(bytes);
    }
    int before = player.peer().received().videoPackets();
    player.peer().awaitVideoPackets(before + 60, LIMIT);

    assertThat(video(player).isContinuous()).as(video(player).toString()).isTrue();
    assertThat(hostilePlayer.endpoint().stats().connected()).isTrue();
  }
}
