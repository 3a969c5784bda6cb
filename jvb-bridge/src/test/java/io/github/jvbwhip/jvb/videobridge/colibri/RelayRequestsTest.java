package io.github.jvbwhip.jvb.videobridge.colibri;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.DtlsRole;
import io.github.jvbwhip.core.bridge.Fingerprint;
import io.github.jvbwhip.core.bridge.HeaderExtensionType;
import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import io.github.jvbwhip.core.codec.CodecType;
import io.github.jvbwhip.jvb.host.RelayPlan;
import io.github.jvbwhip.jvb.host.RelayedEndpoint;
import io.github.jvbwhip.jvb.host.SourcePlan;
import io.github.jvbwhip.jvb.media.ConferenceNumbers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jivesoftware.smack.packet.IQ;
import org.junit.jupiter.api.Test;

class RelayRequestsTest {
  private static final ConferenceKey ROOM =
      new ConferenceKey("meeting-1", Optional.of("room@whip.invalid"));
  private static final ConferenceNumbers NUMBERS =
      new ConferenceNumbers(
          Map.of(CodecType.OPUS, 111, CodecType.VP8, 100, CodecType.H265, 105),
          Map.of(
              HeaderExtensionType.AUDIO_LEVEL, 1,
              HeaderExtensionType.DEPENDENCY_DESCRIPTOR, 11));

  @Test
  void begins_a_link_with_a_port_of_its_own_as_the_controlling_agent() {
    assertGolden(
        "relay-begin.xml",
        RelayRequests.create(
            "id-1", ROOM, true, new RelayPlan("link-1", Optional.empty()), NUMBERS));
  }

  @Test
  void accepts_a_link_on_the_common_port() {
    assertGolden(
        "relay-accept.xml",
        RelayRequests.create(
            "id-2",
            ROOM,
            false,
            new RelayPlan("link-1", Optional.of(remote(DtlsRole.PASSIVE))),
            NUMBERS));
  }

  @Test
  void connects_a_link_that_was_begun() {
    assertGolden(
        "relay-connect.xml",
        RelayRequests.connect("id-3", ROOM, "link-1", remote(DtlsRole.ACTIVE)));
  }

  @Test
  void announces_the_endpoints_on_the_other_side() {
    SourcePlan simulcast =
        new SourcePlan(
            MediaKind.VIDEO,
            "aabbccdd-v0",
            List.of(
                new SourcePlan.Encoding(1, OptionalLong.of(11)),
                new SourcePlan.Encoding(2, OptionalLong.empty())));
    SourcePlan late =
        new SourcePlan(
            MediaKind.VIDEO,
            "bbccddee-v1",
            List.of(new SourcePlan.Encoding(3, OptionalLong.empty())));

    assertGolden(
        "relay-announce.xml",
        RelayRequests.announce(
            "id-4",
            ROOM,
            "link-1",
            List.of(
                new RelayedEndpoint("ddeeff00", RelayedEndpoint.Change.GONE, List.of()),
                new RelayedEndpoint("aabbccdd", RelayedEndpoint.Change.NEW, List.of(simulcast)),
                new RelayedEndpoint(
                    "bbccddee", RelayedEndpoint.Change.OTHER_SOURCES, List.of(late)))));
  }

  @Test
  void expires_a_link() {
    assertGolden("relay-expire.xml", RelayRequests.expire("id-5", ROOM, "link-1"));
  }

  private static void assertGolden(String name, IQ request) {
    assertThat(Golden.lines(request.toXML().toString())).isEqualTo(Golden.read(name));
  }

  private static RemoteTransport remote(DtlsRole role) {
    return new RemoteTransport(
        new IceCredentials("abcd", "0123456789012345678901"),
        List.of(
            new IceCandidate(
                "1",
                IceCandidate.Protocol.UDP,
                2130706431L,
                "192.0.2.7",
                4000,
                IceCandidate.Type.HOST,
                Optional.empty()),
            new IceCandidate(
                "2",
                IceCandidate.Protocol.UDP,
                1694498815L,
                "203.0.113.7",
                4001,
                IceCandidate.Type.SRFLX,
                Optional.of(new IceCandidate.RelatedAddress("192.0.2.7", 4000)))),
        List.of(new Fingerprint("sha-256", "AB:CD")),
        role);
  }
}
