package io.github.jvbwhip.core.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.DtlsRole;
import io.github.jvbwhip.core.bridge.Fingerprint;
import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.bridge.MediaCapabilities;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The client's side of the transport: credentials, candidates, fingerprints, DTLS role. */
class RemoteTransportTest {

  @ParameterizedTest
  @CsvSource({"actpass,ACTIVE,passive", "active,ACTIVE,passive", "passive,PASSIVE,active"})
  void theRoleIsResolvedAndAnsweredWithItsOpposite(String offered, DtlsRole remote, String answered)
      throws Exception {
    String offer = Offers.PUBLISHER.replace("setup:actpass", "setup:" + offered);
    assertThat(remote(offer).role()).isEqualTo(remote);
    assertThat(Fixtures.ingestAnswer(Fixtures.parse(offer)).write())
        .contains("a=setup:" + answered + "\r\n")
        .doesNotContain("a=setup:actpass");
  }

  @ParameterizedTest
  @CsvSource({"actpass,PASSIVE", "active,ACTIVE", "passive,PASSIVE"})
  void aBridgeThatStartsDtlsDoesSoWhereItMay(String offered, DtlsRole remote) throws Exception {
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
  void sessionLevelAttributesServeAllSections() throws Exception {
    String offer =
        Offers.PUBLISHER
            .replace(Offers.TRANSPORT, "")
            .replace("t=0 0\n", "t=0 0\n" + Offers.TRANSPORT);
    assertThat(remote(offer)).isEqualTo(remote(Offers.PUBLISHER));
  }

  @Test
  void theTaggedSectionCounts() throws Exception {
    String offer =
        Offers.HEAD
            + "a=group:BUNDLE 1 0\n"
            + Offers.AUDIO
            + Offers.VIDEO.replace("ice-ufrag:abcd", "ice-ufrag:tagged");
    assertThat(remote(offer).credentials())
        .isEqualTo(new IceCredentials("tagged", "abcdefghijklmnopqrstuvwx"));
  }

  @Test
  void aBundleOnlySectionNeedsNoTransport() throws Exception {
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
  void onlyTheTaggedSectionsCandidatesAreUsed() throws Exception {
    List<IceCandidate> candidates = remote(Fixtures.offerText("chromium-whip")).candidates();
    assertThat(candidates)
        .extracting(IceCandidate::port)
        .containsExactlyInAnyOrder(53175, 57701, 9, 9);
  }

  @Test
  void candidatesThatCannotBeUsedAreSilentlyDiscarded() throws Exception {
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
  void noCandidatesAreNoError() throws Exception {
    assertThat(remote(Fixtures.offerText("obs")).candidates()).isEmpty();
  }

  @Test
  void allUsableFingerprintsAreKept() throws Exception {
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
