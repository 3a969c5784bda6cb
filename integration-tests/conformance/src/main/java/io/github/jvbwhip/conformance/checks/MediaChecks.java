package io.github.jvbwhip.conformance.checks;

import io.github.jvbwhip.conformance.client.Call;
import io.github.jvbwhip.conformance.client.Exchange;
import io.github.jvbwhip.conformance.client.Fragments;
import io.github.jvbwhip.conformance.client.Lab;
import io.github.jvbwhip.conformance.client.NotApplicable;
import io.github.jvbwhip.conformance.client.Peers;
import io.github.jvbwhip.conformance.client.Protocol;
import io.github.jvbwhip.conformance.client.Sdp;
import io.github.jvbwhip.conformance.client.Session;
import io.github.jvbwhip.conformance.client.Studio;
import io.github.jvbwhip.dtls.SrtpProfile;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.rtp.RtcpPacket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** ICE, DTLS and media, with a real peer. */
final class MediaChecks {

  /** For checks of the set-up that are still under way. */
  private static final Duration SETTLED = Duration.ofMillis(2500);

  private MediaChecks() {}

  static List<Check> of(Protocol protocol) {
    String session = protocol.section("4.2", "4.3.8");
    CheckList list =
        new CheckList(protocol, "ICE, DTLS and media")
            .must(
                "media-connect",
                protocol.section("3", "3.2"),
                "ICE and DTLS-SRTP are set up with what the answer says.",
                lab -> connected(lab))
            .must(
                "media-srtp-profile",
                protocol.section("5", "5") + ", RFC 8827 §6.5",
                "The SRTP profile SRTP_AES128_CM_HMAC_SHA1_80 is supported.",
                lab -> connect(lab, lab.peer(SrtpProfile.AES128_CM_HMAC_SHA1_80)))
            .must(
                "media-trickle",
                protocol.section("4.3.2", "4.5.2"),
                "A client whose offer has no candidates connects, its candidates coming by PATCH.",
                MediaChecks::trickle)
            .must(
                "media-consent",
                session + ", RFC 7675 §5.1",
                "A full ICE server checks its client's consent.",
                MediaChecks::consent)
            .must(
                "media-delete-dtls",
                protocol.section("4.2", "4.4") + ", RFC 7675 §5.2",
                "A DELETE ends the DTLS association at once.",
                MediaChecks::deleteEndsDtls)
            .should(
                "media-client-close",
                session,
                "A client that ends the DTLS association ends the session.",
                MediaChecks::clientClose);
    if (protocol == Protocol.WHIP) {
      list.should(
          "media-rtcp",
          "RFC 9725 §3, RFC 8834 §4.1",
          "The server sends RTCP to a publisher.",
          MediaChecks::rtcp);
    } else {
      list.must(
              "media-audio",
              "WHEP §3.2",
              "A player receives the published audio.",
              lab -> player(lab).awaitAudioPackets(10, lab.soon()))
          .must(
              "media-video",
              "WHEP §3.2",
              "A player receives the published video, beginning with a keyframe.",
              lab -> {
                TestPeer player = player(lab);
                player.awaitVideoPackets(20, lab.soon());
                player.awaitKeyframes(1, lab.soon());
              });
    }
    return list.done();
  }

  private record Connected(TestPeer peer, Session session) {}

  private static Connected connected(Lab lab) {
    return connect(lab, lab.peer());
  }

  private static Connected connect(Lab lab, TestPeer peer) {
    Session session = lab.connect(peer, Peers.offer(lab.protocol(), peer));
    peer.awaitConnected(lab.soon());
    return new Connected(peer, session);
  }

  private static TestPeer player(Lab lab) {
    return connected(lab).peer;
  }

  private static void trickle(Lab lab) {
    TestPeer peer = lab.peer();
    String offer = Peers.offer(lab.protocol(), peer).replaceAll("a=candidate:[^\r\n]*\r\n", "");
    Session session = lab.connect(peer, offer);
    List<String> candidates = peer.transport().localIce().candidates();
    String fragment = Fragments.trickle(Sdp.parse(offer), candidates, true);
    TrickleChecks.supported(() -> lab.send(session.patch(fragment)));
    peer.awaitConnected(lab.soon());
  }

  private static void consent(Lab lab) {
    TestPeer peer = lab.peer();
    AtomicLong last = new AtomicLong(System.nanoTime());
    peer.transport()
        .setIncomingFilter(
            data -> {
              // A STUN Binding request (RFC 8489 §5).
              if (data.length >= 20 && data[0] == 0 && data[1] == 1) {
                last.set(System.nanoTime());
              }
              return true;
            });
    Session session = lab.connect(peer, Peers.offer(lab.protocol(), peer));
    NotApplicable.unless(!session.answer().isIceLite(), "the server is ICE-lite");
    peer.awaitConnected(lab.soon());
    long connected = System.nanoTime();
    peer.await(
        "a Binding request " + SETTLED.toMillis() + " ms or more after the set-up",
        lab.soon(),
        () -> last.get() - connected > SETTLED.toNanos());
  }

  private static void deleteEndsDtls(Lab lab) {
    Connected connected = connected(lab);
    lab.send(Call.of("DELETE", connected.session.url())).expectSuccess();
    connected.peer.awaitClosedByRemote(lab.soon());
  }

  private static void clientClose(Lab lab) {
    Connected connected = connected(lab);
    SessionChecks.needsGet(lab, connected.session);
    connected.peer.close();
    lab.sendAgain(Call.of("GET", connected.session.url()), reply -> !isGone(reply), lab.soon())
        .expect(404, 410);
  }

  private static boolean isGone(Exchange reply) {
    return reply.status() == 404 || reply.status() == 410;
  }

  private static void rtcp(Lab lab) {
    TestPeer peer = player(lab);
    Studio.send(peer, VideoSettings.defaults().withKeyframeInterval(30), lab.soon());
    peer.await("RTCP", lab.soon(), () -> peer.rtcp().count(RtcpPacket.class) > 0);
  }
}
