package io.github.jvbwhip.core.negotiation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvbwhip.core.bridge.DtlsRole;
import io.github.jvbwhip.core.bridge.Fingerprint;
import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.bridge.MediaCapabilities;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import io.github.jvbwhip.core.sdp.SdpException;
import io.github.jvbwhip.core.sdp.SdpReader;
import io.github.jvbwhip.core.sdp.SessionDescription;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client's side of the transport: credentials, candidates, fingerprints, DTLS role. */
class RemoteTransportTest {

  @ParameterizedTest
  @CsvSource({"actpass,ACTIVE,passive", "active,ACTIVE,passive", "passive,PASSIVE,active"})
  void the_role_is_resolved_and_answered_with_its_opposite(
      String offered, DtlsRole remote, String answered) throws Exception {
    String offer = Offers.PUBLISHER.replace("setup:actpass", "setup:" + offered);
    assertThat(remote(offer).role()).isEqualTo(remote);
    assertThat(Fixtures.ingestAnswer(Fixtures.parse(offer)).write())
        .contains("a=setup:" + answered + "\r\n")
        .doesNotContain("a=setup:actpass");
  }

  @ParameterizedTest
  @CsvSource({"actpass,PASSIVE", "active,ACTIVE", "passive,PASSIVE"})
  void a_bridge_that_starts_dtls_does_so_where_it_may(String offered, DtlsRole remote)
      throws Exception {
    MediaCapabilities all = Fixtures.EVERYTHING;
    MediaCapabilities starts =
        new MediaCapabilities(
            all.audioCodecs(),
            all.videoCodecs(),
            all.rtx(),
            all.ingestFeedback(),
            all.egressFeedback(),
            all.ingestExtensions(),
            all.egressExtensions(),
            all.simulcast(),
            true);
    String offer = Offers.PUBLISHER.replace("setup:actpass", "setup:" + offered);
    assertThat(
            Negotiation.planIngest(Fixtures.parse(offer), starts, NegotiationRules.LENIENT)
                .remote()
                .role())
        .isEqualTo(remote);
  }

  @Test
  void session_level_attributes_serve_all_sections() throws Exception {
    String offer =
        Offers.PUBLISHER
            .replace(Offers.TRANSPORT, "")
            .replace("t=0 0\n", "t=0 0\n" + Offers.TRANSPORT);
    assertThat(remote(offer)).isEqualTo(remote(Offers.PUBLISHER));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=ice-ufrag:", "a=ice-ufrag:x", "a=ice-pwd:short", "a=ice-pwd:ab!d"})
  void odd_credentials_of_the_session_matter_where_a_section_has_none(String line)
      throws Exception {
    String offer = Offers.PUBLISHER.replace("t=0 0\n", "t=0 0\n" + line + "\n");
    SdpReader.Reading<SessionDescription> read = SdpReader.LENIENT.description(offer);
    assertThat(read.leftOut().count()).isEqualTo(1);
    assertThat(read.leftOut().toString()).doesNotContain(line);
    assertThat(
            Negotiation.planIngest(read.value(), Fixtures.EVERYTHING, NegotiationRules.LENIENT)
                .remote())
        .isEqualTo(remote(Offers.PUBLISHER));

    String without = offer.replaceFirst("a=ice-pwd:abc.*\n", "");
    assertThatThrownBy(() -> SdpReader.LENIENT.description(without))
        .isInstanceOf(SdpException.class)
        .hasMessageStartingWith("line 5: ");
    assertThatThrownBy(() -> SdpReader.STRICT.description(offer)).isInstanceOf(SdpException.class);
  }

  @Test
  void the_tagged_section_counts() throws Exception {
    String offer =
        Offers.HEAD
            + "a=group:BUNDLE 1 0\n"
            + Offers.AUDIO
            + Offers.VIDEO.replace("ice-ufrag:abcd", "ice-ufrag:tagged");
    assertThat(remote(offer).credentials())
        .isEqualTo(new IceCredentials("tagged", "abcdefghijklmnopqrstuvwx"));
  }

  @Test
  void a_bundle_only_section_needs_no_transport() throws Exception {
    String offer =
        Offers.HEAD
            + "a=group:BUNDLE 1 0\n"
            + Offers.AUDIO
            + Offers.VIDEO
                .replace(Offers.TRANSPORT, "a=bundle-only\n")
                .replace(Offers.MUX, "")
                .replace("video 9", "video 0");
    assertThat(
            Negotiation.planIngest(
                    Fixtures.parse(offer), Fixtures.EVERYTHING, NegotiationRules.STRICT)
                .remote())
        .isEqualTo(remote(Offers.PUBLISHER));
  }

  @Test
  void only_the_tagged_sections_candidates_are_used() throws Exception {
    List<IceCandidate> candidates = remote(Fixtures.offerText("chromium-whip")).candidates();
    assertThat(candidates)
        .extracting(IceCandidate::port)
        .containsExactlyInAnyOrder(53175, 57701, 9, 9);
  }

  @Test
  void candidates_that_cannot_be_used_are_silently_discarded() throws Exception {
    String candidates =
        "a=candidate:1 2 udp 1 192.0.2.1 5000 typ host\n"
            + "a=candidate:1 1 sctp 1 192.0.2.1 5000 typ host\n"
            + "a=candidate:1 1 udp 1 192.0.2.1 5000 typ magic\n"
            + "a=candidate:1 1 udp 0 192.0.2.1 5000 typ host\n"
            + "a=candidate:1 1 udp 2147483648 192.0.2.1 5000 typ host\n"
            + "a=candidate:1 1 udp 1 192.0.2.1 0 typ host\n"
            + "a=candidate:7 1 UDP 2147483647 x.local 5001 typ HOST generation 0\n"
            + "a=candidate:7 1 UDP 2147483647 x.local 5001 typ HOST generation 0\n"
            + "a=candidate:8 1 tcp 8 192.0.2.1 9 typ srflx raddr 10.0.0.1 rport 4\n";
    String offer = Offers.PUBLISHER.replaceFirst("a=mid:0\n", candidates + "a=mid:0\n");
    assertThat(remote(offer).candidates())
        .extracting(IceCandidate::foundation)
        .containsExactly("7", "8");
    assertThat(remote(offer).candidates().get(1).relatedAddress())
        .contains(new IceCandidate.RelatedAddress("10.0.0.1", 4));
  }

  @Test
  void no_candidates_are_no_error() throws Exception {
    assertThat(remote(Fixtures.offerText("obs")).candidates()).isEmpty();
  }

  @Test
  void all_usable_fingerprints_are_kept() throws Exception {
    String sha1 = "AA" + ":AA".repeat(19);
    String offer =
        Offers.PUBLISHER.replaceFirst(
            "a=setup", "a=fingerprint:sha-1 " + sha1 + "\na=fingerprint:md5 AA\na=setup");
    assertThat(remote(offer).fingerprints())
        .containsExactly(
            new Fingerprint("sha-256", Fixtures.FINGERPRINT), new Fingerprint("sha-1", sha1));
  }

  private static RemoteTransport remote(String offer) throws NegotiationException {
    return Negotiation.planIngest(
            Fixtures.parse(offer), Fixtures.EVERYTHING, NegotiationRules.LENIENT)
        .remote();
  }
}
