package io.github.jvbwhip.jvb.videobridge.colibri;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.Fingerprint;
import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.jvb.host.BridgeTransport;
import io.github.jvbwhip.jvb.videobridge.colibri.ColibriResponse.Reason;
import java.util.Optional;
import java.util.OptionalInt;
import org.jitsi.xmpp.extensions.colibri2.Colibri2Endpoint;
import org.jitsi.xmpp.extensions.colibri2.Colibri2Error;
import org.jitsi.xmpp.extensions.colibri2.ConferenceModifiedIQ;
import org.jitsi.xmpp.extensions.colibri2.Transport;
import org.jitsi.xmpp.extensions.jingle.CandidateType;
import org.jitsi.xmpp.extensions.jingle.DtlsFingerprintPacketExtension;
import org.jitsi.xmpp.extensions.jingle.IceCandidatePacketExtension;
import org.jitsi.xmpp.extensions.jingle.IceUdpTransportPacketExtension;
import org.jivesoftware.smack.packet.EmptyResultIQ;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.StanzaError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColibriResponsesTest {
  @Test
  void reads_the_transport_with_ipv4_host_candidates_first() {
    IceUdpTransportPacketExtension ice = ice();
    ice.addCandidate(candidate("udp", CandidateType.srflx, "203.0.113.1", 200));
    ice.addCandidate(candidate("udp", CandidateType.host, "2001:db8::1", 400));
    ice.addCandidate(candidate("ssltcp", CandidateType.host, "192.0.2.1", 500));
    ice.addCandidate(candidate("udp", CandidateType.host, "192.0.2.1", 300));
    ice.addCandidate(candidate("udp", CandidateType.host, "fe80::1%eth0", 100));

    BridgeTransport transport = transport(ice);

    assertThat(transport.credentials())
        .isEqualTo(new IceCredentials("ufrg", "pwdpwdpwdpwdpwdpwdpwdp"));
    assertThat(transport.candidates())
        .extracting(IceCandidate::address)
        .containsExactly("192.0.2.1", "2001:db8::1", "fe80::1", "203.0.113.1");
    assertThat(transport.candidates()).extracting(IceCandidate::port).containsOnly(10000);
    assertThat(transport.candidates().get(3).relatedAddress())
        .contains(new IceCandidate.RelatedAddress("0.0.0.0", 9));
    assertThat(transport.fingerprints()).containsExactly(new Fingerprint("sha-256", "AB:CD"));
    assertThat(transport.generation()).isEmpty();
  }

  @Test
  void reads_the_generation_of_a_restart() {
    IceUdpTransportPacketExtension ice = ice();
    ice.setIceGeneration(2);

    assertThat(transport(ice).generation()).isEqualTo(OptionalInt.of(2));
  }

  @Test
  void a_response_without_a_transport_is_done_all_the_same() {
    assertThat(ColibriResponses.read(modified(Optional.empty())))
        .isEqualTo(new ColibriResponse.Done(Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({
    "item_not_found, CONFERENCE_NOT_FOUND, CONFERENCE_NOT_FOUND",
    "conflict, CONFERENCE_ALREADY_EXISTS, CONFERENCE_EXISTS",
    "item_not_found, UNKNOWN_ENDPOINT, ENDPOINT_NOT_FOUND",
    "service_unavailable, GRACEFUL_SHUTDOWN, GRACEFUL_SHUTDOWN",
    "feature_not_implemented, FEATURE_NOT_IMPLEMENTED, NOT_SUPPORTED",
    "bad_request, UNSPECIFIED, BAD_REQUEST",
    "conflict, , ENDPOINT_EXISTS",
    "item_not_found, , ENDPOINT_NOT_FOUND",
    "service_unavailable, , GRACEFUL_SHUTDOWN",
    "internal_server_error, , OTHER"
  })
  void names_the_reason_of_an_error(
      StanzaError.Condition condition, Colibri2Error.Reason colibri, Reason expected) {
    StanzaError.Builder error = StanzaError.getBuilder(condition);
    if (colibri != null) {
      error.setExtensions(java.util.List.of(new Colibri2Error(colibri)));
    }

    ColibriResponse response =
        ColibriResponses.read(
            IQ.createErrorResponse(modified(Optional.empty(), IQ.Type.set), error.build()));

    assertThat(response)
        .isInstanceOfSatisfying(
            ColibriResponse.Refused.class, r -> assertThat(r.reason()).isEqualTo(expected));
  }

  @Test
  void an_answer_that_is_none_is_refused() {
    IQ other = new EmptyResultIQ();

    assertThat(ColibriResponses.read(other)).isInstanceOf(ColibriResponse.Refused.class);
    assertThat(ColibriResponses.read(null)).isInstanceOf(ColibriResponse.Refused.class);
  }

  private static BridgeTransport transport(IceUdpTransportPacketExtension ice) {
    ColibriResponse response = ColibriResponses.read(modified(Optional.of(ice)));
    return ((ColibriResponse.Done) response).transport().orElseThrow();
  }

  private static IQ modified(Optional<IceUdpTransportPacketExtension> ice) {
    return modified(ice, IQ.Type.result);
  }

  private static IQ modified(Optional<IceUdpTransportPacketExtension> ice, IQ.Type type) {
    Colibri2Endpoint.Builder endpoint = Colibri2Endpoint.getBuilder();
    endpoint.setId("aabbccdd");
    ice.ifPresent(
        xml -> endpoint.setTransport(Transport.getBuilder().setIceUdpExtension(xml).build()));
    ConferenceModifiedIQ.Builder response = ConferenceModifiedIQ.builder("id");
    response.ofType(type);
    response.addEndpoint(endpoint.build());
    return response.build();
  }

  private static IceUdpTransportPacketExtension ice() {
    IceUdpTransportPacketExtension ice = new IceUdpTransportPacketExtension();
    ice.setUfrag("ufrg");
    ice.setPassword("pwdpwdpwdpwdpwdpwdpwdp");
    DtlsFingerprintPacketExtension fingerprint = new DtlsFingerprintPacketExtension();
    fingerprint.setHash("SHA-256");
    fingerprint.setFingerprint("ab:cd");
    ice.addChildExtension(fingerprint);
    return ice;
  }

  private static IceCandidatePacketExtension candidate(
      String protocol, CandidateType type, String address, long priority) {
    IceCandidatePacketExtension xml = new IceCandidatePacketExtension();
    xml.setComponent(1);
    xml.setFoundation("1");
    xml.setProtocol(protocol);
    xml.setPriority(priority);
    xml.setIP(address);
    xml.setPort(10000);
    xml.setType(type);
    if (type == CandidateType.srflx) {
      xml.setRelAddr("0.0.0.0");
      xml.setRelPort(9);
    }
    return xml;
  }
}
