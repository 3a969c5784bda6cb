package io.github.jvbwhip.jvb.videobridge.colibri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.DtlsRole;
import io.github.jvbwhip.core.bridge.Feedback;
import io.github.jvbwhip.core.bridge.Fingerprint;
import io.github.jvbwhip.core.bridge.HeaderExtensionType;
import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.bridge.NegotiatedExtension;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import io.github.jvbwhip.jvb.host.EndpointPlan;
import io.github.jvbwhip.jvb.host.MediaPlan;
import io.github.jvbwhip.jvb.host.SourcePlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jivesoftware.smack.packet.IQ;
import org.junit.jupiter.api.Test;

class ColibriRequestsTest {
  private static final ConferenceKey ROOM =
      new ConferenceKey("meeting-1", Optional.of("room@whip.invalid"));
  private static final IceCredentials CREDENTIALS =
      new IceCredentials("abcd", "0123456789012345678901");
  private static final Fingerprint FINGERPRINT = new Fingerprint("sha-256", "AB:CD");

  @Test
  void creates_a_conference_with_a_publisher_whose_ssrcs_are_known() {
    SourcePlan audio = source(MediaKind.AUDIO, "aabbccdd-a0", encoding(1111));
    SourcePlan video = source(MediaKind.VIDEO, "aabbccdd-v0", encoding(2222, 3333));
    EndpointPlan plan =
        new EndpointPlan(
            "aabbccdd",
            false,
            List.of(opus(), vp8()),
            List.of(audio, video),
            Optional.of(remote(DtlsRole.ACTIVE, List.of(host()))));

    assertGolden("create-publisher.xml", ColibriRequests.create("id-1", ROOM, true, plan));
  }

  @Test
  void creates_a_player_as_a_visitor_without_a_remote_transport() {
    EndpointPlan plan =
        new EndpointPlan("v-aabbccdd", true, List.of(opus(), vp8()), List.of(), Optional.empty());

    assertGolden("create-player.xml", ColibriRequests.create("id-2", ROOM, false, plan));
  }

  @Test
  void carries_the_feedback_of_codecs_that_the_bridge_does_not_know() {
    NegotiatedCodec h265 =
        new NegotiatedCodec(
            96,
            new Codec(MediaKind.VIDEO, "H265", 90000, 1, Map.of("level-id", "93")),
            OptionalInt.of(97),
            Set.of(Feedback.NACK_PLI, Feedback.TRANSPORT_CC));
    MediaPlan media =
        new MediaPlan(
            MediaKind.VIDEO,
            List.of(h265),
            List.of(new NegotiatedExtension(15, HeaderExtensionType.REPAIRED_RID)));
    EndpointPlan plan =
        new EndpointPlan("aabbccdd", false, List.of(media, opus(98)), List.of(), Optional.empty());

    assertGolden("create-h265.xml", ColibriRequests.create("id-3", ROOM, false, plan));
  }

  @Test
  void tells_simulcast_that_was_learnt() {
    SourcePlan video =
        source(MediaKind.VIDEO, "aabbccdd-v0", encoding(1, 11), encoding(2, 12), encoding(3, 13));

    assertGolden(
        "learnt-simulcast.xml", ColibriRequests.sources("id-4", ROOM, "aabbccdd", List.of(video)));
  }

  @Test
  void connects_a_player_that_has_answered() {
    assertGolden(
        "connect.xml",
        ColibriRequests.connect(
            "id-5", ROOM, "v-aabbccdd", remote(DtlsRole.PASSIVE, List.of(host()))));
  }

  @Test
  void asks_for_an_ice_restart_and_completes_it() {
    assertGolden("restart.xml", ColibriRequests.restart("id-6", ROOM, "aabbccdd"));
    assertGolden(
        "restart-answer.xml",
        ColibriRequests.restarted(
            "id-7", ROOM, "aabbccdd", remote(DtlsRole.ACTIVE, List.of(host())), 1));
  }

  @Test
  void expires_an_endpoint() {
    assertGolden("expire.xml", ColibriRequests.expire("id-8", ROOM, "aabbccdd"));
  }

  @Test
  void a_visitor_with_sources_is_refused() {
    assertThatThrownBy(
            () ->
                new EndpointPlan(
                    "v-1",
                    true,
                    List.of(),
                    List.of(source(MediaKind.AUDIO, "x-a0", encoding(1))),
                    Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertGolden(String name, IQ request) {
    assertThat(Golden.lines(request.toXML().toString())).isEqualTo(Golden.read(name));
  }

  private static MediaPlan opus() {
    return opus(109);
  }

  private static MediaPlan opus(int payloadType) {
    Codec codec = new Codec(MediaKind.AUDIO, "opus", 48000, 2, Map.of("useinbandfec", "1"));
    return new MediaPlan(
        MediaKind.AUDIO,
        List.of(new NegotiatedCodec(payloadType, codec, OptionalInt.empty(), Set.of())),
        List.of(new NegotiatedExtension(1, HeaderExtensionType.AUDIO_LEVEL)));
  }

  private static MediaPlan vp8() {
    Codec codec = new Codec(MediaKind.VIDEO, "VP8", 90000, 1, Map.of());
    return new MediaPlan(
        MediaKind.VIDEO,
        List.of(
            new NegotiatedCodec(
                120,
                codec,
                OptionalInt.of(124),
                Set.of(Feedback.NACK, Feedback.NACK_PLI, Feedback.CCM_FIR, Feedback.GOOG_REMB))),
        List.of(
            new NegotiatedExtension(4, HeaderExtensionType.MID),
            new NegotiatedExtension(6, HeaderExtensionType.REPAIRED_RID),
            new NegotiatedExtension(7, HeaderExtensionType.TRANSPORT_CC)));
  }

  private static SourcePlan source(MediaKind kind, String name, SourcePlan.Encoding... encodings) {
    return new SourcePlan(kind, name, List.of(encodings));
  }

  private static SourcePlan.Encoding encoding(long ssrc) {
    return new SourcePlan.Encoding(ssrc, OptionalLong.empty());
  }

  private static SourcePlan.Encoding encoding(long ssrc, long rtxSsrc) {
    return new SourcePlan.Encoding(ssrc, OptionalLong.of(rtxSsrc));
  }

  private static RemoteTransport remote(DtlsRole role, List<IceCandidate> candidates) {
    return new RemoteTransport(CREDENTIALS, candidates, List.of(FINGERPRINT), role);
  }

  private static IceCandidate host() {
    return new IceCandidate(
        "1",
        IceCandidate.Protocol.UDP,
        2130706431L,
        "192.0.2.7",
        4000,
        IceCandidate.Type.HOST,
        Optional.empty());
  }
}
