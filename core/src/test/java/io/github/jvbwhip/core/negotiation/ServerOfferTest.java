package io.github.jvbwhip.core.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.DtlsRole;
import io.github.jvbwhip.core.bridge.EgressMedia;
import io.github.jvbwhip.core.bridge.Feedback;
import io.github.jvbwhip.core.bridge.HeaderExtensionType;
import io.github.jvbwhip.core.bridge.MediaCapabilities;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.bridge.NegotiatedExtension;
import io.github.jvbwhip.core.bridge.SentSource;
import io.github.jvbwhip.core.sdp.SessionDescription;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The offers that the server makes to players. */
class ServerOfferTest {
  private static final List<SentSource> SOURCES =
      List.of(
          new SentSource("0", 10, OptionalLong.empty(), "c"),
          new SentSource("1", 20, OptionalLong.of(21), "c"));

  @Test
  void one_section_of_each_kind_has_all_that_the_bridge_can_send() {
    ServerOfferPlan plan = Negotiation.planServerOffer(Fixtures.EVERYTHING, List.of());
    assertThat(plan.media()).extracting(EgressMedia::kind).containsExactly(MediaKind.values());
    assertThat(names(plan, 0)).containsExactly("opus", "multiopus", "red");
    assertThat(names(plan, 1))
        .containsExactly("VP8", "VP9", "VP9", "H264", "H264", "H264", "H265", "AV1");
  }

  @Test
  void numbers_are_dynamic_and_used_once() {
    List<Integer> numbers = new ArrayList<>();
    for (EgressMedia media : Negotiation.planServerOffer(Fixtures.EVERYTHING, List.of()).media()) {
      for (NegotiatedCodec codec : media.codecs()) {
        numbers.add(codec.payloadType());
        codec.rtxPayloadType().ifPresent(numbers::add);
      }
    }
    assertThat(numbers).doesNotHaveDuplicates().allMatch(n -> n >= 96 && n <= 127);
  }

  @Test
  void g711_has_its_static_payload_types() {
    MediaCapabilities telephone =
        new MediaCapabilities(
            List.of("PCMU", "opus", "PCMA"),
            List.of(),
            true,
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            false);
    assertThat(Negotiation.planServerOffer(telephone, List.of()).media().get(0).codecs())
        .extracting(NegotiatedCodec::payloadType)
        .containsExactly(0, 96, 8);
  }

  @Test
  void extensions_have_one_id_in_both_sections() {
    ServerOfferPlan plan = Negotiation.planServerOffer(Fixtures.EVERYTHING, List.of());
    List<NegotiatedExtension> audio = plan.media().get(0).extensions();
    List<NegotiatedExtension> video = plan.media().get(1).extensions();
    assertThat(audio).extracting(NegotiatedExtension::id).doesNotHaveDuplicates();
    for (NegotiatedExtension extension : audio) {
      assertThat(video).allMatch(e -> e.id() != extension.id() || e.equals(extension));
    }
  }

  @Test
  void each_kind_has_the_extensions_that_mean_something_for_it() {
    ServerOfferPlan plan = Negotiation.planServerOffer(Fixtures.EVERYTHING, List.of());
    assertThat(plan.media().get(0).extensions())
        .extracting(NegotiatedExtension::type)
        .contains(HeaderExtensionType.MID, HeaderExtensionType.AUDIO_LEVEL)
        .doesNotContain(
            HeaderExtensionType.VIDEO_ORIENTATION,
            HeaderExtensionType.DEPENDENCY_DESCRIPTOR,
            HeaderExtensionType.VIDEO_LAYERS_ALLOCATION);
    assertThat(plan.media().get(1).extensions())
        .extracting(NegotiatedExtension::type)
        .containsAll(EnumSet.complementOf(EnumSet.of(HeaderExtensionType.AUDIO_LEVEL)))
        .doesNotContain(HeaderExtensionType.AUDIO_LEVEL);
  }

  @Test
  void each_kind_has_its_feedback() {
    ServerOfferPlan plan = Negotiation.planServerOffer(Fixtures.EVERYTHING, List.of());
    assertThat(plan.media().get(0).codecs())
        .allMatch(c -> c.feedback().equals(Set.of(Feedback.NACK, Feedback.TRANSPORT_CC)));
    assertThat(plan.media().get(1).codecs())
        .allMatch(c -> c.feedback().equals(Set.of(Feedback.values())));
  }

  @Test
  void transport_wide_feedback_needs_its_header_extension() {
    MediaCapabilities without =
        new MediaCapabilities(
            List.of("opus"),
            List.of("VP8"),
            true,
            Set.of(),
            Set.of(Feedback.NACK, Feedback.TRANSPORT_CC),
            Set.of(),
            Set.of(HeaderExtensionType.MID),
            false);
    for (EgressMedia media : Negotiation.planServerOffer(without, List.of()).media()) {
      assertThat(media.codecs().get(0).feedback()).containsExactly(Feedback.NACK);
      assertThat(media.extensions())
          .extracting(NegotiatedExtension::type)
          .containsExactly(HeaderExtensionType.MID);
    }
  }

  @Test
  void redundant_audio_is_opus_whatever_comes_first() {
    MediaCapabilities multichannel =
        new MediaCapabilities(
            List.of("multiopus", "opus", "red"),
            List.of(),
            true,
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            false);
    ServerOfferPlan plan = Negotiation.planServerOffer(multichannel, List.of());
    assertThat(Negotiation.offer(plan, Fixtures.LOCAL, List.of(), 1).write())
        .contains("a=rtpmap:97 opus/48000/2\r\n", "a=rtpmap:98 red/48000/2\r\na=fmtp:98 97/97");
  }

  @Test
  void what_is_published_comes_first_and_once() {
    Codec published =
        new Codec(
            MediaKind.VIDEO,
            "h264",
            90_000,
            1,
            Map.of("profile-level-id", "64001f", "packetization-mode", "1"));
    ServerOfferPlan plan = Negotiation.planServerOffer(Fixtures.EVERYTHING, List.of(published));
    List<NegotiatedCodec> video = plan.media().get(1).codecs();
    assertThat(video.get(0).codec()).isEqualTo(published);
    assertThat(video).hasSize(8);
  }

  @Test
  void stereo_is_offered_when_one_of_the_publishers_sends_it() {
    Codec mono = new Codec(MediaKind.AUDIO, "opus", 48_000, 2, Map.of("usedtx", "1"));
    Codec stereo = new Codec(MediaKind.AUDIO, "opus", 48_000, 2, Map.of("stereo", "1"));
    ServerOfferPlan plan = Negotiation.planServerOffer(Fixtures.EVERYTHING, List.of(mono, stereo));
    assertThat(Negotiation.offer(plan, Fixtures.LOCAL, List.of(), 1).write())
        .contains("a=fmtp:96 sprop-stereo=1;stereo=1;usedtx=1\r\n");
  }

  @Test
  void what_the_bridge_does_not_know_is_not_offered() {
    Codec published = new Codec(MediaKind.VIDEO, "theora", 90_000, 1, Map.of());
    assertThat(Negotiation.planServerOffer(Fixtures.EVERYTHING, List.of(published)))
        .isEqualTo(Negotiation.planServerOffer(Fixtures.EVERYTHING, List.of()));
  }

  @Test
  void a_kind_without_codecs_has_no_section() {
    MediaCapabilities audioOnly =
        new MediaCapabilities(
            List.of("opus"), List.of(), true, Set.of(), Set.of(), Set.of(), Set.of(), false);
    ServerOfferPlan plan = Negotiation.planServerOffer(audioOnly, List.of());
    assertThat(plan.media()).extracting(EgressMedia::kind).containsExactly(MediaKind.AUDIO);
  }

  @Test
  void the_offer_is_complete_and_actpass() throws Exception {
    SessionDescription offer = offer(Optional.empty());
    String text = offer.write();
    assertThat(text)
        .contains("a=setup:actpass\r\n", "a=sendonly\r\n", "a=group:BUNDLE 0 1\r\n")
        .contains("a=rtcp-mux\r\n", "a=rtcp-mux-only\r\n", "a=rtcp-rsize\r\n")
        .contains("a=ssrc-group:FID 20 21\r\n", "a=msid:c video-1\r\n")
        .contains("a=rtpmap:98 red/48000/2\r\na=fmtp:98 96/96\r\n")
        .contains("a=fmtp:96 minptime=10;useinbandfec=1\r\n")
        .contains("a=rtpmap:100 rtx/90000\r\na=fmtp:100 apt=99\r\n");
    assertThat(text.length()).isLessThan(8192);
    assertThat(SessionDescription.parse(text)).isEqualTo(offer);
  }

  @Test
  void a_bridge_that_has_a_role_offers_it() {
    assertThat(offer(Optional.of(DtlsRole.PASSIVE)).write())
        .contains("a=setup:passive\r\n")
        .doesNotContain("actpass");
  }

  @Test
  void our_own_offer_is_one_that_our_whip_endpoint_takes() throws Exception {
    IngestPlan plan =
        Negotiation.planIngest(
            offer(Optional.empty()), Fixtures.EVERYTHING, NegotiationRules.STRICT);
    assertThat(plan.media()).hasSize(2);
    assertThat(plan.media().get(1).encodings().get(0).ssrc()).isEqualTo(OptionalLong.of(20));
  }

  private static SessionDescription offer(Optional<DtlsRole> role) {
    ServerOfferPlan plan = Negotiation.planServerOffer(Fixtures.EVERYTHING, List.of());
    return Negotiation.offer(plan, Fixtures.local(role), SOURCES, 1);
  }

  private static List<String> names(ServerOfferPlan plan, int index) {
    return plan.media().get(index).codecs().stream().map(c -> c.codec().name()).toList();
  }
}
