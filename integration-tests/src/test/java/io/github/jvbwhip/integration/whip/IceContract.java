package io.github.jvbwhip.integration.whip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jvbwhip.http.problems.ProblemType;
import io.github.jvbwhip.testpeer.PeerOptions;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.network.Network;
import io.github.jvbwhip.testpeer.network.Relay;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.signalling.HttpSignalling;
import io.github.jvbwhip.testpeer.signalling.Reply;
import io.github.jvbwhip.testpeer.transport.LocalAddresses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * RFC 9725 §4.3 and RFC 8445: how clients find the server. It says that it is also at 127.0.0.1,
 * where it is not: a relay stands there, as a NAT would.
 */
abstract class IceContract extends WhipContract {
  private static final String OUTSIDE = "127.0.0.1";

  static Map<String, ?> settings() {
    Map<String, Object> settings = new HashMap<>();
    settings.put("standalone.advertise", List.of(OUTSIDE));
    settings.put(
        "standalone.bind",
        Stream.concat(
                Stream.of(LocalAddresses.preferred()), LocalAddresses.preferredIpv6().stream())
            .map(InetAddress::getHostAddress)
            .toList());
    return settings;
  }

  private static List<String> candidates(Reply reply) {
    return reply.body().lines().filter(line -> line.startsWith("a=candidate:")).toList();
  }

  /** There is no way to send more, and RFC 9725 §4.3.2 has only the client trickle. */
  @Test
  void section_4_3_2_the_answer_has_all_candidates_udp_only_and_says_so() {
    Reply reply = created(endpoint("main"), rfcOffer());
    assertThat(candidates(reply))
        .isNotEmpty()
        .allMatch(line -> line.matches("a=candidate:\\S+ 1 udp .* typ (host|srflx).*"))
        .anyMatch(line -> line.contains(" " + LocalAddresses.preferred().getHostAddress() + " "))
        .anyMatch(line -> line.contains(" " + OUTSIDE + " "));
    assertThat(reply.body()).contains("a=end-of-candidates\r\n");
  }

  @Test
  void section_4_3_2_a_client_that_never_says_a_candidate_is_found_as_peer_reflexive() {
    assertThat(publish(PeerOptions.defaults(), PUBLISHER.withoutCandidates()).isConnected())
        .isTrue();
  }

  @Test
  void section_4_3_2_candidates_may_come_after_the_answer_and_useless_ones_are_ignored() {
    TestPeer peer = peer(PeerOptions.defaults());
    String offer = peer.offer(PUBLISHER.withoutCandidates());
    Reply reply = created(endpoint("main"), offer);
    URI session = reply.location().orElseThrow();
    Matcher credentials = Pattern.compile("a=ice-ufrag:\\S+\r\na=ice-pwd:\\S+\r\n").matcher(offer);
    assertThat(credentials.find()).isTrue();
    String fragment =
        credentials.group()
            + "m=audio 9 UDP/TLS/RTP/SAVPF 0\r\n"
            + "a=mid:0\r\n"
            + "a=candidate:1 1 tcp 1518280447 192.0.2.1 9 typ host tcptype active\r\n"
            + "a=candidate:2 1 udp 2122260223 0c5b2e0a-7a7e-4d0f-9ca2-6a3a1e1e1e1e.local 5000"
            + " typ host\r\n"
            + "a=candidate:3 1 udp 2122260222 192.0.2.77 61764 typ host\r\n"
            + "a=end-of-candidates\r\n";
    Map<String, String> tag = Map.of("If-Match", reply.header("ETag").orElseThrow());
    assertThat(HttpSignalling.patch(session, fragment, tag).status()).isEqualTo(204);

    peer.acceptAnswer(reply.body());
    peer.awaitConnected(SOON);
  }

  @Test
  void rfc_8445_section_5_1_1_ipv6_is_as_good() {
    Optional<InetAddress> address = LocalAddresses.preferredIpv6();
    assumeTrue(address.isPresent(), "this machine has no IPv6 address but loopback");
    PeerOptions ipv6 = PeerOptions.defaults().withAddress(address.orElseThrow());
    assertThat(publish(ipv6, PUBLISHER).isConnected()).isTrue();
  }

  /** The client reaches the server at the address that it advertises, and at no other. */
  @Test
  void section_4_3_2_a_server_behind_a_nat_is_reached_at_what_it_advertises() {
    TestPeer peer = peer(PeerOptions.defaults().withAddress(LocalAddresses.loopback()));
    Reply reply = created(endpoint("main"), peer.offer(PUBLISHER.withoutCandidates()));
    String advertised =
        candidates(reply).stream().filter(c -> c.contains(OUTSIDE)).findFirst().orElseThrow();
    int port = Integer.parseInt(advertised.split(" ", -1)[5]);
    String answer = reply.body().replaceAll("a=candidate:(?!.* 127\\.0\\.0\\.1 ).*\r\n", "");

    InetSocketAddress outside = new InetSocketAddress(LocalAddresses.loopback(), port);
    try (Network network = Network.open(1);
        Relay nat = network.relay(outside, LocalAddresses.preferred())) {
      nat.setServer(new InetSocketAddress(LocalAddresses.preferred(), port));
      peer.acceptAnswer(answer);
      peer.awaitConnected(SOON);
      assertThat(nat.toServer().passed()).isPositive();
    }
  }

  /** Whether the bridge can restart ICE: where it cannot, the session goes on as it was. */
  abstract boolean restartsIce();

  @Test
  void section_4_3_3_a_publisher_moves_to_another_port_and_its_media_go_on() {
    TestPeer publisher = peer(PeerOptions.defaults());
    String tag =
        created(publisher.connect(endpoint("main"), PUBLISHER)).header("ETag").orElseThrow();
    TestPeer player = watch(publisher);

    assertMoves(publisher, tag);
    assertMediaGoOn(player);
    // A second time, as a telephone does that comes back to its Wi-Fi.
    assertMoves(publisher, tag);
    assertMediaGoOn(player);
    assertThat(publisher.hangUp().status()).isEqualTo(200);
    publisher.awaitClosedByRemote(SOON);
  }

  @Test
  void section_4_3_3_a_player_moves_to_another_port_and_its_media_go_on() {
    TestPeer publisher = publish(PeerOptions.defaults(), PUBLISHER);
    TestPeer player = watch(publisher);

    assertMoves(player, "");
    assertMediaGoOn(player);
    int keyframes = player.received().keyframes();
    player.feedback().pictureLoss(player.received().video().get(0).ssrc());
    player.awaitKeyframes(keyframes + 1, SOON);
    assertThat(player.hangUp().status()).isEqualTo(200);
    player.awaitClosedByRemote(SOON);
  }

  /** A player of the publisher, which sends from now on. */
  private TestPeer watch(TestPeer publisher) {
    TestPeer player = peer(PeerOptions.defaults());
    created(player.connect(server().whep(room(), "main"), OfferSpec.player(Codec.VP8)));
    publisher.awaitConnected(SOON);
    player.awaitConnected(SOON);
    publisher.audio().start();
    publisher.video(VideoSettings.defaults()).start();
    player.awaitVideoPackets(60, SOON);
    player.awaitAudioPackets(60, SOON);
    return player;
  }

  private void assertMoves(TestPeer peer, String tagBefore) {
    InetSocketAddress before = peer.transport().localAddress();
    Reply reply = peer.restartIce();
    if (!restartsIce()) {
      assertProblem(reply, ProblemType.RESTART_REFUSED);
      return;
    }
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.header("ETag")).isPresent().get().isNotEqualTo(tagBefore);
    peer.awaitMoved(SOON);
    assertThat(peer.transport().localAddress()).isNotEqualTo(before);
  }

  /** Without a gap that stays, and without a new session. */
  private static void assertMediaGoOn(TestPeer player) {
    int video = player.received().videoPackets();
    int audio = player.received().audioPackets();
    player.awaitVideoPackets(video + 120, SOON);
    player.awaitAudioPackets(audio + 60, SOON);
    assertThat(player.received().video()).hasSize(1);
    player.await("no gap", SOON, () -> player.received().video().get(0).isContinuous());
    assertThat(player.isClosedByRemote()).isFalse();
  }
}
